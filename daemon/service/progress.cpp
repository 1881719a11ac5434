// SPDX-License-Identifier: Apache-2.0
#include "daemon/service/progress.hpp"

#include <array>
#include <cstdio>
#include <utility>

namespace blockexecd::daemon {

std::string Progress::to_string() const {
    std::array<char, 200> text{};
    std::snprintf(
        text.data(), text.size(), "block %llu, %llu of %llu blocks, %.1f blocks/s, %.1f tx/s",
        static_cast<unsigned long long>(last_block), static_cast<unsigned long long>(done_blocks),
        static_cast<unsigned long long>(planned_blocks), blocks_per_second,
        transactions_per_second);
    std::string line = text.data();
    if (seconds_left)
        line += ", " + std::to_string(static_cast<std::uint64_t>(*seconds_left + 0.5)) + " s left";
    return line;
}

Progress ProgressMeter::look(const Counters& counters, std::chrono::duration<double> elapsed) {
    Progress progress;
    progress.done_blocks = counters.blocks();
    progress.planned_blocks = counters.planned_blocks;
    progress.last_block = counters.last_block;
    const auto transactions = counters.transactions.load();
    progress.blocks_per_second =
        static_cast<double>(progress.done_blocks - blocks_) / elapsed.count();
    progress.transactions_per_second =
        static_cast<double>(transactions - transactions_) / elapsed.count();
    if (progress.blocks_per_second > 0 && progress.planned_blocks >= progress.done_blocks)
        progress.seconds_left =
            static_cast<double>(progress.planned_blocks - progress.done_blocks) /
            progress.blocks_per_second;
    blocks_ = progress.done_blocks;
    transactions_ = transactions;
    return progress;
}

}  // namespace blockexecd::daemon
