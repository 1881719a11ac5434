// SPDX-License-Identifier: Apache-2.0
#include "executor/transactions/execute_transaction.hpp"

#include "executor/gas/fee_bounds.hpp"
#include "executor/transactions/account_transaction.hpp"
#include "executor/transactions/legacy_deploy.hpp"
#include "executor/transactions/pre_validation.hpp"
#include "executor/types/address.hpp"

namespace blockexecd::executor {

ExecutionFlags flags_of_block(const Transaction& transaction) {
    return {.charge_fee = enforces_fee(transaction)};
}

vm::Result<TransactionExecutionInfo> execute_transaction(const TransactionInput& input,
                                                         CachedState& state, vm::Arena& arena,
                                                         std::uint64_t& executed_steps) {
    BX_CHECK(check_version(input.transaction));
    const auto& bounds = input.transaction.resource_bounds;
    const bool bounds_l2_gas = input.transaction.version == 3 && bounds.l1_data_gas.has_value();
    TransactionRun run{.input = input,
                       .info = transaction_info(input.transaction),
                       .arena = arena,
                       .executed_steps = executed_steps,
                       .remaining_gas = bounds_l2_gas
                                            ? bounds.l2_gas.max_amount
                                            : input.block.constants->initial_gas_no_user_l2_bound(),
                       .sender_balance_key = {}};
    if (input.transaction.type == TransactionType::l1_handler)
        return execute_l1_handler(run, state);
    if (input.transaction.type == TransactionType::deploy)
        return execute_legacy_deploy(run, state);
    run.sender_balance_key = fee_token_balance_key(run.info.sender_address);
    return execute_account_transaction(run, state);
}

}  // namespace blockexecd::executor
