// SPDX-License-Identifier: Apache-2.0
// Speeds are those since the look before; the time left follows from them.
#include "daemon/service/progress.hpp"

#include <gtest/gtest.h>

namespace blockexecd::daemon {
namespace {

TEST(Progress, TellsSpeedAndTimeLeft) {
    Counters counters;
    ProgressMeter meter;
    counters.planned_blocks = 100;
    counters.matched_blocks = 10;
    counters.transactions = 1000;
    counters.last_block = 12;
    EXPECT_EQ(meter.look(counters, std::chrono::seconds(2)).to_string(),
              "block 12, 10 of 100 blocks, 5.0 blocks/s, 500.0 tx/s, 18 s left");
    counters.mismatched_blocks = 10;
    counters.transactions = 1100;
    EXPECT_EQ(meter.look(counters, std::chrono::seconds(1)).to_string(),
              "block 12, 20 of 100 blocks, 10.0 blocks/s, 100.0 tx/s, 8 s left");
    EXPECT_EQ(meter.look(counters, std::chrono::seconds(1)).to_string(),
              "block 12, 20 of 100 blocks, 0.0 blocks/s, 0.0 tx/s");
}

}  // namespace
}  // namespace blockexecd::daemon
