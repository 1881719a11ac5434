// SPDX-License-Identifier: Apache-2.0
#include "executor/transactions/account_transaction.hpp"

#include <array>

#include "executor/calls/call_error.hpp"
#include "executor/gas/fee_bounds.hpp"
#include "executor/transactions/fee_check.hpp"
#include "executor/transactions/pre_validation.hpp"
#include "executor/transactions/stages.hpp"

namespace blockexecd::executor {
namespace {

// What nobody calls: to be the absent stage of a receipt.
const std::optional<CallInfo> kNoCall;

// A new system declares its first classes from this address, without an account.
bool is_bootstrap_declare(const TransactionRun& run) {
    const Transaction& transaction = run.transaction();
    return transaction.type == TransactionType::declare && transaction.version == 3 &&
           transaction.sender_address == Felt::from_ascii("BOOTSTRAP") &&
           transaction.nonce.is_zero() && !run.flags().charge_fee;
}

// The operating system cannot revert declarations and deployments; version 0 has no validation
// whose fee could be kept.
bool is_non_revertible(const Transaction& transaction) {
    return transaction.type != TransactionType::invoke || transaction.version == 0;
}

vm::Error rejection_of(const StageError& error) {
    return is_host_failure(error.error) ? error.error : rejection(error.trace);
}

vm::Result<void> run_stages_in_order(TransactionRun& run, CachedState& state,
                                     TransactionExecutionInfo& info) {
    // An account deploys itself first, in validation's mode: its validation needs it there.
    const bool deploys = run.transaction().type == TransactionType::deploy_account;
    const auto mode = deploys ? ExecutionMode::validate : ExecutionMode::execute;
    const auto execute = [&]() -> vm::Result<void> {
        auto context = run.context(mode, run.flags().charge_fee, run.gas_limit(mode));
        auto result = run_execute(run, state, context);
        if (result.has_error())
            return rejection_of(result.error());
        info.execute_call_info = std::move(*result);
        return {};
    };
    if (deploys)
        BX_CHECK(execute());
    BX_TRY(info.validate_call_info, run_validate(run, state));
    if (!deploys)
        BX_CHECK(execute());
    return {};
}

vm::Result<TransactionExecutionInfo> run_non_revertible(TransactionRun& run, CachedState& state) {
    TransactionExecutionInfo info;
    BX_CHECK(run_stages_in_order(run, state, info));
    BX_TRY(const StateChanges changes, state.state_changes());
    BX_TRY(info.receipt,
           receipt_of(run, changes, {info.validate_call_info, info.execute_call_info}));
    BX_TRY(const FeeCheckReport report, check_after_execution(run, state, info.receipt));
    if (report.error)
        return rejection(*report.error);
    return info;
}

// Steps that execution may use: the budget less what validation used and what the OS will.
void subtract_validation_and_overhead_steps(const TransactionRun& run,
                                            const std::optional<CallInfo>& validate,
                                            ExecutionContext& context,
                                            std::uint64_t calldata_length) {
    const std::uint64_t validate_steps = validate ? validate->resources.n_steps : 0;
    const auto overhead =
        os_resources_for_tx_type(run.constants(), run.transaction().type, calldata_length);
    context.subtract_steps(validate_steps + overhead.n_steps);
}

vm::Result<TransactionExecutionInfo> run_revertible(TransactionRun& run, CachedState& state) {
    TransactionExecutionInfo info;
    BX_TRY(info.validate_call_info, run_validate(run, state));

    auto context = run.context(ExecutionMode::execute, run.flags().charge_fee,
                               run.gas_limit(ExecutionMode::execute));
    subtract_validation_and_overhead_steps(run, info.validate_call_info, context,
                                           extended_calldata_length(run.transaction()));
    const std::uint64_t allotted_steps = context.run_resources.n_steps;

    CachedState execution_state(&state);
    auto execution = run_execute(run, execution_state, context);
    // What is charged if the execution does not stand: validation, and what the execution had used
    // up.
    const auto revert_receipt = [&]() -> vm::Result<TransactionReceipt> {
        BX_TRY(const StateChanges changes, state.state_changes());
        return receipt_of(run, changes, {info.validate_call_info, kNoCall},
                          allotted_steps - context.run_resources.n_steps,
                          context.sierra_gas_revert_tracker.gas_consumed());
    };

    if (execution.has_error()) {
        if (is_host_failure(execution.error().error))
            return execution.error().error;
        BX_TRY(info.receipt, revert_receipt());
        BX_TRY(const FeeCheckReport report, check_after_execution(run, state, info.receipt));
        info.receipt.fee = report.recommended_fee;
        info.revert_error = std::move(execution.error().trace);
        return info;
    }

    const std::array<CachedState*, 2> stages{&state, &execution_state};
    BX_TRY(const StateChanges changes,
           squashed_state_changes(stages, run.constants().comprehensive_state_diff));
    BX_TRY(info.receipt, receipt_of(run, changes, {info.validate_call_info, *execution}));
    BX_TRY(const FeeCheckReport report, check_after_execution(run, execution_state, info.receipt));
    if (!report.error) {
        execution_state.commit_to(state);
        info.execute_call_info = std::move(*execution);
        return info;
    }
    BX_TRY(info.receipt, revert_receipt());
    info.receipt.fee = report.recommended_fee;
    info.revert_error = report.error;
    return info;
}

}  // namespace

vm::Result<TransactionReceipt> receipt_of(const TransactionRun& run, const StateChanges& changes,
                                          StageCalls calls, std::uint64_t n_reverted_steps,
                                          std::uint64_t reverted_sierra_gas) {
    const Transaction& transaction = run.transaction();
    ReceiptInput input{
        .block = run.block(),
        .transaction = transaction,
        .declared_code_size = transaction.type == TransactionType::declare
                                  ? declared_code_size(*run.input.declared_class)
                                  : 0,
        .state = count_for_fee_charge(changes, run.sender_balance_key, run.fee_token_address()),
        .summary = {},
        .n_reverted_steps = n_reverted_steps,
        .reverted_sierra_gas = reverted_sierra_gas};
    for (const auto* call : {&calls.validate, &calls.execute})
        if (call->has_value())
            BX_CHECK(add_call(input.summary, **call, run.constants()));
    return make_receipt(std::move(input));
}

vm::Result<TransactionExecutionInfo> execute_account_transaction(TransactionRun& run,
                                                                 CachedState& state) {
    if (is_bootstrap_declare(run)) {
        auto context = run.context(ExecutionMode::execute, false, 0);
        if (const auto result = run_execute(run, state, context); result.has_error())
            return rejection_of(result.error());
        return TransactionExecutionInfo{};
    }
    BX_CHECK(pre_validate(run, state));
    BX_TRY(auto info, is_non_revertible(run.transaction()) ? run_non_revertible(run, state)
                                                           : run_revertible(run, state));
    BX_TRY(info.fee_transfer_call_info, run_fee_transfer(run, state, info.receipt.fee));
    return info;
}

}  // namespace blockexecd::executor
