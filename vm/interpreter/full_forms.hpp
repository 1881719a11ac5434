// SPDX-License-Identifier: Apache-2.0
// The forms of the fast loop in full: a function each, for what their fast versions leave.
#pragma once

#include <array>

#include "vm/interpreter/loop_state.hpp"

namespace blockexecd::vm::fast {

// out = op0 + op1, out = op0 * op1 of two marked felts, whatever their size. False, and nothing
// written, for other operands. Precondition: neither is empty and marked. Few arguments, so that
// the loop that calls them keeps its registers.
[[nodiscard]] bool felt_sum(Cell& out, const Cell& op0, const Cell& op1, Arena& arena);
[[nodiscard]] bool felt_product(Cell& out, const Cell& op0, const Cell& op1, Arena& arena);

// Makes the whole step, trace and registers included. False: left to the step-by-step interpreter,
// a failed assertion too. Nothing is written then; marks may be set: an instruction that fails ends
// the run, any other sets them again.
using FullForm = bool (*)(LoopState&);

// By Form; null for the forms that have no such version.
extern const std::array<FullForm, kFormCount> kFullForms;

}  // namespace blockexecd::vm::fast
