// SPDX-License-Identifier: Apache-2.0
// The deploy transaction of the first protocol versions: a constructor call that nobody signs and
// nobody pays for. The reference hashes it and cannot run it; that it is this is what the first
// blocks of mainnet show.
#include "executor/transactions/legacy_deploy.hpp"

#include "executor/calls/call_error.hpp"
#include "executor/calls/entry_point.hpp"
#include "executor/calls/error_trace.hpp"
#include "executor/transactions/account_transaction.hpp"

namespace blockexecd::executor {

vm::Result<TransactionExecutionInfo> execute_legacy_deploy(TransactionRun& run,
                                                           CachedState& state) {
    const Transaction& transaction = run.transaction();
    auto context = run.context(ExecutionMode::execute, false, run.remaining_gas);
    const ConstructorContext constructor{.class_hash = transaction.class_hash,
                                         .code_address = std::nullopt,
                                         .storage_address = transaction.sender_address,
                                         .caller_address = {}};
    auto deployed =
        execute_deployment(constructor, transaction.calldata, state, context, run.remaining_gas);
    run.executed_steps += context.executed_steps;
    if (deployed.has_error())
        return is_host_failure(deployed.error())
                   ? deployed.error()
                   : rejection(transaction_error_trace(ErrorStackHeader::constructor, {},
                                                       deployed.error()));
    TransactionExecutionInfo info;
    info.execute_call_info = std::move(*deployed);
    BX_TRY(const StateChanges changes, state.state_changes());
    BX_TRY(info.receipt,
           receipt_of(run, changes, {info.validate_call_info, info.execute_call_info}));
    info.receipt.fee = 0;
    return info;
}

}  // namespace blockexecd::executor
