// SPDX-License-Identifier: Apache-2.0
#include "executor/parallel/parallel_block.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <utility>

#include "executor/blocks/block_setup.hpp"
#include "executor/blocks/finalize_block.hpp"
#include "executor/parallel/block_in_flight.hpp"
#include "executor/parallel/predecessors.hpp"
#include "executor/parallel/prefetch.hpp"
#include "executor/state/cached_state.hpp"

namespace blockexecd::executor {

namespace {

// Reads what the block's first writes replace, so that they count as changes against the state
// before the block although its transactions see them as that state.
vm::Result<void> read_replaced(CachedState& prologue, StateReader& before) {
    for (const auto& [cell, value] : prologue.writes().storage) {
        BX_TRY(const Felt replaced, before.storage_at(cell.address, cell.key));
        prologue.set_initial_storage(cell, replaced);
    }
    return {};
}

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

vm::Result<BlockResult> execute_block_in_parallel(const BlockInput& input, StateReader& before,
                                                  const RunOnWorkers& run_on_workers,
                                                  const ParallelOptions& options) {
    const auto& transactions = input.block.transactions;
    BX_TRY(const auto context, make_block_context(input.chain, input.block.header));
    Scheduler scheduler(static_cast<TransactionIndex>(transactions.size()),
                        expected_predecessors(transactions, options.learned));
    BlockInFlight block(options.max_workers, input, context, scheduler);
    // What the workers read before the block is not read again.
    VersionedView known(block.state(), before, 0);
    CachedState block_state(&known);
    BX_CHECK(write_old_block_hash(block_state, context, input.old_block_hash));
    BX_CHECK(read_replaced(block_state, before));
    block.set_prologue(block_state.writes());

    Prefetch prefetch(options.learned, block.state());
    IdleWorkers idle;
    std::atomic<std::size_t> workers{0};
    const auto work = [&](const BlockWorker& worker) {
        try {
            const auto number = workers.fetch_add(1);
            block.add_worker(number, worker.vm, worker.before);
            prefetch.run(worker.before);
            run_worker(scheduler, block, idle, number, options.chaos);
        } catch (const std::exception& exception) {
            block.fail(std::min(scheduler.committed(), scheduler.size() - 1), exception.what());
            idle.wake_all();
        }
    };
    if (!transactions.empty())
        run_on_workers(work);
    if (options.statistics != nullptr)
        options.statistics->executions = scheduler.executions();
    if (!scheduler.finished())
        block.fail(scheduler.committed(), "every worker left the block");
    if (block.fault())
        return *block.fault();

    BlockResult result;
    result.transactions.reserve(scheduler.committed());
    result.access_sets.reserve(scheduler.committed());
    result.weights = block.weights();
    FlatSet<ClassHash> executed_classes;
    for (TransactionIndex i = 0; i < scheduler.committed(); ++i) {
        auto& outcome = block.outcome(i);
        BX_CHECK(apply(outcome, block_state));
        executed_classes.insert(outcome.executed_classes.begin(), outcome.executed_classes.end());
        result.executed_steps += outcome.result.executed_steps;
        result.transactions.push_back(std::move(outcome.result));
        result.access_sets.push_back(std::move(outcome.access));
    }
    BX_TRY(result.state_diff, finalize_block(block_state, known, context, executed_classes));
    return result;
}

}  // namespace blockexecd::executor
