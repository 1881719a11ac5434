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

// What every list below spans: the register of dst, whether ap is incremented.
#define BLOCKEXECD_FORMS_AP(X, ...) X(__VA_ARGS__, regular) X(__VA_ARGS__, add1)
#define BLOCKEXECD_FORMS_DST(X, ...) \
    BLOCKEXECD_FORMS_AP(X, __VA_ARGS__, ap) BLOCKEXECD_FORMS_AP(X, __VA_ARGS__, fp)

// assign(op1, dst register, ap update): assert_eq with res = op1, going on to the next instruction.
// op1 is a small immediate kept in the stream (`small`), one read from the program (`imm`), or on
// ap or fp. The unused op0 is [fp - 1].
#define BLOCKEXECD_ASSIGN_FORMS(X) \
    BLOCKEXECD_FORMS_DST(X, small) \
    BLOCKEXECD_FORMS_DST(X, imm) BLOCKEXECD_FORMS_DST(X, ap) BLOCKEXECD_FORMS_DST(X, fp)

// deref(op0 register, dst register, ap update): assert_eq of dst and [[op0] + n], either of which
// may be the unknown.
#define BLOCKEXECD_DEREF_FORMS(X) BLOCKEXECD_FORMS_DST(X, ap) BLOCKEXECD_FORMS_DST(X, fp)

// compute(res, op1, op0 register, dst register, ap update): assert_eq of dst and op0 + op1 or op0 *
// op1.
#define BLOCKEXECD_COMPUTE_FORMS_OP0(X, res, op1) \
    BLOCKEXECD_FORMS_DST(X, res, op1, ap) BLOCKEXECD_FORMS_DST(X, res, op1, fp)
#define BLOCKEXECD_COMPUTE_FORMS_OP1(X, res)    \
    BLOCKEXECD_COMPUTE_FORMS_OP0(X, res, small) \
    BLOCKEXECD_COMPUTE_FORMS_OP0(X, res, imm)   \
    BLOCKEXECD_COMPUTE_FORMS_OP0(X, res, ap) BLOCKEXECD_COMPUTE_FORMS_OP0(X, res, fp)
#define BLOCKEXECD_COMPUTE_FORMS(X) \
    BLOCKEXECD_COMPUTE_FORMS_OP1(X, add) BLOCKEXECD_COMPUTE_FORMS_OP1(X, mul)

// jump(kind, dst register, ap update): jumps by an immediate whose target lies in the program, or
// behind its last word. op0 is [fp - 1].
#define BLOCKEXECD_JUMP_FORMS(X) BLOCKEXECD_FORMS_DST(X, jump_rel) BLOCKEXECD_FORMS_DST(X, jnz)

// The rest, one of each:
//   general    everything without a form of its own, bad words included: the step-by-step
//   interpreter outside    behind the last word of the program hinted     hints come first; the
//   real form is beside it call_rel   call with an immediate whose target lies in the program ret
//   ret, with op0 in the place where compilers put it ap_add     ap += an immediate below 2^32; dst
//   is [fp + n], op0 [fp - 1]
#define BLOCKEXECD_SINGLE_FORMS(X) X(general) X(outside) X(hinted) X(call_rel) X(ret) X(ap_add)

// Calls each of its arguments over its list, in the order of the form numbers.
#define BLOCKEXECD_ALL_FORMS(SINGLE, ASSIGN, DEREF, COMPUTE, JUMP) \
    BLOCKEXECD_SINGLE_FORMS(SINGLE)                                \
    BLOCKEXECD_ASSIGN_FORMS(ASSIGN)                                \
    BLOCKEXECD_DEREF_FORMS(DEREF) BLOCKEXECD_COMPUTE_FORMS(COMPUTE) BLOCKEXECD_JUMP_FORMS(JUMP)

// Immediates up to this one are kept in the stream: every cell layout is quick with them.
inline constexpr std::uint64_t kMaxStreamImmediate = (std::uint64_t{1} << 61) - 1;

#define BLOCKEXECD_SINGLE_NAME(name) name
#define BLOCKEXECD_ASSIGN_NAME(op1, dst, ap_update) assign_##op1##_##dst##_##ap_update
#define BLOCKEXECD_DEREF_NAME(op0, dst, ap_update) deref_##op0##_##dst##_##ap_update
#define BLOCKEXECD_COMPUTE_NAME(res, op1, op0, dst, ap_update) \
    res##_##op1##_##op0##_##dst##_##ap_update
#define BLOCKEXECD_JUMP_NAME(kind, dst, ap_update) kind##_##dst##_##ap_update
#define BLOCKEXECD_FORM_TEXT_(name) #name
#define BLOCKEXECD_FORM_TEXT(name) BLOCKEXECD_FORM_TEXT_(name)

enum class Form : std::uint16_t {
#define SINGLE(...) BLOCKEXECD_SINGLE_NAME(__VA_ARGS__),
#define ASSIGN(...) BLOCKEXECD_ASSIGN_NAME(__VA_ARGS__),
#define DEREF(...) BLOCKEXECD_DEREF_NAME(__VA_ARGS__),
#define COMPUTE(...) BLOCKEXECD_COMPUTE_NAME(__VA_ARGS__),
#define JUMP(...) BLOCKEXECD_JUMP_NAME(__VA_ARGS__),
    BLOCKEXECD_ALL_FORMS(SINGLE, ASSIGN, DEREF, COMPUTE, JUMP)
#undef SINGLE
#undef ASSIGN
#undef DEREF
#undef COMPUTE
#undef JUMP
};

inline constexpr std::array kFormNames{
#define SINGLE(...) std::string_view(BLOCKEXECD_FORM_TEXT(BLOCKEXECD_SINGLE_NAME(__VA_ARGS__))),
#define ASSIGN(...) std::string_view(BLOCKEXECD_FORM_TEXT(BLOCKEXECD_ASSIGN_NAME(__VA_ARGS__))),
#define DEREF(...) std::string_view(BLOCKEXECD_FORM_TEXT(BLOCKEXECD_DEREF_NAME(__VA_ARGS__))),
#define COMPUTE(...) std::string_view(BLOCKEXECD_FORM_TEXT(BLOCKEXECD_COMPUTE_NAME(__VA_ARGS__))),
#define JUMP(...) std::string_view(BLOCKEXECD_FORM_TEXT(BLOCKEXECD_JUMP_NAME(__VA_ARGS__))),
    BLOCKEXECD_ALL_FORMS(SINGLE, ASSIGN, DEREF, COMPUTE, JUMP)
#undef SINGLE
#undef ASSIGN
#undef DEREF
#undef COMPUTE
#undef JUMP
};
inline constexpr std::size_t kFormCount = kFormNames.size();

constexpr std::string_view form_name(Form form) {
    return kFormNames[static_cast<std::size_t>(form)];
}

// One word of the program as the interpreter reads it. Offsets are scaled to bytes of a cell, but
// for op1 of the deref forms, which counts cells.
struct DecodedInstruction {
    Form form;                 // what to dispatch on: `hinted` when the pc has hints
    Form real_form;            // the instruction's own
    std::uint32_t hint_range;  // index into the hint table's ranges, when hinted
    std::int32_t dst;
    std::int32_t op0;
    std::int32_t op1;
    // The form's immediate is p minus `immediate`: forms with a full felt that is a small negative
    // number.
    std::uint32_t negative;
    // A small immediate, the negated one, or for jumps and calls the target's offset in the
    // program.
    std::uint64_t immediate;
};
static_assert(sizeof(DecodedInstruction) == 32);

}  // namespace blockexecd::vm
