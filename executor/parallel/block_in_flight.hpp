// SPDX-License-Identifier: Apache-2.0
// The transactions of a block while workers execute them: what the worker loop's steps mean for
// state.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "executor/blocks/block_executor.hpp"
#include "executor/calls/block_context.hpp"
#include "executor/parallel/versioned_state.hpp"
#include "executor/parallel/worker_loop.hpp"
#include "executor/state/cached_state.hpp"

namespace blockexecd::executor {

// What one incarnation computed. Immutable once it is in its slot, but for finalize, which runs
// alone.
struct Outcome {
    StateMaps reads;
    StateMaps writes;
    DeclaredClasses classes;
    TransactionResult result;
    AccessSet access;
    FlatSet<ClassHash> executed_classes;
    // Rejected, or a fault of the VM or of the state below. It counts only if the transaction
    // commits with it: what read something stale may fail in any way.
    std::optional<vm::Error> failure;
};

// What one worker has while it is in the block; no two share any of it.
struct WorkerResources {
    WorkerResources(VmWorker& own_vm, StateReader& own_reader)
        : vm(own_vm), before(own_reader), scratch(&own_reader) {}
    VmWorker& vm;
    StateReader& before;  // the state before the block
    CachedState scratch;
};

class BlockInFlight final : public BlockTransactions {
  public:
    BlockInFlight(std::size_t max_workers, const BlockInput& input, const BlockContext& context,
                  Scheduler& scheduler);

    // What is written before the first transaction counts as the state before the block. Before any
    // worker begins.
    void set_prologue(const StateMaps& writes);
    // Precondition: worker < max_workers, and it is new. By the worker's own thread.
    void add_worker(std::size_t worker, VmWorker& vm, StateReader& before);

    Executed execute(std::size_t worker, TransactionIndex index) override;
    bool validate(std::size_t worker, TransactionIndex index) override;
    void mark_estimates(TransactionIndex index) override;
    bool finalize(std::size_t worker, TransactionIndex index) override;
    void fail(TransactionIndex index, const std::string& reason) override;

    [[nodiscard]] VersionedState& state() { return state_; }
    [[nodiscard]] const std::optional<vm::Error>& fault() const { return fault_; }
    // Of what is committed, after all workers have returned.
    [[nodiscard]] const BlockWeights& weights() const { return room_.used(); }
    // Of a committed transaction, after all workers have returned.
    [[nodiscard]] Outcome& outcome(TransactionIndex index) const { return *slots_[index].get(); }

  private:
    // A validation may look at an incarnation while the next one takes its place: each holds the
    // outcome that it took.
    class Slot {
      public:
        [[nodiscard]] std::shared_ptr<Outcome> get() const {
            const std::lock_guard lock(mutex_);
            return outcome_;
        }
        void set(std::shared_ptr<Outcome> outcome) {
            const std::lock_guard lock(mutex_);
            outcome_.swap(outcome);
        }

      private:
        mutable std::mutex mutex_;
        std::shared_ptr<Outcome> outcome_;
    };

    vm::Result<void> run(WorkerResources& resources, TransactionIndex index, Outcome& outcome);
    // The block's end, which one worker makes alone, asks for the alias of everything that changed:
    // each worker reads those of its own transactions meanwhile.
    void read_aliases(WorkerResources& resources, const StateMaps& writes);

    const BlockInput& input_;
    const BlockContext& context_;
    Scheduler& scheduler_;
    VersionedState state_;
    std::vector<Slot> slots_;
    std::vector<std::unique_ptr<WorkerResources>> workers_;
    BlockRoom room_;  // in the commit turn
    std::mutex fault_mutex_;
    std::optional<vm::Error> fault_;  // the first
};

}  // namespace blockexecd::executor
