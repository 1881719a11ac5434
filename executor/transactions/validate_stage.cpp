// SPDX-License-Identifier: Apache-2.0
#include "executor/calls/call_error.hpp"
#include "executor/calls/entry_point.hpp"
#include "executor/calls/error_trace.hpp"
#include "executor/transactions/stages.hpp"

namespace blockexecd::executor {
namespace {

EntryPointSelector validate_selector(const TransactionRun& run) {
    const auto& os = run.constants().os_constants;
    switch (run.transaction().type) {
        case TransactionType::declare:
            return os.validate_declare_entry_point_selector;
        case TransactionType::deploy_account:
            return os.validate_deploy_entry_point_selector;
        default:
            return os.validate_entry_point_selector;
    }
}

std::vector<Felt> validate_calldata(const Transaction& transaction) {
    if (transaction.type == TransactionType::declare)
        return {transaction.class_hash};
    std::vector<Felt> calldata;
    if (transaction.type == TransactionType::deploy_account)
        calldata = {transaction.class_hash, transaction.contract_address_salt};
    calldata.insert(calldata.end(), transaction.calldata.begin(), transaction.calldata.end());
    return calldata;
}

// As the reference's debug form of return data.
std::string to_debug_text(const std::vector<Felt>& retdata) {
    std::string text;
    for (const auto& felt : retdata)
        text += (text.empty() ? "" : ", ") + felt.to_hex();
    return "Retdata([" + text + "])";
}

vm::Result<void> check_validate_result(const CallInfo& info, ClassKind kind,
                                       const Felt& validated) {
    const auto& [retdata, events, messages, failed, gas] = info.execution;
    if (kind == ClassKind::cairo0) {
        if (failed)
            return rejection("Cairo0 validate error with retdata: " + to_debug_text(retdata));
        return {};
    }
    if (failed)
        return rejection(revert_summary(info, RevertSummaryHeader::validation));
    if (retdata != std::vector<Felt>{validated})
        return rejection("The `validate` entry point should return `VALID`. Got " +
                         to_debug_text(retdata) + ".");
    return {};
}

}  // namespace

vm::Result<std::optional<CallInfo>> run_validate(TransactionRun& run, CachedState& state) {
    if (!run.flags().validate || run.info.version == 0)
        return std::optional<CallInfo>();
    std::uint64_t remaining_gas = run.gas_limit(ExecutionMode::validate);
    auto context = run.context(ExecutionMode::validate, run.flags().charge_fee, remaining_gas);

    const ContractAddress& address = run.info.sender_address;
    // The class before the run decides what its result means.
    BX_TRY(const ClassHash class_hash, state.class_hash_at(address));
    CallEntryPoint call;
    call.entry_point_selector = validate_selector(run);
    call.calldata = validate_calldata(run.transaction());
    call.storage_address = address;
    call.initial_gas = remaining_gas;
    const RootFrame root{.contract_address = address,
                         .class_hash = class_hash,
                         .selector = call.entry_point_selector};

    auto result = execute_call(std::move(call), state, context, remaining_gas);
    run.executed_steps += context.executed_steps;
    if (result.has_error()) {
        if (is_host_failure(result.error()))
            return result.error();
        return rejection(
            transaction_error_trace(ErrorStackHeader::validation, root, result.error()));
    }
    BX_TRY(const auto compiled_class, state.compiled_class(class_hash));
    if (compiled_class == nullptr)
        return rejection("Class with hash " + class_hash.to_hex_padded() + " is not declared.");
    BX_CHECK(check_validate_result(*result, compiled_class->kind,
                                   run.constants().os_constants.validated));
    run.remaining_gas -= result->execution.gas_consumed;
    return std::optional(std::move(*result));
}

}  // namespace blockexecd::executor
