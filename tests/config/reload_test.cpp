// SPDX-License-Identifier: Apache-2.0
// A reload takes over what may change while running, and names what may not.
#include "config/reload.hpp"

#include <gtest/gtest.h>

namespace blockexecd::config {
namespace {

TEST(Reload, AppliesOnlyLiveChanges) {
    Settings running;
    Settings wanted;
    wanted.log.level = "debug";
    wanted.execution.vms = 3;
    const auto changes = difference(running, wanted);
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(changes[0].to_string(), "[execution] vms: 0 -> 3 (waits for a restart)");
    EXPECT_EQ(changes[1].to_string(), "[log] level: \"info\" -> \"debug\"");
    apply_live(running, changes);
    EXPECT_EQ(running.log.level, "debug");
    EXPECT_EQ(running.execution.vms, 0U);
}

TEST(Reload, NothingChangedIsNothing) {
    EXPECT_TRUE(difference({}, {}).empty());
}

}  // namespace
}  // namespace blockexecd::config
