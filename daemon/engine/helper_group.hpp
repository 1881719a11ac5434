// SPDX-License-Identifier: Apache-2.0
// The VMs that join a block which another VM began. The block's VM never waits for one to come,
// only, at the end, for those that are inside, which then have nothing left to do but to leave.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <vector>

#include "executor/schedule/placement.hpp"

namespace blockexecd::daemon {

class HelperGroup {
  public:
    // False: the block is done, and nothing of it may be touched. True: leave() must follow.
    [[nodiscard]] bool enter(const executor::VmPlacement& helper) {
        const std::scoped_lock lock(mutex_);
        if (closed_)
            return false;
        ++inside_;
        helpers_.push_back(helper);
        return true;
    }
    void leave() {
        const std::scoped_lock lock(mutex_);
        --inside_;
        left_.notify_all();
    }
    // No further helper enters; returns when none is inside, with those that came.
    std::vector<executor::VmPlacement> close() {
        std::unique_lock lock(mutex_);
        closed_ = true;
        left_.wait(lock, [this] { return inside_ == 0; });
        return std::move(helpers_);
    }

  private:
    std::mutex mutex_;
    std::condition_variable left_;
    std::vector<executor::VmPlacement> helpers_;
    std::size_t inside_ = 0;
    bool closed_ = false;
};

}  // namespace blockexecd::daemon
