// SPDX-License-Identifier: Apache-2.0
#include "executor/parallel/block_in_flight.hpp"

#include <exception>
#include <utility>

#include "executor/blocks/aliases.hpp"
#include "executor/blocks/block_transaction.hpp"
#include "executor/blocks/finalize_block.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/state/access_keys.hpp"
#include "executor/transactions/complete_fee_transfer.hpp"

namespace blockexecd::executor {

BlockInFlight::BlockInFlight(std::size_t max_workers, const BlockInput& input,
                             const BlockContext& context, Scheduler& scheduler)
    : input_(input),
      context_(context),
      scheduler_(scheduler),
      slots_(input.block.transactions.size()),
      workers_(max_workers),
      room_(input.limits, *context.constants) {}

void BlockInFlight::set_prologue(const StateMaps& writes) {
    for (const auto& [cell, value] : writes.storage)
        state_.storage.set_base(cell, value);
}

void BlockInFlight::add_worker(std::size_t worker, VmWorker& vm, StateReader& before) {
    workers_[worker] = std::make_unique<WorkerResources>(vm, before);
}

vm::Result<void> BlockInFlight::run(WorkerResources& resources, TransactionIndex index,
                                    Outcome& outcome) {
    auto& state = resources.scratch;
    BX_TRY(auto transaction, transaction_input(input_, context_, index));
    transaction.flags.concurrency_mode = true;
    auto& result = outcome.result;
    auto info = execute_transaction(transaction, state, resources.vm.arena, result.executed_steps);
    resources.vm.executed_steps += result.executed_steps;
    BX_TRY(result.info, std::move(info));
    BX_TRY(auto changes, state.state_changes());
    outcome.writes = std::move(changes.maps);
    outcome.classes = state.declared_classes();
    // The sequencer's balance, which finalize fills in, is in neither of these.
    result.receipt = chain_receipt(transaction.transaction, index, result.info);
    add_executed_classes(result.info, outcome.executed_classes);
    return {};
}

void BlockInFlight::read_aliases(WorkerResources& resources, const StateMaps& writes) {
    const auto& constants = *context_.constants;
    if (!constants.enable_stateful_compression)
        return;
    VersionedView before(state_, resources.before, 0);
    for (const auto& key : alias_keys(writes))
        // What cannot be read now is read, and fails, at the end.
        static_cast<void>(before.storage_at(constants.os_constants.alias_contract_address, key));
}

BlockTransactions::Executed BlockInFlight::execute(std::size_t worker, TransactionIndex index) {
    auto& resources = *workers_[worker];
    const auto outcome = std::make_shared<Outcome>();
    VersionedView view(state_, resources.before, index);
    resources.scratch.reset(&view);
    const auto arena = resources.vm.arena.mark();
    try {
        if (const auto done = run(resources, index, *outcome); done.has_error())
            outcome->failure = done.error();
    } catch (const std::exception& exception) {
        resources.vm.arena.rewind(arena);
        outcome->failure = vm::Error(vm::ErrorKind::host, exception.what());
    }
    // Whatever came out of an execution that met an estimate is not the transaction's.
    if (view.blocked_on())
        return {false, view.blocked_on()};
    if (view.fault())
        outcome->failure = view.fault();
    if (outcome->failure) {
        outcome->writes = {};
        outcome->classes = {};
    }
    outcome->reads = resources.scratch.initial_reads();
    outcome->access = {keys_of(outcome->reads), keys_of(outcome->writes)};
    drop_sequencer_balance(outcome->access, context_);

    static const Outcome kNothing;
    const auto previous = slots_[index].get();
    const auto& before = previous == nullptr ? kNothing : *previous;
    const bool wrote_new_cell = publish_writes(state_, index, outcome->writes, outcome->classes,
                                               before.writes, before.classes);
    read_aliases(resources, outcome->writes);
    slots_[index].set(outcome);
    return {wrote_new_cell, std::nullopt};
}

bool BlockInFlight::validate(std::size_t worker, TransactionIndex index) {
    const auto outcome = slots_[index].get();
    if (outcome == nullptr)
        return false;
    VersionedView view(state_, workers_[worker]->before, index);
    const auto current = reads_are_current(view, outcome->reads);
    if (current.has_value())
        return *current;
    if (view.fault())
        fail(index, view.fault()->message());
    return false;
}

void BlockInFlight::mark_estimates(TransactionIndex index) {
    if (const auto outcome = slots_[index].get(); outcome != nullptr)
        executor::mark_estimates(state_, index, outcome->writes, outcome->classes);
}

bool BlockInFlight::finalize(std::size_t worker, TransactionIndex index) {
    const auto outcome = slots_[index].get();
    if (outcome->failure) {
        fail(index, outcome->failure->message());
        return false;
    }
    // Its own writes are visible to it: the sequencer's balance may be among them.
    VersionedView view(state_, workers_[worker]->before, index + 1);
    CachedState folded(&view);
    const auto completed = complete_fee_transfer(
        outcome->result.info, input_.block.transactions[index], context_, folded);
    if (completed.has_error()) {
        fail(index, completed.error().message());
        return false;
    }
    folded.for_each_storage_write([&](const StorageCell& cell, const Felt& value) {
        outcome->writes.storage.insert_or_assign(cell, value);
    });
    const auto taken = room_.take(outcome->result.info, outcome->writes, folded);
    if (taken.has_error()) {
        fail(index, taken.error().message());
        return false;
    }
    if (!*taken)
        return false;
    folded.for_each_storage_write([&](const StorageCell& cell, const Felt& value) {
        state_.storage.write(cell, index, value);
    });
    return true;
}

void BlockInFlight::fail(TransactionIndex index, const std::string& reason) {
    {
        const std::lock_guard lock(fault_mutex_);
        if (!fault_)
            fault_ = located(input_.block, index, vm::Error(vm::ErrorKind::host, reason));
    }
    scheduler_.stop();
}

}  // namespace blockexecd::executor
