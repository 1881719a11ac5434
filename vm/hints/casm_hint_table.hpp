// SPDX-License-Identifier: Apache-2.0
// Cairo 1 hints resolved to the functions that run them.
#pragma once

#include <memory>
#include <span>

#include "vm/error.hpp"
#include "vm/hints/casm_hint.hpp"
#include "vm/program/code.hpp"
#include "vm/program/hint_table.hpp"

namespace blockexecd::vm {

// Errors (ErrorKind::program): a hint with the wrong operands, or one whose operand has a form that
// it cannot take.
Result<HintTable> resolve_casm_hints(const CasmHints& hints);

// A Cairo 1 class ready to run.
Result<std::shared_ptr<const Code>> make_casm_code(std::span<const Felt> bytecode,
                                                   const CasmHints& hints);

}  // namespace blockexecd::vm
