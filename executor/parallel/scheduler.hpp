// SPDX-License-Identifier: Apache-2.0
// Hands out the transactions of one block to workers: execute, validate, commit in order (the
// manner of Block-STM). It knows indices only, no state and no threads, so that a model test can
// drive it through every interleaving of its calls.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "executor/parallel/separate_lines.hpp"

namespace blockexecd::executor {

using TransactionIndex = std::uint32_t;
using Incarnation = std::uint32_t;

// What a worker does next.
struct SchedulerTask {
    enum class Kind : std::uint8_t { execute, validate, idle, done };
    Kind kind = Kind::idle;
    TransactionIndex index = 0;
    Incarnation incarnation = 0;
    friend bool operator==(const SchedulerTask&, const SchedulerTask&) = default;
};

// Invariants, kept by the status word of each transaction, which only compare-and-swap changes:
//  I1  At most one worker executes a transaction at a time: ready -> executing has one winner.
//  I2  An incarnation is aborted at most once: executed -> aborting has one winner, and each abort
//      raises the incarnation.
//  I3  Transactions commit in index order, each after a validation that saw all transactions below
//      it committed; such a validation cannot become stale, so it alone decides. Earlier
//      validations only find conflicts sooner.
//  I4  A transaction that is not committed is always reachable: it is executing, or executed, or
//      suspended on a lower one that is not executed, or ready with execution_index_ at or below it
//      (or a worker holds the task that takes it).
//  I5  Whatever gives a worker something to do that had nothing raises epoch() afterwards: a worker
//      that read the epoch, then found nothing to commit and no task, may sleep until it moves.
class Scheduler {
  public:
    // predecessors[i] = the transaction below i that i is expected to wait for, or nothing; empty:
    // no expectations. A wrong one costs time only. Precondition: predecessors[i] < i.
    explicit Scheduler(TransactionIndex size,
                       std::span<const std::optional<TransactionIndex>> predecessors = {});

    [[nodiscard]] TransactionIndex size() const { return size_; }

    // The lowest validation or execution that is due. idle: nothing now, ask again; done: all
    // committed, or stopped.
    SchedulerTask next_task();

    // Execution of (index, incarnation) ended and its writes are published. wrote_new_cell: it
    // wrote a cell that its incarnation before did not. May return a validation for the same worker
    // to do next.
    SchedulerTask finish_execution(TransactionIndex index, Incarnation incarnation,
                                   bool wrote_new_cell);

    // Execution of index read a cell whose writer, blocking, is being executed again. True:
    // suspended until blocking is executed. False: blocking is executed already, so execute again
    // at once (with the same incarnation).
    bool wait_for(TransactionIndex index, TransactionIndex blocking);

    // A validation failed. True for the one caller that must take the writes back and then call
    // finish_abort.
    bool try_abort(TransactionIndex index, Incarnation incarnation);
    // The writes are marked as stale. Returns the re-execution if this worker is to do it.
    SchedulerTask finish_abort(TransactionIndex index, Incarnation incarnation);
    // This worker gives an execution back that it cannot end; what it may have published is marked
    // as stale.
    void abandon(TransactionIndex index, Incarnation incarnation);

    // One worker at a time commits: true for the one that got the turn, until it ends it.
    [[nodiscard]] bool try_begin_commits() {
        return !committing_.exchange(true, std::memory_order_acquire);
    }
    void end_commits() { committing_.store(false, std::memory_order_release); }
    // In the commit turn: the transaction that commits next, if it is executed.
    [[nodiscard]] std::optional<SchedulerTask> next_commit() const;
    // In the commit turn, after its final validation. False: a validation of another worker aborted
    // it in between. Until end_commit the transaction can no longer be aborted but does not count
    // as committed: its fee is folded in between.
    bool claim_commit(TransactionIndex index, Incarnation incarnation) {
        return change(index, State::executed, State::committed, incarnation);
    }
    void end_commit(TransactionIndex index) {
        commit_index_.store(index + 1, std::memory_order_release);
        if (index + 1 == size_)
            raise_epoch();
    }
    // Instead of end_commit, by a worker that leaves: another one commits it.
    void unclaim_commit(TransactionIndex index, Incarnation incarnation) {
        change(index, State::committed, State::executed, incarnation);
    }
    [[nodiscard]] TransactionIndex committed() const {
        return commit_index_.load(std::memory_order_acquire);
    }

    // No further task is handed out; what is committed stays. For block limits and for faults.
    void stop() {
        stopped_.store(true, std::memory_order_release);
        raise_epoch();
    }
    [[nodiscard]] bool stopped() const { return stopped_.load(std::memory_order_acquire); }
    [[nodiscard]] bool finished() const { return stopped() || committed() == size_; }

    // A worker leaves the block and holds nothing any more. What it would have looked at next,
    // others have to.
    void leave() { raise_epoch(); }

    // Counts what may have given idle workers something to do (I5).
    [[nodiscard]] std::uint32_t epoch() const { return epoch_.load(); }

    // Executions begun: size() when nothing ran twice.
    [[nodiscard]] std::uint64_t executions() const {
        return executions_.load(std::memory_order_relaxed);
    }

    // All of the state but the epoch in words: equal words, equal behaviour. For model tests; only
    // while no worker is in a call.
    [[nodiscard]] std::vector<std::uint32_t> snapshot() const;

  private:
    enum class State : std::uint32_t { ready, executing, executed, aborting, suspended, committed };
    // The low three bits hold the state, the others the incarnation.
    static constexpr std::uint32_t word(State state, Incarnation incarnation) {
        return incarnation << 3 | static_cast<std::uint32_t>(state);
    }
    static constexpr State state_of(std::uint32_t status) { return static_cast<State>(status & 7); }
    static constexpr Incarnation incarnation_of(std::uint32_t status) { return status >> 3; }

    bool change(TransactionIndex index, State from, State to, Incarnation incarnation);
    SchedulerTask try_execute(TransactionIndex index);
    SchedulerTask try_validate(TransactionIndex index);
    void resume_dependents(TransactionIndex index);
    void raise_epoch() { epoch_.fetch_add(1); }

    // Transactions that wait for this one's next execution; the mutex also orders wait_for against
    // finish_execution.
    struct Dependents {
        std::mutex mutex;
        std::vector<TransactionIndex> waiting;
    };

    TransactionIndex size_;
    std::unique_ptr<std::atomic<std::uint32_t>[]> status_;
    std::unique_ptr<Dependents[]> dependents_;
    alignas(kSeparateLines) std::atomic<TransactionIndex> execution_index_{0};
    alignas(kSeparateLines) std::atomic<TransactionIndex> validation_index_{0};
    alignas(kSeparateLines) std::atomic<TransactionIndex> commit_index_{0};
    alignas(kSeparateLines) std::atomic<std::uint32_t> epoch_{0};
    std::atomic<std::uint64_t> executions_{0};
    std::atomic<bool> committing_{false};
    std::atomic<bool> stopped_{false};
};

}  // namespace blockexecd::executor
