// SPDX-License-Identifier: Apache-2.0
// Where the workers of one block sleep while there is nothing for them to do, so that they take no
// CPU from those that work, also when there are many more workers than CPUs.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "executor/parallel/scheduler.hpp"

namespace blockexecd::executor {

// No wake-up is lost: the scheduler raises its epoch before wake is called, and a sleeper counts
// itself before it reads the epoch (both sequentially consistent), so one of the two sees the
// other.
class IdleWorkers {
  public:
    // Sleeps until it is woken after the scheduler's epoch moved on from `epoch`, which the caller
    // read before it looked for work.
    void rest(const Scheduler& scheduler, std::uint32_t epoch) {
        std::unique_lock lock(mutex_);
        sleeping_.fetch_add(1);
        // The limit is no part of the protocol: a mistake in it should cost time, not a block.
        changed_.wait_for(lock, std::chrono::milliseconds(100),
                          [&] { return scheduler.epoch() != epoch; });
        sleeping_.fetch_sub(1);
    }
    // One is enough for what one worker made possible: whoever wakes and finds work wakes the next.
    void wake_one() {
        if (sleeping_.load() == 0)
            return;
        { const std::lock_guard lock(mutex_); }
        changed_.notify_one();
    }
    void wake_all() {
        { const std::lock_guard lock(mutex_); }
        changed_.notify_all();
    }

  private:
    std::atomic<unsigned> sleeping_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
};

}  // namespace blockexecd::executor
