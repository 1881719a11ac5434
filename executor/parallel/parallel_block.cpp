// SPDX-License-Identifier: Apache-2.0
#include "executor/parallel/parallel_block.hpp"

#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "executor/blocks/block_setup.hpp"
#include "executor/blocks/finalize_block.hpp"
#include "executor/parallel/versioned_state.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/transactions/complete_fee_transfer.hpp"
#include "executor/transactions/execute_transaction.hpp"

namespace blockexecd::executor {

namespace {

// What one incarnation computed. Immutable once it is in its slot, but for finalize, which runs
// alone.
struct Outcome {
    StateMaps reads;
    StateMaps writes;
    DeclaredClasses classes;
    TransactionExecutionInfo info;
    std::optional<vm::Error> rejection;
    std::uint64_t executed_steps = 0;
};

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
        outcome_ = std::move(outcome);
    }

  private:
    mutable std::mutex mutex_;
    std::shared_ptr<Outcome> outcome_;
};

class ParallelBlock final : public BlockTransactions {
  public:
    ParallelBlock(std::span<const BlockWorker> workers, const BlockInput& input,
                  const BlockContext& context, Scheduler& scheduler)
        : workers_(workers),
          input_(input),
          context_(context),
          scheduler_(scheduler),
          slots_(input.block.transactions.size()) {
        for (const auto& worker : workers)
            scratch_.push_back(std::make_unique<CachedState>(worker.state));
    }

    // What is written before the first transaction counts as the state before the block.
    void set_prologue(const StateMaps& writes) {
        for (const auto& [cell, value] : writes.storage)
            state_.storage.set_base(cell, value);
    }

    Executed execute(std::size_t worker, TransactionIndex index, Incarnation incarnation) override {
        try {
            return try_execute(worker, index, incarnation);
        } catch (const std::exception& exception) {
            fail(index, exception.what());
            return {};
        }
    }

    bool validate(std::size_t worker, TransactionIndex index) override {
        const auto outcome = slots_[index].get();
        if (outcome == nullptr)
            return false;
        VersionedView view(state_, *workers_[worker].state, index);
        const auto current = reads_are_current(view, outcome->reads);
        if (current.has_value())
            return *current;
        if (view.fault())
            fail(index, view.fault()->message());
        return false;
    }

    void mark_estimates(TransactionIndex index) override {
        const auto outcome = slots_[index].get();
        executor::mark_estimates(state_, index, outcome->writes, outcome->classes);
    }

    bool finalize(std::size_t worker, TransactionIndex index) override {
        const auto outcome = slots_[index].get();
        if (outcome->rejection) {
            fail(index, outcome->rejection->message());
            return false;
        }
        // Its own writes are visible to it: the sequencer's balance may be among them.
        VersionedView view(state_, *workers_[worker].state, index + 1);
        CachedState folded(&view);
        const auto completed = complete_fee_transfer(
            outcome->info, input_.block.transactions[index], context_, folded);
        if (completed.has_error()) {
            fail(index, completed.error().message());
            return false;
        }
        for (const auto& [cell, value] : folded.writes().storage) {
            state_.storage.write(cell, index, value);
            outcome->writes.storage.insert_or_assign(cell, value);
        }
        return true;
    }

    [[nodiscard]] const std::optional<vm::Error>& fault() const { return fault_; }
    // After all workers have returned, with every transaction committed.
    [[nodiscard]] Outcome& outcome(TransactionIndex index) const { return *slots_[index].get(); }

  private:
    Executed try_execute(std::size_t worker, TransactionIndex index, Incarnation incarnation) {
        const auto& transaction = input_.block.transactions[index];
        auto outcome = std::make_shared<Outcome>();
        VersionedView view(state_, *workers_[worker].state, index);
        auto& state = *scratch_[worker];
        state.reset(&view);

        TransactionInput transaction_input{transaction, context_, nullptr,
                                           flags_of_block(transaction)};
        transaction_input.flags.concurrency_mode = true;
        if (transaction.type == TransactionType::declare) {
            auto declared = input_.declared_class(transaction.class_hash);
            if (declared.has_error()) {
                fail(index, declared.error().message());
                return {};
            }
            transaction_input.declared_class = std::move(*declared);
        }
        auto info = execute_transaction(transaction_input, state, workers_[worker].vm->arena,
                                        outcome->executed_steps);
        workers_[worker].vm->executed_steps += outcome->executed_steps;
        auto changes = state.state_changes();
        // Whatever came out of an execution that met an estimate or a fault of the state below is
        // not the transaction's.
        if (view.blocked_on())
            return {false, view.blocked_on()};
        if (view.fault()) {
            fail(index, view.fault()->message());
            return {};
        }
        outcome->reads = state.initial_reads();
        if (info.has_error())
            outcome->rejection = info.error();
        else {
            outcome->info = std::move(*info);
            outcome->writes = std::move(changes->maps);
            outcome->classes = state.declared_classes();
        }
        static const Outcome kNothing;
        const auto previous = incarnation == 0 ? nullptr : slots_[index].get();
        const auto& before = previous == nullptr ? kNothing : *previous;
        const bool wrote_new_cell = publish_writes(state_, index, outcome->writes, outcome->classes,
                                                   before.writes, before.classes);
        slots_[index].set(std::move(outcome));
        return {wrote_new_cell, std::nullopt};
    }

    void fail(TransactionIndex index, const std::string& reason) {
        {
            const std::lock_guard lock(fault_mutex_);
            if (!fault_)
                fault_ =
                    vm::Error(vm::ErrorKind::host,
                              "Block " + std::to_string(input_.block.header.number) +
                                  ", transaction " + std::to_string(index) + " (" +
                                  input_.block.transactions[index].hash.to_hex() + "): " + reason);
        }
        scheduler_.stop();
    }

    std::span<const BlockWorker> workers_;
    const BlockInput& input_;
    const BlockContext& context_;
    Scheduler& scheduler_;
    VersionedState state_;
    std::vector<Slot> slots_;
    std::vector<std::unique_ptr<CachedState>> scratch_;  // one a worker
    std::mutex fault_mutex_;
    std::optional<vm::Error> fault_;
};

// Copies a transaction's changes into the block's state, reading first what they replace: the
// block's diff is against it.
vm::Result<void> apply(const Outcome& outcome, CachedState& state) {
    for (const auto& [cell, value] : outcome.writes.storage)
        state.set_storage_at(cell.address, cell.key, value);
    for (const auto& [address, nonce] : outcome.writes.nonces) {
        BX_CHECK(state.nonce_at(address));
        state.set_nonce_at(address, nonce);
    }
    for (const auto& [address, class_hash] : outcome.writes.class_hashes) {
        BX_CHECK(state.class_hash_at(address));
        BX_CHECK(state.set_class_hash_at(address, class_hash));
    }
    for (const auto& [class_hash, compiled_class_hash] : outcome.writes.compiled_class_hashes) {
        BX_CHECK(state.compiled_class_hash(class_hash));
        state.set_compiled_class_hash(class_hash, compiled_class_hash);
    }
    for (const auto& [class_hash, compiled_class] : outcome.classes)
        state.set_compiled_class(class_hash, compiled_class);
    return {};
}

}  // namespace

vm::Result<BlockResult> execute_block_in_parallel(std::span<const BlockWorker> workers,
                                                  const BlockInput& input,
                                                  const RunOnWorkers& run_on_workers,
                                                  const BlockAccessSets* learned,
                                                  ParallelStatistics* statistics,
                                                  const WorkerChaos& chaos) {
    const auto& transactions = input.block.transactions;
    BX_TRY(const auto context, make_block_context(input.chain, input.block.header));
    auto& before = *workers.front().state;
    CachedState block_state(&before);
    BX_CHECK(write_old_block_hash(block_state, context, input.old_block_hash));

    const auto predecessors = expected_predecessors(transactions, learned);
    Scheduler scheduler(static_cast<TransactionIndex>(transactions.size()), predecessors);
    ParallelBlock block(workers, input, context, scheduler);
    block.set_prologue(block_state.writes());
    run_on_workers(workers.size(),
                   [&](std::size_t worker) { run_worker(scheduler, block, worker, chaos); });
    if (statistics != nullptr)
        statistics->executions = scheduler.executions();
    if (block.fault())
        return *block.fault();

    BlockResult result;
    result.transactions.reserve(transactions.size());
    FlatSet<ClassHash> executed_classes;
    for (TransactionIndex i = 0; i < transactions.size(); ++i) {
        auto& outcome = block.outcome(i);
        BX_CHECK(apply(outcome, block_state));
        add_executed_classes(outcome.info, executed_classes);
        auto receipt = chain_receipt(transactions[i], i, outcome.info);
        result.executed_steps += outcome.executed_steps;
        result.transactions.push_back(
            {std::move(outcome.info), std::move(receipt), outcome.executed_steps});
    }
    BX_TRY(result.state_diff, finalize_block(block_state, before, context, executed_classes));
    return result;
}

}  // namespace blockexecd::executor
