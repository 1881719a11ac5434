// SPDX-License-Identifier: Apache-2.0
// What a form says of its instruction: the inverse of the decoder's choice, for code that serves
// many forms at once.
#pragma once

#include <cstdint>

#include "vm/program/forms.hpp"

namespace blockexecd::vm {

// An assertion that goes on with the next instruction.
struct AssertionShape {
    enum class Op1 : std::uint8_t { small, imm, ap, fp, dereferenced };
    Res res = Res::op1;
    Op1 op1 = Op1::small;
    Register op0_register = Register::fp;
    Register dst_register = Register::ap;
    bool increments_ap = false;

    [[nodiscard]] bool immediate() const { return op1 == Op1::small || op1 == Op1::imm; }
};

constexpr bool is_assertion(Form form) {
    return form >= Form::assign_small_ap_regular && form < Form::jump_rel_ap_regular;
}

// Precondition: is_assertion(form).
constexpr AssertionShape assertion_shape(Form form) {
    const auto number = static_cast<unsigned>(form);
    const auto digits_from = [number](Form first) { return number - static_cast<unsigned>(first); };
    AssertionShape shape;
    unsigned digits = 0;
    if (form >= Form::add_small_ap_ap_regular) {
        digits = digits_from(Form::add_small_ap_ap_regular);
        shape.op0_register = (digits >> 2 & 1) != 0 ? Register::fp : Register::ap;
        shape.op1 = static_cast<AssertionShape::Op1>(digits >> 3 & 3);
        shape.res = (digits >> 5 & 1) != 0 ? Res::mul : Res::add;
    } else if (form >= Form::deref_ap_ap_regular) {
        digits = digits_from(Form::deref_ap_ap_regular);
        shape.op0_register = (digits >> 2 & 1) != 0 ? Register::fp : Register::ap;
        shape.op1 = AssertionShape::Op1::dereferenced;
    } else {
        digits = digits_from(Form::assign_small_ap_regular);
        shape.op1 = static_cast<AssertionShape::Op1>(digits >> 2 & 3);
    }
    shape.dst_register = (digits >> 1 & 1) != 0 ? Register::fp : Register::ap;
    shape.increments_ap = (digits & 1) != 0;
    return shape;
}

#define X(o, d, a)                                                                              \
    static_assert(                                                                              \
        assertion_shape(Form::BLOCKEXECD_ASSIGN_NAME(o, d, a)).op1 == AssertionShape::Op1::o && \
        assertion_shape(Form::BLOCKEXECD_ASSIGN_NAME(o, d, a)).dst_register == Register::d);
BLOCKEXECD_ASSIGN_FORMS(X)
#undef X
#define X(p, d, a)                                                                       \
    static_assert(assertion_shape(Form::BLOCKEXECD_DEREF_NAME(p, d, a)).op0_register ==  \
                      Register::p &&                                                     \
                  assertion_shape(Form::BLOCKEXECD_DEREF_NAME(p, d, a)).increments_ap == \
                      (ApUpdate::a == ApUpdate::add1));
BLOCKEXECD_DEREF_FORMS(X)
#undef X
#define X(r, o, p, d, a)                                                                         \
    static_assert(assertion_shape(Form::BLOCKEXECD_COMPUTE_NAME(r, o, p, d, a)).res == Res::r && \
                  assertion_shape(Form::BLOCKEXECD_COMPUTE_NAME(r, o, p, d, a)).op1 ==           \
                      AssertionShape::Op1::o &&                                                  \
                  assertion_shape(Form::BLOCKEXECD_COMPUTE_NAME(r, o, p, d, a)).op0_register ==  \
                      Register::p);
BLOCKEXECD_COMPUTE_FORMS(X)
#undef X

}  // namespace blockexecd::vm
