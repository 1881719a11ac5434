// SPDX-License-Identifier: Apache-2.0
// Dispatch of Cairo 1 system calls: selector, request, gas, effect, response (specification 5.1).
#include "executor/syscalls/syscall_handler.hpp"

#include <array>
#include <concepts>
#include <string>

#include "executor/calls/call_error.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/syscalls/block_syscalls.hpp"
#include "executor/syscalls/call_syscalls.hpp"
#include "executor/syscalls/hash_syscalls.hpp"
#include "executor/syscalls/secp_syscalls.hpp"
#include "executor/syscalls/storage_syscalls.hpp"

namespace blockexecd::executor {

namespace {

vm::Result<void> write_response(SyscallCursor& cursor, std::uint64_t remaining_gas,
                                const SyscallResponse& response) {
    BX_CHECK(cursor.write(remaining_gas));
    BX_CHECK(cursor.write(std::uint64_t{response.failed}));
    if (!response.failed) {
        for (const auto& field : response.fields)
            BX_CHECK(cursor.write(field));
        return {};
    }
    // The program may append to it, so it is no read-only segment.
    const auto start = cursor.memory().add_segment(response.failure.size());
    BX_TRY(const auto end, cursor.memory().load(start, std::span<const Felt>(response.failure)));
    BX_CHECK(cursor.write(start));
    return cursor.write(end);
}

template <class Request>
std::uint64_t linear_length(const Request& request) {
    if constexpr (requires {
                      { request.linear_length() } -> std::convertible_to<std::uint64_t>;
                  })
        return request.linear_length();
    else
        return 0;
}

template <class Request>
vm::Result<void> execute(SyscallHandler& handler, SyscallSelector selector) {
    auto& context = handler.frame.context;
    BX_TRY(const auto gas_counter, handler.cursor.read_u64("Unexpected gas."));
    BX_TRY(Request request, Request::read(handler.cursor));

    const auto& gas_costs = context.constants().os_constants.gas_costs;
    const auto& cost = gas_costs.syscall(selector);
    // The base was charged by the compiled code beforehand.
    const auto required_gas = cost.base + cost.linear_factor * linear_length(request) -
                              gas_costs.base.syscall_base_gas_cost;
    SyscallResponse response;
    if (gas_counter < required_gas) {
        response.fail({context.constants().os_constants.error_out_of_gas});
        return write_response(handler.cursor, gas_counter, response);
    }
    auto remaining_gas = gas_counter - required_gas;
    context.sierra_gas_revert_tracker.update(*context.tracked_resource, remaining_gas);
    BX_CHECK(std::move(request).run(handler, response, remaining_gas));
    return write_response(handler.cursor, remaining_gas, response);
}

using Execute = vm::Result<void> (*)(SyscallHandler&, SyscallSelector);

struct Row {
    SyscallSelector selector;
    Execute execute;
};

constexpr std::array kRows{
    Row{SyscallSelector::CallContract, execute<CallContract>},
    Row{SyscallSelector::Deploy, execute<Deploy>},
    Row{SyscallSelector::EmitEvent, execute<EmitEvent>},
    Row{SyscallSelector::GetBlockHash, execute<GetBlockHash>},
    Row{SyscallSelector::GetClassHashAt, execute<GetClassHashAt>},
    Row{SyscallSelector::GetExecutionInfo, execute<GetExecutionInfo>},
    Row{SyscallSelector::Keccak, execute<Keccak>},
    Row{SyscallSelector::LibraryCall, execute<LibraryCall>},
    Row{SyscallSelector::MetaTxV0, execute<MetaTxV0>},
    Row{SyscallSelector::ReplaceClass, execute<ReplaceClass>},
    Row{SyscallSelector::Secp256k1Add, execute<SecpAdd<vm::SecpCurve::k1>>},
    Row{SyscallSelector::Secp256k1GetPointFromX, execute<SecpGetPointFromX<vm::SecpCurve::k1>>},
    Row{SyscallSelector::Secp256k1GetXy, execute<SecpGetXy<vm::SecpCurve::k1>>},
    Row{SyscallSelector::Secp256k1Mul, execute<SecpMul<vm::SecpCurve::k1>>},
    Row{SyscallSelector::Secp256k1New, execute<SecpNew<vm::SecpCurve::k1>>},
    Row{SyscallSelector::Secp256r1Add, execute<SecpAdd<vm::SecpCurve::r1>>},
    Row{SyscallSelector::Secp256r1GetPointFromX, execute<SecpGetPointFromX<vm::SecpCurve::r1>>},
    Row{SyscallSelector::Secp256r1GetXy, execute<SecpGetXy<vm::SecpCurve::r1>>},
    Row{SyscallSelector::Secp256r1Mul, execute<SecpMul<vm::SecpCurve::r1>>},
    Row{SyscallSelector::Secp256r1New, execute<SecpNew<vm::SecpCurve::r1>>},
    Row{SyscallSelector::SendMessageToL1, execute<SendMessageToL1>},
    Row{SyscallSelector::Sha256ProcessBlock, execute<Sha256ProcessBlock>},
    Row{SyscallSelector::Sha512ProcessBlock, execute<Sha512ProcessBlock>},
    Row{SyscallSelector::StorageRead, execute<StorageRead>},
    Row{SyscallSelector::StorageWrite, execute<StorageWrite>},
};

// By selector; null for those that only Cairo 0 has.
constexpr auto kExecuteBySelector = [] {
    std::array<Execute, kSyscallCount> table{};
    for (const auto& row : kRows)
        table[static_cast<std::size_t>(row.selector)] = row.execute;
    return table;
}();

}  // namespace

vm::Result<void> SyscallHandler::system_call(vm::VirtualMachine&) {
    BX_TRY(const Felt selector_felt, cursor.read_felt());
    const auto selector = syscall_from_felt(selector_felt);
    if (!selector)
        return syscall_error("Invalid syscall selector: " + selector_felt.to_hex() + ".");
    // Keccak counts its rounds instead, when it is known how many there are.
    if (*selector != SyscallSelector::Keccak)
        ++frame.info.syscalls_usage[*selector].call_count;
    const auto execute_syscall = kExecuteBySelector[static_cast<std::size_t>(*selector)];
    if (execute_syscall == nullptr)
        return syscall_error("Unknown Hint: Unsupported syscall selector " +
                             std::string(syscall_name(*selector)) + ".");
    BX_CHECK(execute_syscall(*this, *selector));
    if (frame.context.run_resources.n_steps == 0)
        uncounted_steps.n_steps = 0;
    return {};
}

vm::Result<void> SyscallHandler::deprecated_system_call(vm::VirtualMachine&,
                                                        const vm::Relocatable&) {
    return syscall_error("Unknown Hint: a Cairo 0 system call in a Cairo 1 class");
}

}  // namespace blockexecd::executor
