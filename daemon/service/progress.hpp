// SPDX-License-Identifier: Apache-2.0
// How far a run is and how fast, from two looks at the counters.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "daemon/engine/counters.hpp"

namespace blockexecd::daemon {

struct Progress {
    std::uint64_t done_blocks = 0;
    std::uint64_t planned_blocks = 0;
    std::uint64_t last_block = 0;
    double blocks_per_second = 0;  // since the look before
    double transactions_per_second = 0;
    std::optional<double> seconds_left;  // nothing while the speed is not known

    // "block 120, 121 of 400 blocks, 35.2 blocks/s, 352.0 tx/s, 8 s left"
    [[nodiscard]] std::string to_string() const;
};

class ProgressMeter {
  public:
    // Precondition: elapsed > 0, the time since the look before.
    Progress look(const Counters& counters, std::chrono::duration<double> elapsed);

  private:
    std::uint64_t blocks_ = 0;
    std::uint64_t transactions_ = 0;
};

}  // namespace blockexecd::daemon
