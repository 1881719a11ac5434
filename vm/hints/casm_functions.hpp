// SPDX-License-Identifier: Apache-2.0
// One function for each CASM hint; its operands are in the order of the table in casm_hint.hpp.
#pragma once

#include "vm/error.hpp"
#include "vm/hints/casm_hint.hpp"

namespace blockexecd::vm {

class VirtualMachine;

namespace casm_hints {

#define X(name, operands) Result<void> name(VirtualMachine& vm, const HintOperand* op);
BLOCKEXECD_CASM_HINTS(X)
#undef X

}  // namespace casm_hints

}  // namespace blockexecd::vm
