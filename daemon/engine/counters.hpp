// SPDX-License-Identifier: Apache-2.0
// What the engine did since it was made; written by the engine's thread, read by progress lines and
// metrics.
#pragma once

#include <atomic>
#include <cstdint>

namespace blockexecd::daemon {

struct Counters {
    std::atomic<std::uint64_t> matched_blocks{0};
    std::atomic<std::uint64_t> mismatched_blocks{0};
    std::atomic<std::uint64_t> excepted_blocks{0};
    std::atomic<std::uint64_t> failed_blocks{0};
    std::atomic<std::uint64_t> transactions{0};
    std::atomic<std::uint64_t> matched_transactions{0};
    std::atomic<std::uint64_t> excepted_transactions{0};
    std::atomic<std::uint64_t> skipped_transactions{0};
    std::atomic<std::uint64_t> mismatches{0};  // fields
    std::atomic<std::uint64_t> executed_steps{0};
    std::atomic<std::uint64_t> execute_nanoseconds{0};  // summed over VMs
    std::atomic<std::uint64_t> verify_nanoseconds{0};
    std::atomic<std::uint64_t> commit_nanoseconds{0};
    std::atomic<std::uint64_t> blocks_in_memory{0};
    std::atomic<std::uint64_t> planned_blocks{
        0};                                    // of the run that is going on, those done included
    std::atomic<std::uint64_t> last_block{0};  // the last that was committed

    [[nodiscard]] std::uint64_t blocks() const {
        return matched_blocks + mismatched_blocks + excepted_blocks + failed_blocks;
    }
};

}  // namespace blockexecd::daemon
