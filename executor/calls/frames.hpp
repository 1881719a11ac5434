// SPDX-License-Identifier: Apache-2.0
// Runs one call's code on a VM of its own: what differs between the Cairo generations.
#pragma once

#include "executor/calls/call_info.hpp"
#include "executor/calls/execution_context.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/types/contract_class.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// info.call is the call, with its class and initial gas settled; the rest of info is filled.
// context.tracked_resource is this call's, and its revert info is the newest. Errors are entry
// point errors (call_error.hpp).
vm::Result<void> run_cairo1_frame(CallInfo& info, const CompiledClass& compiled_class,
                                  CachedState& state, ExecutionContext& context);
vm::Result<void> run_cairo0_frame(CallInfo& info, const CompiledClass& compiled_class,
                                  CachedState& state, ExecutionContext& context);

}  // namespace blockexecd::executor
