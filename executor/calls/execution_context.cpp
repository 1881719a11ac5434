// SPDX-License-Identifier: Apache-2.0
// Budgets of a stage, and how its calls are undone.
#include "executor/calls/execution_context.hpp"

#include <algorithm>
#include <limits>

#include "executor/constants/versioned_constants.hpp"
#include "executor/state/cached_state.hpp"

namespace blockexecd::executor {

namespace {

constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

std::uint64_t saturated(u128 value) {
    return value > kUnlimited ? kUnlimited : static_cast<std::uint64_t>(value);
}

// Steps that an amount of L1 gas pays for.
std::uint64_t steps_of_l1_gas(const VersionedConstants& constants, std::uint64_t l1_gas) {
    const auto& price = constants.vm_resource_fee_cost.n_steps;
    return price.numerator == 0 ? kUnlimited
                                : price.inverse().floor_of(l1_gas).value_or(kUnlimited);
}

std::uint64_t steps_paid_for(const BlockContext& block, const TransactionInfo& transaction) {
    const auto& constants = *block.constants;
    if (!transaction.has_resource_bounds) {
        const auto l1_gas_price = block.gas_prices(transaction.fee_type()).l1_gas;
        return steps_of_l1_gas(constants, saturated(transaction.max_fee / l1_gas_price));
    }
    if (!transaction.resource_bounds.l1_data_gas)
        return steps_of_l1_gas(constants, transaction.resource_bounds.l1_gas.max_amount);
    const auto gas_per_step = constants.os_constants.gas_costs.base.step_gas_cost;
    return gas_per_step == 0 ? kUnlimited
                             : transaction.resource_bounds.l2_gas.max_amount / gas_per_step;
}

}  // namespace

vm::Result<void> ExecutionContext::revert(std::size_t index, CachedState& state) {
    while (revert_infos.size() > index) {
        const auto& info = revert_infos.back();
        for (const auto& [key, value] : info.original_values)
            state.set_storage_at(info.contract_address, key, value);
        BX_CHECK(state.set_class_hash_at(info.contract_address, info.original_class_hash));
        n_emitted_events = info.n_emitted_events;
        n_sent_messages_to_l1 = info.n_sent_messages_to_l1;
        revert_infos.pop_back();
    }
    return {};
}

std::uint64_t max_steps(const BlockContext& block, const TransactionInfo& transaction,
                        ExecutionMode mode, bool limit_steps_by_resources) {
    const auto& constants = *block.constants;
    const auto block_limit = mode == ExecutionMode::validate ? constants.validate_max_n_steps
                                                             : constants.invoke_tx_max_n_steps;
    return limit_steps_by_resources ? std::min(block_limit, steps_paid_for(block, transaction))
                                    : block_limit;
}

ExecutionContext make_execution_context(const BlockContext& block,
                                        const TransactionInfo& transaction, ExecutionMode mode,
                                        bool limit_steps_by_resources, std::uint64_t initial_gas,
                                        vm::Arena& arena) {
    return {.block = block,
            .transaction = transaction,
            .mode = mode,
            .arena = arena,
            .sierra_gas_revert_tracker = SierraGasRevertTracker(initial_gas),
            .run_resources = {max_steps(block, transaction, mode, limit_steps_by_resources)}};
}

}  // namespace blockexecd::executor
