// SPDX-License-Identifier: Apache-2.0
// Time that passed, for timings and counters.
#pragma once

#include <chrono>
#include <cstdint>

namespace blockexecd::daemon {

using Clock = std::chrono::steady_clock;

inline std::uint64_t nanoseconds_since(Clock::time_point start) {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - start).count());
}

}  // namespace blockexecd::daemon
