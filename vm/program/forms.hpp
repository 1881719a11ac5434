// SPDX-License-Identifier: Apache-2.0
// The instruction forms: shapes of decoded instructions that the interpreter has a handler of its
// own for. This one list makes the form numbers, their names, the decoder's choice and the dispatch
// table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "vm/program/instruction.hpp"

namespace blockexecd::vm {

// ASSERT(res, op1, dst register, op0 register, ap update): an assert_eq that goes to the next
// instruction. op1 is `imm` for a full felt read from the program, `small` for an immediate below
// 2^64 kept in the stream, `ap`, `fp` or `op0` (double dereference).
#define BLOCKEXECD_ASSERT_FORMS_AP(X, res, op1, dst, op0) \
    X(res, op1, dst, op0, regular) X(res, op1, dst, op0, add1)
#define BLOCKEXECD_ASSERT_FORMS_OP0(X, res, op1, dst) \
    BLOCKEXECD_ASSERT_FORMS_AP(X, res, op1, dst, ap)  \
    BLOCKEXECD_ASSERT_FORMS_AP(X, res, op1, dst, fp)
#define BLOCKEXECD_ASSERT_FORMS_DST(X, res, op1) \
    BLOCKEXECD_ASSERT_FORMS_OP0(X, res, op1, ap) BLOCKEXECD_ASSERT_FORMS_OP0(X, res, op1, fp)
#define BLOCKEXECD_ASSERT_FORMS_OP1(X, res)                                          \
    BLOCKEXECD_ASSERT_FORMS_DST(X, res, small)                                       \
    BLOCKEXECD_ASSERT_FORMS_DST(X, res, imm) BLOCKEXECD_ASSERT_FORMS_DST(X, res, ap) \
        BLOCKEXECD_ASSERT_FORMS_DST(X, res, fp) BLOCKEXECD_ASSERT_FORMS_DST(X, res, op0)
#define BLOCKEXECD_ASSERT_FORMS(X)      \
    BLOCKEXECD_ASSERT_FORMS_OP1(X, op1) \
    BLOCKEXECD_ASSERT_FORMS_OP1(X, add) BLOCKEXECD_ASSERT_FORMS_OP1(X, mul)

// JUMP(kind, dst register, op0 register, ap update): jumps by an immediate whose target lies in the
// program.
#define BLOCKEXECD_JUMP_FORMS_AP(X, kind, dst, op0) \
    X(kind, dst, op0, regular) X(kind, dst, op0, add1)
#define BLOCKEXECD_JUMP_FORMS_OP0(X, kind, dst) \
    BLOCKEXECD_JUMP_FORMS_AP(X, kind, dst, ap) BLOCKEXECD_JUMP_FORMS_AP(X, kind, dst, fp)
#define BLOCKEXECD_JUMP_FORMS_DST(X, kind) \
    BLOCKEXECD_JUMP_FORMS_OP0(X, kind, ap) BLOCKEXECD_JUMP_FORMS_OP0(X, kind, fp)
#define BLOCKEXECD_JUMP_FORMS(X) \
    BLOCKEXECD_JUMP_FORMS_DST(X, jump_rel) BLOCKEXECD_JUMP_FORMS_DST(X, jnz)

// The rest, one of each:
//   general    everything without a form of its own, bad words included: the step-by-step
//   interpreter outside    behind the last word of the program hinted     hints come first; the
//   real form is beside it call_rel   call with an immediate whose target lies in the program ret
//   ret, with op0 in the place where compilers put it ap_add     ap += a small immediate
#define BLOCKEXECD_SINGLE_FORMS(X) X(general) X(outside) X(hinted) X(call_rel) X(ret) X(ap_add)

enum class Form : std::uint16_t {
#define X(name) name,
    BLOCKEXECD_SINGLE_FORMS(X)
#undef X
#define X(res, op1, dst, op0, ap_update) assert_##res##_##op1##_##dst##_##op0##_##ap_update,
        BLOCKEXECD_ASSERT_FORMS(X)
#undef X
#define X(kind, dst, op0, ap_update) kind##_##dst##_##op0##_##ap_update,
            BLOCKEXECD_JUMP_FORMS(X)
#undef X
};

inline constexpr std::array kFormNames{
#define X(name) std::string_view(#name),
    BLOCKEXECD_SINGLE_FORMS(X)
#undef X
#define X(res, op1, dst, op0, ap_update) \
    std::string_view("assert_" #res "_" #op1 "_" #dst "_" #op0 "_" #ap_update),
        BLOCKEXECD_ASSERT_FORMS(X)
#undef X
#define X(kind, dst, op0, ap_update) std::string_view(#kind "_" #dst "_" #op0 "_" #ap_update),
            BLOCKEXECD_JUMP_FORMS(X)
#undef X
};
inline constexpr std::size_t kFormCount = kFormNames.size();

constexpr std::string_view form_name(Form form) {
    return kFormNames[static_cast<std::size_t>(form)];
}

// One word of the program as the interpreter reads it. Offsets are scaled to bytes of a cell.
struct DecodedInstruction {
    Form form;                 // what to dispatch on: `hinted` when the pc has hints
    Form real_form;            // the instruction's own
    std::uint32_t hint_range;  // index into the hint table's ranges, when hinted
    std::int32_t dst;
    std::int32_t op0;
    std::int32_t op1;
    std::uint32_t unused;
    // A small immediate, or for jumps and calls the target's offset in the program.
    std::uint64_t immediate;
};
static_assert(sizeof(DecodedInstruction) == 32);

}  // namespace blockexecd::vm
