// SPDX-License-Identifier: Apache-2.0
#include "executor/calls/call_error.hpp"
#include "executor/transactions/account_transaction.hpp"
#include "executor/transactions/decimal.hpp"
#include "executor/transactions/fee_check.hpp"
#include "executor/transactions/stages.hpp"

namespace blockexecd::executor {
namespace {

// Its message costs what it costs; nothing else is left of it.
vm::Result<TransactionExecutionInfo> reverted(const TransactionRun& run, std::string error) {
    TransactionExecutionInfo info;
    BX_TRY(info.receipt, receipt_of(run, {}, {std::nullopt, std::nullopt}));
    info.receipt.fee = 0;
    info.revert_error = std::move(error);
    return info;
}

}  // namespace

vm::Result<TransactionExecutionInfo> execute_l1_handler(TransactionRun& run, CachedState& state) {
    const GasVector& bounds = run.constants().os_constants.l1_handler_max_amount_bounds;
    run.remaining_gas = bounds.l2_gas;
    auto context = run.context(ExecutionMode::execute, false, run.remaining_gas);

    CachedState execution_state(&state);
    auto execution = run_execute(run, execution_state, context);
    if (execution.has_error()) {
        if (is_host_failure(execution.error().error))
            return execution.error().error;
        return reverted(run, std::move(execution.error().trace));
    }
    TransactionExecutionInfo info;
    info.execute_call_info = std::move(*execution);
    BX_TRY(const StateChanges changes, execution_state.state_changes());
    BX_TRY(info.receipt,
           receipt_of(run, changes, {info.validate_call_info, info.execute_call_info}));
    if (auto error = gas_amount_error(bounds, info.receipt.gas))
        return reverted(run, std::move(*error));
    execution_state.commit_to(state);
    if (run.transaction().paid_fee_on_l1 == 0)
        return rejection("Actual fee (" + to_decimal(info.receipt.fee) +
                         ") exceeded paid fee on L1 (0).");
    info.receipt.fee = 0;  // paid on L1
    return info;
}

}  // namespace blockexecd::executor
