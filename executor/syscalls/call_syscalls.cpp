// SPDX-License-Identifier: Apache-2.0
// Inner calls take the reverting path: a panic below is a failure that the caller may handle, once
// its traces are undone (specification 5.2 to 5.4).
#include "executor/syscalls/call_syscalls.hpp"

#include <utility>

#include "executor/calls/call_error.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/transactions/transaction_hash.hpp"

namespace blockexecd::executor {

namespace {

// Events and messages of a failed call and of the calls below it; those of failed inner calls are
// gone already.
void clear_events_and_messages(CallInfo& info) {
    info.execution.events.clear();
    info.execution.l2_to_l1_messages.clear();
    for (auto& inner : info.inner_calls)
        if (!inner.execution.failed)
            clear_events_and_messages(inner);
}

// Runs the call; its return data, or a failure with the panic data, goes into the response. Errors
// come with the frame.
vm::Result<void> run_inner_call(SyscallHandler& handler, CallEntryPoint call,
                                const CallFrame& frame, SyscallResponse& response,
                                std::uint64_t& remaining_gas) {
    auto& context = handler.frame.context;
    const auto revert_index = context.revert_infos.size();
    auto result = execute_call(std::move(call), handler.frame.state, context, remaining_gas);
    if (result.has_error())
        return call_frame_error(frame, result.error());
    auto& inner = handler.frame.info.inner_calls.emplace_back(std::move(*result));
    if (!inner.execution.failed) {
        BX_TRY(const auto segment,
               handler.frame.read_only_segments.allocate(
                   handler.cursor.memory(), std::span<const Felt>(inner.execution.retdata)));
        response.add(segment);
        return {};
    }
    BX_CHECK(context.revert(revert_index, handler.frame.state));
    clear_events_and_messages(inner);
    auto failure = inner.execution.retdata;
    failure.push_back(context.constants().os_constants.error_entry_point_failed);
    response.fail(std::move(failure));
    return {};
}

}  // namespace

vm::Result<CallContract> CallContract::read(SyscallCursor& cursor) {
    BX_TRY(const auto contract_address, cursor.read_address());
    BX_TRY(const auto selector, cursor.read_felt());
    BX_TRY(auto calldata, cursor.read_array());
    return CallContract{contract_address, selector, std::move(calldata)};
}

vm::Result<void> CallContract::run(SyscallHandler& handler, SyscallResponse& response,
                                   std::uint64_t& remaining_gas) && {
    // Read before anything can fail: the error's frame shows it.
    BX_TRY(const auto class_hash, handler.frame.state.class_hash_at(contract_address));
    if (contract_address != handler.frame.storage_address())
        BX_CHECK(handler.frame.reject_in_validate("call_contract"));
    const auto& constants = handler.frame.constants();
    if (constants.block_direct_execute_call &&
        selector == constants.os_constants.execute_entry_point_selector) {
        response.fail({constants.os_constants.error_invalid_argument});
        return {};
    }
    CallEntryPoint call;
    call.code_address = contract_address;
    call.entry_point_selector = selector;
    call.calldata = std::move(calldata);
    call.storage_address = contract_address;
    call.caller_address = handler.frame.storage_address();
    call.initial_gas = remaining_gas;
    return run_inner_call(handler, std::move(call),
                          {CallFrameKind::call_contract, contract_address, class_hash, selector},
                          response, remaining_gas);
}

vm::Result<LibraryCall> LibraryCall::read(SyscallCursor& cursor) {
    BX_TRY(const auto class_hash, cursor.read_felt());
    BX_TRY(const auto selector, cursor.read_felt());
    BX_TRY(auto calldata, cursor.read_array());
    return LibraryCall{class_hash, selector, std::move(calldata)};
}

vm::Result<void> LibraryCall::run(SyscallHandler& handler, SyscallResponse& response,
                                  std::uint64_t& remaining_gas) && {
    const auto& storage_address = handler.frame.storage_address();
    CallEntryPoint call;
    call.class_hash = class_hash;
    call.entry_point_selector = selector;
    call.calldata = std::move(calldata);
    call.storage_address = storage_address;
    call.caller_address = handler.frame.info.call.caller_address;
    call.call_type = CallType::delegate;
    call.initial_gas = remaining_gas;
    return run_inner_call(handler, std::move(call),
                          {CallFrameKind::library_call, storage_address, class_hash, selector},
                          response, remaining_gas);
}

vm::Result<Deploy> Deploy::read(SyscallCursor& cursor) {
    BX_TRY(const auto class_hash, cursor.read_felt());
    BX_TRY(const auto salt, cursor.read_felt());
    BX_TRY(auto calldata, cursor.read_array());
    BX_TRY(
        const bool deploy_from_zero,
        cursor.read_bool("The deploy_from_zero field in the deploy system call must be 0 or 1."));
    return Deploy{class_hash, salt, std::move(calldata), deploy_from_zero};
}

vm::Result<void> Deploy::run(SyscallHandler& handler, SyscallResponse& response,
                             std::uint64_t& remaining_gas) && {
    auto& frame = handler.frame;
    frame.info.syscalls_usage[SyscallSelector::Deploy].linear_factor += constructor_calldata.size();
    if (frame.constants().disable_deploy_in_validation_mode)
        BX_CHECK(frame.reject_in_validate("deploy"));
    BX_TRY(auto deployed, frame.deploy(class_hash, salt, std::move(constructor_calldata),
                                       deploy_from_zero, remaining_gas));
    BX_TRY(const auto retdata, frame.read_only_segments.allocate(
                                   handler.cursor.memory(),
                                   std::span<const Felt>(deployed.constructor.execution.retdata)));
    frame.info.inner_calls.push_back(std::move(deployed.constructor));
    response.add(deployed.address);
    response.add(retdata);
    return {};
}

vm::Result<MetaTxV0> MetaTxV0::read(SyscallCursor& cursor) {
    BX_TRY(const auto contract_address, cursor.read_address());
    BX_TRY(const auto selector, cursor.read_felt());
    BX_TRY(auto calldata, cursor.read_array());
    BX_TRY(auto signature, cursor.read_array());
    return MetaTxV0{contract_address, selector, std::move(calldata), std::move(signature)};
}

vm::Result<void> MetaTxV0::run(SyscallHandler& handler, SyscallResponse& response,
                               std::uint64_t& remaining_gas) && {
    auto& frame = handler.frame;
    auto& context = frame.context;
    const auto& os_constants = frame.constants().os_constants;
    frame.info.syscalls_usage[SyscallSelector::MetaTxV0].linear_factor += calldata.size();
    BX_CHECK(frame.reject_in_validate("meta_tx_v0"));
    if (selector != os_constants.execute_entry_point_selector) {
        response.fail({os_constants.error_invalid_argument});
        return {};
    }
    Transaction transaction;
    transaction.type = TransactionType::invoke;
    transaction.version = 0;
    transaction.only_query = context.transaction.only_query;
    transaction.sender_address = contract_address;
    transaction.entry_point_selector = selector;
    transaction.calldata = calldata;
    transaction.signature = std::move(signature);
    transaction.hash = transaction_hash(transaction, context.block.chain_id);
    BX_TRY(const auto class_hash, frame.state.class_hash_at(contract_address));

    CallEntryPoint call;
    call.code_address = contract_address;
    call.entry_point_selector = selector;
    call.calldata = std::move(calldata);
    call.storage_address = contract_address;
    call.initial_gas = remaining_gas;
    const auto outer = std::exchange(context.transaction, transaction_info(transaction));
    auto result =
        run_inner_call(handler, std::move(call),
                       {CallFrameKind::call_contract, contract_address, class_hash, selector},
                       response, remaining_gas);
    context.transaction = outer;
    return result;
}

vm::Result<ReplaceClass> ReplaceClass::read(SyscallCursor& cursor) {
    BX_TRY(const auto class_hash, cursor.read_felt());
    return ReplaceClass{class_hash};
}

vm::Result<void> ReplaceClass::run(SyscallHandler& handler, SyscallResponse&, std::uint64_t&) && {
    BX_TRY(const auto compiled_class, handler.frame.declared_class(class_hash));
    if (compiled_class->kind != ClassKind::cairo1)
        return syscall_error(
            "Cannot replace V1 class hash with V0 class hash: " + class_hash.to_decimal() + ".");
    return handler.frame.state.set_class_hash_at(handler.frame.storage_address(), class_hash);
}

vm::Result<GetClassHashAt> GetClassHashAt::read(SyscallCursor& cursor) {
    BX_TRY(const auto contract_address, cursor.read_address());
    return GetClassHashAt{contract_address};
}

vm::Result<void> GetClassHashAt::run(SyscallHandler& handler, SyscallResponse& response,
                                     std::uint64_t&) && {
    BX_CHECK(handler.frame.reject_in_validate("get_class_hash_at"));
    auto& tracker = handler.frame.info.storage_access_tracker;
    tracker.accessed_contract_addresses.insert(contract_address);
    BX_TRY(const auto class_hash, handler.frame.state.class_hash_at(contract_address));
    tracker.read_class_hash_values.push_back(class_hash);
    response.add(class_hash);
    return {};
}

}  // namespace blockexecd::executor
