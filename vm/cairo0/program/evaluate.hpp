// SPDX-License-Identifier: Apache-2.0
// The value and the address of a reference at the machine's registers. Whatever cannot be evaluated
// is nothing: another ap group, a missing cell, a felt where an address is needed.
#pragma once

#include <optional>

#include "vm/cairo0/program/reference.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm::cairo0 {

// `here` is the ap tracking of the place in the code that asks.
[[nodiscard]] std::optional<Value> reference_value(const VirtualMachine& vm,
                                                   const Reference& reference,
                                                   const ApTracking& here);
[[nodiscard]] std::optional<Relocatable> reference_address(const VirtualMachine& vm,
                                                           const Reference& reference,
                                                           const ApTracking& here);

}  // namespace blockexecd::vm::cairo0
