// SPDX-License-Identifier: Apache-2.0
// Finds the entry point that a call names in its class (specification 6.2).
#pragma once

#include "executor/calls/call_info.hpp"
#include "executor/types/contract_class.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// Errors are entry point errors: not found (a failed call where the version has reverts), not
// unique, a constructor call by another name. The pointer is into compiled_class.
vm::Result<const EntryPoint*> find_entry_point(const CompiledClass& compiled_class,
                                               const CallEntryPoint& call);

// The selector of the class's constructor; null for a class without one.
const EntryPointSelector* constructor_selector(const CompiledClass& compiled_class);

}  // namespace blockexecd::executor
