// SPDX-License-Identifier: Apache-2.0
// Executes calls. Both paths return a CallInfo; the reverting one lets a failed (panicked) call
// through, as callers and validation need it, the other turns it into an error.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "executor/calls/call_info.hpp"
#include "executor/calls/execution_context.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/types/ids.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// Runs the call; remaining_gas loses what the call consumed (0 for calls that count steps). A panic
// gives a CallInfo with `failed` (where the version has reverts); its state changes are still
// there: revert() is the caller's. Errors abort the stage; error_trace.hpp prints them.
vm::Result<CallInfo> execute_call(CallEntryPoint call, CachedState& state,
                                  ExecutionContext& context, std::uint64_t& remaining_gas);

// As execute_call, but a failed call is an error, and the revert tracker sees the remaining gas.
vm::Result<CallInfo> execute_call_non_reverting(CallEntryPoint call, CachedState& state,
                                                ExecutionContext& context,
                                                std::uint64_t& remaining_gas);

struct ConstructorContext {
    ClassHash class_hash;
    std::optional<ContractAddress>
        code_address;  // the new address for the deploy syscall, nothing for deploy_account
    ContractAddress storage_address;  // the new address
    ContractAddress caller_address;   // 0 for deploy_account
};

// Takes the address, then runs the constructor, if the class has one. Errors are constructor frames
// (error_trace.hpp).
vm::Result<CallInfo> execute_deployment(const ConstructorContext& constructor,
                                        std::vector<Felt> calldata, CachedState& state,
                                        ExecutionContext& context, std::uint64_t& remaining_gas);

}  // namespace blockexecd::executor
