// SPDX-License-Identifier: Apache-2.0
// What blocks changed that were executed and are not written yet: in computed state the next block
// begins on it, while this one is still being checked and committed.
#pragma once

#include <deque>
#include <memory>
#include <mutex>
#include <utility>

#include "executor/state/overlay_state.hpp"

namespace blockexecd::daemon {

class UncommittedBlocks {
  public:
    void add(executor::BlockNumber block, const executor::StateDiff& diff) {
        auto copy = std::make_shared<const executor::StateDiff>(diff);
        const std::scoped_lock lock(mutex_);
        blocks_.emplace_front(block, std::move(copy));
    }
    // After it was written, so that a reader which misses it here finds it there.
    void remove(executor::BlockNumber block) {
        const std::scoped_lock lock(mutex_);
        std::erase_if(blocks_, [block](const auto& entry) { return entry.first == block; });
    }
    [[nodiscard]] executor::DiffsNewestFirst diffs_below(executor::BlockNumber end) const {
        const std::scoped_lock lock(mutex_);
        executor::DiffsNewestFirst diffs;
        for (const auto& [block, diff] : blocks_)
            if (block < end)
                diffs.push_back(diff);
        return diffs;
    }
    void clear() {
        const std::scoped_lock lock(mutex_);
        blocks_.clear();
    }

  private:
    mutable std::mutex mutex_;
    std::deque<std::pair<executor::BlockNumber, std::shared_ptr<const executor::StateDiff>>>
        blocks_;  // newest first
};

}  // namespace blockexecd::daemon
