// SPDX-License-Identifier: Apache-2.0
// Arithmetic of an instruction according to its opcode extension: ordinary values, or felts that
// pack a QM31 element.
#pragma once

#include "vm/error.hpp"
#include "vm/memory/value.hpp"
#include "vm/program/instruction.hpp"

namespace blockexecd::vm {

Result<Value> typed_add(const Value& a, const Value& b, OpcodeExtension extension);
Result<Value> typed_sub(const Value& a, const Value& b, OpcodeExtension extension);
Result<Value> typed_mul(const Value& a, const Value& b, OpcodeExtension extension);
// Felts only.
Result<Felt> typed_div(const Felt& a, const Felt& b, OpcodeExtension extension);
// 1 / value, remembered in a small table of the thread's own: programs divide by the same constants
// again and again. Precondition: not 0.
Felt remembered_inverse(const Felt& value);

}  // namespace blockexecd::vm
