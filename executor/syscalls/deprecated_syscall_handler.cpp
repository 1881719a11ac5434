// SPDX-License-Identifier: Apache-2.0
// One function a system call: it reads its request, has its effect, and writes its response
// (specification 5.9).
#include "executor/syscalls/deprecated_syscall_handler.hpp"

#include <array>
#include <string>
#include <utility>

#include "executor/calls/call_error.hpp"
#include "executor/constants/versioned_constants.hpp"

namespace blockexecd::executor {

namespace {

using Handler = DeprecatedSyscallHandler;

vm::Result<void> write_segment(SyscallCursor& cursor, const ReadOnlySegment& segment) {
    BX_CHECK(cursor.write(segment.length));
    return cursor.write(segment.start);
}

// Runs a call below and writes its return data. A panic below (of a Cairo 1 class) is an error
// here.
vm::Result<void> run_inner_call(Handler& handler, CallEntryPoint call, const CallFrame& frame) {
    auto& context = handler.frame.context;
    call.initial_gas = context.constants().infinite_gas_for_vm_mode();
    auto remaining_gas = call.initial_gas;
    auto result =
        execute_call_non_reverting(std::move(call), handler.frame.state, context, remaining_gas);
    if (result.has_error())
        return call_frame_error(frame, result.error());
    BX_TRY(const auto segment,
           handler.frame.read_only_segments.allocate(
               handler.cursor.memory(), std::span<const Felt>(result->execution.retdata)));
    handler.frame.info.inner_calls.push_back(std::move(*result));
    return write_segment(handler.cursor, segment);
}

vm::Result<void> call_contract(Handler& handler) {
    BX_TRY(const auto contract_address, handler.cursor.read_address());
    BX_TRY(const auto selector, handler.cursor.read_felt());
    BX_TRY(auto calldata, handler.cursor.read_deprecated_array());
    // Read before anything can fail: the error's frame shows it.
    BX_TRY(const auto class_hash, handler.frame.state.class_hash_at(contract_address));
    if (contract_address != handler.frame.storage_address())
        BX_CHECK(handler.frame.reject_in_validate("call_contract"));
    const auto& constants = handler.frame.constants();
    if (constants.block_direct_execute_call &&
        selector == constants.os_constants.execute_entry_point_selector)
        return syscall_error("Calling `__execute__` directly is not allowed.");
    CallEntryPoint call;
    call.code_address = contract_address;
    call.entry_point_selector = selector;
    call.calldata = std::move(calldata);
    call.storage_address = contract_address;
    call.caller_address = handler.frame.storage_address();
    return run_inner_call(handler, std::move(call),
                          {CallFrameKind::call_contract, contract_address, class_hash, selector});
}

vm::Result<void> run_library_call(Handler& handler, const ClassHash& class_hash,
                                  std::optional<ContractAddress> code_address, EntryPointType type,
                                  const EntryPointSelector& selector, std::vector<Felt> calldata) {
    const auto& outer = handler.frame.info.call;
    CallEntryPoint call;
    call.class_hash = class_hash;
    call.code_address = code_address;
    call.entry_point_type = type;
    call.entry_point_selector = selector;
    call.calldata = std::move(calldata);
    call.storage_address = outer.storage_address;
    call.caller_address = outer.caller_address;
    call.call_type = CallType::delegate;
    return run_inner_call(
        handler, std::move(call),
        {CallFrameKind::library_call, outer.storage_address, class_hash, selector});
}

template <EntryPointType type>
vm::Result<void> library_call(Handler& handler) {
    BX_TRY(const auto class_hash, handler.cursor.read_felt());
    BX_TRY(const auto selector, handler.cursor.read_felt());
    BX_TRY(auto calldata, handler.cursor.read_deprecated_array());
    return run_library_call(handler, class_hash, std::nullopt, type, selector, std::move(calldata));
}

// A library call of the class at an address.
template <EntryPointType type>
vm::Result<void> delegate_call(Handler& handler) {
    BX_TRY(const auto contract_address, handler.cursor.read_address());
    BX_TRY(const auto selector, handler.cursor.read_felt());
    BX_TRY(auto calldata, handler.cursor.read_deprecated_array());
    BX_TRY(const auto class_hash, handler.frame.state.class_hash_at(contract_address));
    return run_library_call(handler, class_hash, contract_address, type, selector,
                            std::move(calldata));
}

vm::Result<void> deploy(Handler& handler) {
    auto& frame = handler.frame;
    BX_TRY(const auto class_hash, handler.cursor.read_felt());
    BX_TRY(const auto salt, handler.cursor.read_felt());
    BX_TRY(auto calldata, handler.cursor.read_deprecated_array());
    BX_TRY(const bool deploy_from_zero,
           handler.cursor.read_bool(
               "The deploy_from_zero field in the deploy system call must be 0 or 1."));
    if (frame.constants().disable_deploy_in_validation_mode)
        BX_CHECK(frame.reject_in_validate("deploy"));
    frame.info.syscalls_usage[SyscallSelector::Deploy].linear_factor += calldata.size();
    auto remaining_gas = frame.constants().infinite_gas_for_vm_mode();
    BX_TRY(auto deployed,
           frame.deploy(class_hash, salt, std::move(calldata), deploy_from_zero, remaining_gas));
    frame.info.inner_calls.push_back(std::move(deployed.constructor));
    // The constructor's return data is never given.
    BX_CHECK(handler.cursor.write(deployed.address));
    BX_CHECK(handler.cursor.write(Felt{}));
    return handler.cursor.write(Felt{});
}

vm::Result<void> emit_event(Handler& handler) {
    BX_TRY(auto keys, handler.cursor.read_deprecated_array());
    BX_TRY(auto data, handler.cursor.read_deprecated_array());
    return handler.frame.emit_event(std::move(keys), std::move(data));
}

vm::Result<void> get_block_number(Handler& handler) {
    return handler.cursor.write(handler.frame.visible_block_number());
}

vm::Result<void> get_block_timestamp(Handler& handler) {
    return handler.cursor.write(handler.frame.visible_block_timestamp());
}

vm::Result<void> get_caller_address(Handler& handler) {
    return handler.cursor.write(handler.frame.info.call.caller_address);
}

vm::Result<void> get_contract_address(Handler& handler) {
    return handler.cursor.write(handler.frame.storage_address());
}

vm::Result<void> get_sequencer_address(Handler& handler) {
    BX_CHECK(handler.frame.reject_in_validate("get_sequencer_address"));
    return handler.cursor.write(handler.frame.context.block.sequencer_address);
}

vm::Result<vm::Relocatable> signature_segment(Handler& handler) {
    if (!handler.transaction_signature) {
        BX_TRY(const auto segment,
               handler.frame.read_only_segments.allocate(
                   handler.cursor.memory(), handler.frame.context.transaction.signature));
        handler.transaction_signature = segment.start;
    }
    return *handler.transaction_signature;
}

vm::Result<vm::Relocatable> make_transaction_info(Handler& handler, std::uint8_t version) {
    BX_TRY(const auto signature, signature_segment(handler));
    const auto& transaction = handler.frame.context.transaction;
    const std::array<vm::Value, 8> values{
        signed_version(version, transaction.only_query),
        transaction.sender_address,
        Felt::from_u128(static_cast<std::uint64_t>(transaction.max_fee),
                        static_cast<std::uint64_t>(transaction.max_fee >> 64)),
        std::uint64_t{transaction.signature.size()},
        signature,
        transaction.transaction_hash,
        handler.frame.context.block.chain_id,
        transaction.nonce,
    };
    BX_TRY(const auto segment, handler.frame.read_only_segments.allocate(
                                   handler.cursor.memory(), std::span<const vm::Value>(values)));
    return segment.start;
}

vm::Result<void> get_tx_info(Handler& handler) {
    // Accounts bound to version 1 get a segment of their own each time.
    if (handler.frame.hides_version_3(
            handler.frame.constants().os_constants.v1_bound_accounts_cairo0)) {
        BX_TRY(const auto info, make_transaction_info(handler, 1));
        return handler.cursor.write(info);
    }
    if (!handler.transaction_info) {
        BX_TRY(handler.transaction_info,
               make_transaction_info(handler, handler.frame.context.transaction.version));
    }
    return handler.cursor.write(*handler.transaction_info);
}

vm::Result<void> get_tx_signature(Handler& handler) {
    BX_TRY(const auto start, signature_segment(handler));
    return write_segment(handler.cursor,
                         {start, handler.frame.context.transaction.signature.size()});
}

vm::Result<void> replace_class(Handler& handler) {
    BX_TRY(const auto class_hash, handler.cursor.read_felt());
    BX_CHECK(handler.frame.declared_class(class_hash));
    return handler.frame.state.set_class_hash_at(handler.frame.storage_address(), class_hash);
}

vm::Result<void> send_message_to_l1(Handler& handler) {
    BX_TRY(const auto to_address, handler.cursor.read_felt());
    BX_TRY(auto payload, handler.cursor.read_deprecated_array());
    handler.frame.info.syscalls_usage[SyscallSelector::SendMessageToL1].linear_factor +=
        payload.size();
    return handler.frame.send_message_to_l1(to_address, std::move(payload));
}

vm::Result<void> storage_read(Handler& handler) {
    BX_TRY(const auto key, handler.cursor.read_address());
    BX_TRY(const auto value, handler.frame.storage_read(key));
    return handler.cursor.write(value);
}

vm::Result<void> storage_write(Handler& handler) {
    BX_TRY(const auto key, handler.cursor.read_address());
    BX_TRY(const auto value, handler.cursor.read_felt());
    return handler.frame.storage_write(key, value);
}

using Execute = vm::Result<void> (*)(Handler&);

struct Row {
    SyscallSelector selector;
    Execute execute;
};

constexpr std::array kRows{
    Row{SyscallSelector::CallContract, call_contract},
    Row{SyscallSelector::DelegateCall, delegate_call<EntryPointType::external>},
    Row{SyscallSelector::DelegateL1Handler, delegate_call<EntryPointType::l1_handler>},
    Row{SyscallSelector::Deploy, deploy},
    Row{SyscallSelector::EmitEvent, emit_event},
    Row{SyscallSelector::GetBlockNumber, get_block_number},
    Row{SyscallSelector::GetBlockTimestamp, get_block_timestamp},
    Row{SyscallSelector::GetCallerAddress, get_caller_address},
    Row{SyscallSelector::GetContractAddress, get_contract_address},
    Row{SyscallSelector::GetSequencerAddress, get_sequencer_address},
    Row{SyscallSelector::GetTxInfo, get_tx_info},
    Row{SyscallSelector::GetTxSignature, get_tx_signature},
    Row{SyscallSelector::LibraryCall, library_call<EntryPointType::external>},
    Row{SyscallSelector::LibraryCallL1Handler, library_call<EntryPointType::l1_handler>},
    Row{SyscallSelector::ReplaceClass, replace_class},
    Row{SyscallSelector::SendMessageToL1, send_message_to_l1},
    Row{SyscallSelector::StorageRead, storage_read},
    Row{SyscallSelector::StorageWrite, storage_write},
};

// By selector; null for those that only Cairo 1 has.
constexpr auto kExecuteBySelector = [] {
    std::array<Execute, kSyscallCount> table{};
    for (const auto& row : kRows)
        table[static_cast<std::size_t>(row.selector)] = row.execute;
    return table;
}();

// The reference prints the address's fields here.
std::string debug_text(const vm::Relocatable& address) {
    return "Relocatable { segment_index: " + std::to_string(address.segment) +
           ", offset: " + std::to_string(address.offset) + " }";
}

}  // namespace

vm::Result<void> DeprecatedSyscallHandler::system_call(vm::VirtualMachine&) {
    return syscall_error("Unknown Hint: a Cairo 1 system call in a Cairo 0 class");
}

vm::Result<void> DeprecatedSyscallHandler::deprecated_system_call(
    vm::VirtualMachine&, const vm::Relocatable& syscall_ptr) {
    if (syscall_ptr != cursor.at())
        return syscall_error("Bad syscall_ptr; expected: " + debug_text(cursor.at()) +
                             ", got: " + debug_text(syscall_ptr) + ".");
    BX_TRY(const Felt selector_felt, cursor.read_felt());
    const auto selector = syscall_from_felt(selector_felt);
    if (!selector)
        return syscall_error("Invalid syscall selector: " + selector_felt.to_hex() + ".");
    ++frame.info.syscalls_usage[*selector].call_count;
    const auto execute = kExecuteBySelector[static_cast<std::size_t>(*selector)];
    if (execute == nullptr)
        return syscall_error("Unknown Hint: Unsupported syscall selector " +
                             std::string(syscall_name(*selector)) + ".");
    return execute(*this);
}

}  // namespace blockexecd::executor
