// SPDX-License-Identifier: Apache-2.0
// The forms of the fast loop in full, for what their fast versions leave: assertions of cells that
// are known, operands that are not, gaps, builtins' cells.
#pragma once

#include "vm/interpreter/fast_forms.hpp"
#include "vm/interpreter/loop_state.hpp"

namespace blockexecd::vm::fast {

// out = op0 + op1, out = op0 * op1 of two felts, whatever their size. False, and nothing written,
// for other operands. Precondition: neither is empty.
[[nodiscard]] bool felt_sum(Cell& out, const Cell& op0, const Cell& op1, Arena& arena);
[[nodiscard]] bool felt_product(Cell& out, const Cell& op0, const Cell& op1, Arena& arena);

// What a full form answers when it is left to the step-by-step interpreter, a failed assertion too.
// Nothing is written then; marks may be set: an instruction that fails ends the run, any other sets
// them again.
constexpr std::uint64_t kLeft = UINT64_MAX;

// What a full form needs of the registers, one by one: so many go in machine registers, and the
// loop keeps its own where they are.
#define BLOCKEXECD_FULL_PARAMETERS                                                          \
    const LoopState &s, const DecodedInstruction *ip, std::byte *stack, std::uint64_t size, \
        std::uint64_t ap, std::uint64_t fp

// Each makes its assertion and answers the stack's new size, or kLeft.
// dst = op1
template <Op1 kOp1, Register kDst>
[[nodiscard]] std::uint64_t full_assign(BLOCKEXECD_FULL_PARAMETERS);
// dst = [[op0] + n]
template <Register kOp0, Register kDst>
[[nodiscard]] std::uint64_t full_dereference(BLOCKEXECD_FULL_PARAMETERS);
// dst = op0 + op1 or op0 * op1
template <Res kRes, Op1 kOp1, Register kOp0, Register kDst>
[[nodiscard]] std::uint64_t full_compute(BLOCKEXECD_FULL_PARAMETERS);

}  // namespace blockexecd::vm::fast
