// SPDX-License-Identifier: Apache-2.0
// Blocks from reading over execution to writing: a reader thread runs ahead by a bounded number of
// blocks and bytes, VMs execute, and the calling thread commits. In order (computed state), a block
// begins when the one before it says that its state is known, and commits after it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <map>
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
    std::function<std::optional<BlockNumber>()> next;  // on the reader thread; nothing: the end
    std::function<Input(BlockNumber)> read;            // on the reader thread
    std::function<std::size_t(const Input&)> bytes;    // of a block that was read
    // On a VM. In order, it calls `release` once the next block may begin; without, that begins
    // after this one's commit.
    std::function<Output(VmSlot&, const Input&, const std::function<void()>& release)> execute;
    // On the calling thread. false: begin no further block, and in order commit none of those that
    // were begun.
    std::function<bool(Output&&)> commit;
};

template <class Input, class Output>
class BlockPipeline {
  public:
    BlockPipeline(VmPool& pool, BlockStages<Input, Output> stages, PipelineLimits limits)
        : pool_(pool), stages_(std::move(stages)), limits_(limits) {}

    // Returns when every block that was begun is committed.
    void run() {
        std::thread reader([this] { read_ahead(); });
        while (auto done = next_done())
            commit(std::move(*done));
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
        std::size_t bytes = 0;
    };
    // One that was submitted.
    struct Begun {
        std::size_t sequence = 0;
        std::size_t bytes = 0;
        bool released = false;
    };
    struct Done {
        Begun begun;
        Output output;
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
        while (!waiting_.empty() && !stopping_ && !(limits_.in_order && unreleased_ > 0)) {
            ++executing_;
            ++unreleased_;
            auto& block = waiting_.front();
            const Begun begun{.sequence = next_sequence_++, .bytes = block.bytes};
            pool_.submit([this, input = std::move(block.input), begun](VmSlot& slot) {
                execute(slot, *input, begun);
            });
            waiting_.pop_front();
        }
    }

    void execute(VmSlot& slot, const Input& input, Begun begun) {
        const auto release = [&] {
            const std::scoped_lock lock(mutex_);
            if (!std::exchange(begun.released, true)) {
                --unreleased_;
                start_waiting();
            }
        };
        try {
            auto output = stages_.execute(slot, input, release);
            const std::scoped_lock lock(mutex_);
            done_.emplace(begun.sequence, Done{begun, std::move(output)});
            changed_.notify_all();
        } catch (...) {
            fail(std::current_exception());
            const std::scoped_lock lock(mutex_);
            end_block(begun);
        }
    }

    std::optional<Done> next_done() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return can_commit() || finished(); });
        if (done_.empty())
            return std::nullopt;
        auto done = std::make_optional(std::move(done_.begin()->second));
        done_.erase(done_.begin());
        return done;
    }

    // Precondition: the mutex is held.
    [[nodiscard]] bool can_commit() const {
        return !done_.empty() &&
               (!limits_.in_order || drops() || done_.begin()->first == next_commit_);
    }
    // What was begun after a block that is not committed, in order, is built on nothing.
    [[nodiscard]] bool drops() const {
        return limits_.in_order && (refused_ || failure_ != nullptr);
    }
    [[nodiscard]] bool finished() const {
        return !reading_ && executing_ == 0 && (waiting_.empty() || stopping_);
    }

    void commit(Done&& done) {
        bool go_on = false;
        try {
            std::unique_lock lock(mutex_);
            const bool dropped = drops();
            lock.unlock();
            go_on = !dropped && stages_.commit(std::move(done.output));
        } catch (...) {
            fail(std::current_exception());
        }
        const std::scoped_lock lock(mutex_);
        next_commit_ = done.begun.sequence + 1;
        refused_ = refused_ || !go_on;
        stopping_ = stopping_ || !go_on;
        end_block(done.begun);
        start_waiting();
    }

    // Precondition: the mutex is held.
    void end_block(const Begun& begun) {
        if (!begun.released)
            --unreleased_;
        --executing_;
        --in_memory_;
        bytes_in_memory_ -= begun.bytes;
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
    std::deque<Waiting> waiting_;       // read, not submitted
    std::map<std::size_t, Done> done_;  // executed, not committed, by sequence
    std::size_t next_sequence_ = 0;     // of the next that is submitted
    std::size_t next_commit_ = 0;       // in order: the sequence that is due
    std::size_t executing_ = 0;         // submitted, not committed
    std::size_t unreleased_ = 0;        // of these, those that hold the next up
    std::size_t in_memory_ = 0;         // read, not committed
    std::size_t bytes_in_memory_ = 0;
    bool reading_ = true;
    bool stopping_ = false;
    bool refused_ = false;  // a commit said so
    std::exception_ptr failure_;
};

}  // namespace blockexecd::executor
