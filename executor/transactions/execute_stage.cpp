// SPDX-License-Identifier: Apache-2.0
#include <stdexcept>

#include "executor/calls/call_error.hpp"
#include "executor/calls/entry_point.hpp"
#include "executor/calls/error_trace.hpp"
#include "executor/transactions/stages.hpp"

namespace blockexecd::executor {
namespace {

StageError plain(vm::Error error) {
    std::string text = error.message();
    return {std::move(error), std::move(text)};
}

StageError traced(ErrorStackHeader header, const RootFrame& root, const vm::Error& error) {
    return {error, is_host_failure(error) ? error.message()
                                          : transaction_error_trace(header, root, error)};
}

// At least 62 digits: the reference's {:#064x}.
std::string to_hex_62(const Felt& felt) {
    const std::string digits = felt.to_hex().substr(2);
    return "0x" + std::string(62 - std::min<std::size_t>(digits.size(), 62), '0') + digits;
}

StageResult call_contract(TransactionRun& run, CachedState& state, ExecutionContext& context,
                          std::uint64_t remaining_gas) {
    const Transaction& transaction = run.transaction();
    const bool is_l1_handler = transaction.type == TransactionType::l1_handler;
    const ContractAddress& address = run.info.sender_address;
    const auto class_hash = state.class_hash_at(address);
    if (class_hash.has_error())
        return plain(class_hash.error());
    CallEntryPoint call;
    call.entry_point_type = is_l1_handler ? EntryPointType::l1_handler : EntryPointType::external;
    call.entry_point_selector = is_l1_handler || transaction.version == 0
                                    ? transaction.entry_point_selector
                                    : run.constants().os_constants.execute_entry_point_selector;
    call.calldata = transaction.calldata;
    call.storage_address = address;
    call.initial_gas = remaining_gas;
    const RootFrame root{.contract_address = address,
                         .class_hash = *class_hash,
                         .selector = call.entry_point_selector};
    auto result = execute_call_non_reverting(std::move(call), state, context, remaining_gas);
    if (result.has_error())
        return traced(ErrorStackHeader::execution, root, result.error());
    return std::optional(std::move(*result));
}

StageResult deploy_account(TransactionRun& run, CachedState& state, ExecutionContext& context,
                           std::uint64_t remaining_gas) {
    const Transaction& transaction = run.transaction();
    const ConstructorContext constructor{.class_hash = transaction.class_hash,
                                         .code_address = std::nullopt,
                                         .storage_address = transaction.sender_address,
                                         .caller_address = {}};
    auto result =
        execute_deployment(constructor, transaction.calldata, state, context, remaining_gas);
    if (result.has_error())
        return traced(ErrorStackHeader::constructor, {}, result.error());
    return std::optional(std::move(*result));
}

vm::Result<void> declare(const TransactionRun& run, CachedState& state) {
    const Transaction& transaction = run.transaction();
    const ClassHash& class_hash = transaction.class_hash;
    const auto& declared = run.input.declared_class;
    if (declared == nullptr)
        return rejection("Declare transaction of class " + class_hash.to_hex() +
                         " without its class.");
    const bool is_sierra = transaction.version >= 2;
    if ((declared->kind == ClassKind::cairo1) != is_sierra)
        return rejection("Declare transaction version " + std::to_string(transaction.version) +
                         " must have a contract class of Cairo version " + (is_sierra ? "1" : "0") +
                         ".");
    if (run.constants().block_casm_hash_v1_declares && transaction.version >= 3 &&
        declared->compiled_class_hash_v2 != transaction.compiled_class_hash)
        return rejection("Mismatch compiled class hash for class with hash " +
                         to_hex_62(class_hash) +
                         ". Actual: " + to_hex_62(transaction.compiled_class_hash) +
                         ", Expected: " + to_hex_62(declared->compiled_class_hash_v2));
    // Before 0.13.2 a Cairo 0 class could be declared again: nothing committed to it.
    if (is_sierra || run.constants().disable_cairo0_redeclaration) {
        BX_TRY(const auto known, state.compiled_class(class_hash));
        if (known != nullptr)
            return rejection("Class with hash " + class_hash.to_hex_padded() +
                             " is already declared.");
    }
    state.set_compiled_class(class_hash, declared);
    if (is_sierra)
        state.set_compiled_class_hash(class_hash, transaction.compiled_class_hash);
    return {};
}

}  // namespace

void throw_exception_from_error(const StageError& error, const boost::source_location& where) {
    boost::throw_with_location(std::runtime_error(error.trace), where);
}

StageResult run_execute(TransactionRun& run, CachedState& state, ExecutionContext& context) {
    if (run.transaction().type == TransactionType::declare) {
        if (auto result = declare(run, state); result.has_error())
            return plain(result.error());
        return std::optional<CallInfo>();
    }
    const std::uint64_t gas = run.transaction().type == TransactionType::l1_handler
                                  ? run.remaining_gas
                                  : run.gas_limit(context.mode);
    const std::uint64_t steps_before = context.executed_steps;
    auto result = run.transaction().type == TransactionType::deploy_account
                      ? deploy_account(run, state, context, gas)
                      : call_contract(run, state, context, gas);
    run.executed_steps += context.executed_steps - steps_before;
    if (result.has_value())
        run.remaining_gas -= (*result)->execution.gas_consumed;
    return result;
}

}  // namespace blockexecd::executor
