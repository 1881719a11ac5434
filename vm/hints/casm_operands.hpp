// SPDX-License-Identifier: Apache-2.0
// Reading and writing what a CASM hint's operands name.
#pragma once

#include "vm/error.hpp"
#include "vm/hints/casm_hint.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm {

Error casm_hint_error(std::string message);

Result<Relocatable> cell_address(const VirtualMachine& vm, const CellRef& cell);
// A felt. Errors: UnknownMemoryCell, ExpectedInteger.
Result<Felt> get_felt(const VirtualMachine& vm, const HintOperand& operand);
// A felt or an address. An unknown cell is the reference's InvalidMemoryValueTemporaryAddress.
Result<Value> get_maybe(const VirtualMachine& vm, const HintOperand& operand);
// The address that a buffer operand ([cell] or [cell] + immediate) names, moved by a further felt.
Result<Relocatable> get_pointer(const VirtualMachine& vm, const HintOperand& operand,
                                const Felt& offset = Felt());
// Whether get_pointer can read it; checked when hints are resolved.
bool is_buffer(const HintOperand& operand);
// A felt below 2^64. Error: `what`.
Result<std::uint64_t> get_u64(const VirtualMachine& vm, const HintOperand& operand,
                              const char* what);

Result<void> set_cell(VirtualMachine& vm, const HintOperand& cell, const Value& value);

}  // namespace blockexecd::vm
