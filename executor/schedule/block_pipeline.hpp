// SPDX-License-Identifier: Apache-2.0
// Blocks from reading over execution to writing: a reader thread runs ahead by a bounded number of
// blocks and bytes, VMs execute, and the calling thread commits. In order (computed state), a block
// begins after the one before it is committed.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "executor/schedule/vm_pool.hpp"

namespace blockexecd::executor {

struct PipelineLimits {
    std::size_t blocks_in_memory = 1;  // read and not yet committed; at least 1
    // Of these; the block that reaches the limit may exceed it, since a block's size is known when
    // it was read.
    std::size_t bytes_in_memory = ~std::size_t{0};
    bool in_order = false;
};

// Each type carries its own failures: a block that cannot be read or executed still ends in commit.
// An exception of any stage ends the run and is thrown again from it.
template <class Input, class Output>
struct BlockStages {
    std::function<std::optional<BlockNumber>()> next;      // on the reader thread; nothing: the end
    std::function<Input(BlockNumber)> read;                // on the reader thread
    std::function<std::size_t(const Input&)> bytes;        // of a block that was read
    std::function<Output(VmSlot&, const Input&)> execute;  // on a VM
    std::function<bool(Output&&)> commit;  // on the calling thread; false: begin no further block
};

template <class Input, class Output>
class BlockPipeline {
  public:
    BlockPipeline(VmPool& pool, BlockStages<Input, Output> stages, PipelineLimits limits)
        : pool_(pool), stages_(std::move(stages)), limits_(limits) {}

    // Returns when every block that was begun is committed.
    void run() {
        std::thread reader([this] { read_ahead(); });
        while (auto block = next_output())
            commit(std::move(*block));
        reader.join();
        pool_.drain();
        if (failure_ != nullptr)
            std::rethrow_exception(failure_);
    }

    // From any thread: begin no further block.
    void stop() {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
    }

  private:
    struct Waiting {
        std::shared_ptr<const Input> input;
        std::size_t bytes;
    };
    struct Executed {
        Output output;
        std::size_t bytes;
    };

    void read_ahead() {
        try {
            while (wait_for_room()) {
                const auto number = stages_.next();
                if (!number)
                    break;
                auto input = std::make_shared<const Input>(stages_.read(*number));
                const std::size_t bytes = stages_.bytes(*input);
                const std::scoped_lock lock(mutex_);
                if (stopping_)
                    break;
                ++in_memory_;
                bytes_in_memory_ += bytes;
                waiting_.push_back({std::move(input), bytes});
                start_waiting();
            }
        } catch (...) {
            fail(std::current_exception());
        }
        const std::scoped_lock lock(mutex_);
        reading_ = false;
        changed_.notify_all();
    }

    bool wait_for_room() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] {
            return stopping_ || in_memory_ == 0 ||
                   (in_memory_ < limits_.blocks_in_memory &&
                    bytes_in_memory_ < limits_.bytes_in_memory);
        });
        return !stopping_;
    }

    // Precondition: the mutex is held.
    void start_waiting() {
        while (!waiting_.empty() && !stopping_ && !(limits_.in_order && executing_ > 0)) {
            ++executing_;
            pool_.submit([this, block = std::move(waiting_.front())](VmSlot& slot) {
                execute(slot, *block.input, block.bytes);
            });
            waiting_.pop_front();
        }
    }

    void execute(VmSlot& slot, const Input& input, std::size_t bytes) {
        try {
            auto output = stages_.execute(slot, input);
            const std::scoped_lock lock(mutex_);
            done_.push_back({std::move(output), bytes});
            changed_.notify_all();
        } catch (...) {
            fail(std::current_exception());
            const std::scoped_lock lock(mutex_);
            --executing_;
            --in_memory_;
            bytes_in_memory_ -= bytes;
            changed_.notify_all();
        }
    }

    std::optional<Executed> next_output() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !done_.empty() || finished(); });
        if (done_.empty())
            return std::nullopt;
        auto block = std::make_optional(std::move(done_.front()));
        done_.pop_front();
        return block;
    }

    // Precondition: the mutex is held.
    [[nodiscard]] bool finished() const {
        return !reading_ && executing_ == 0 && (waiting_.empty() || stopping_);
    }

    void commit(Executed&& block) {
        bool go_on = false;
        try {
            go_on = stages_.commit(std::move(block.output));
        } catch (...) {
            fail(std::current_exception());
        }
        const std::scoped_lock lock(mutex_);
        stopping_ = stopping_ || !go_on;
        --executing_;
        --in_memory_;
        bytes_in_memory_ -= block.bytes;
        start_waiting();
        changed_.notify_all();
    }

    void fail(std::exception_ptr failure) {
        const std::scoped_lock lock(mutex_);
        if (failure_ == nullptr)
            failure_ = std::move(failure);
        stopping_ = true;
        changed_.notify_all();
    }

    VmPool& pool_;
    BlockStages<Input, Output> stages_;
    PipelineLimits limits_;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Waiting> waiting_;      // read, not submitted
    std::deque<Executed> done_;        // not committed
    std::size_t executing_ = 0;        // submitted, not committed
    std::size_t in_memory_ = 0;        // read, not committed
    std::size_t bytes_in_memory_ = 0;  // of these
    bool reading_ = true;
    bool stopping_ = false;
    std::exception_ptr failure_;
};

}  // namespace blockexecd::executor
