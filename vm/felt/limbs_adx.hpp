// SPDX-License-Identifier: Apache-2.0
// The products of limbs.hpp for processors with BMI2 and ADX: mulx leaves the flags alone, so two
// carry chains run side by side. Written as assembly because compilers spill these chains.
#pragma once

#if defined(__x86_64__)

#include "vm/felt/limbs.hpp"

namespace blockexecd::vm::limbs {

// clang-format off
// t0..t7 = a * b + (2^256 `one` + 2^448 t7 as `set_t7` leaves it with clear flags), a row for each word of b, which
// t4..t7 hold before; x and y are scratch. The top words of a and b must be below 2^63.
#define BX_MUL_REGISTERS(one, set_t7) \
    "movq %[t4], %%rdx\n\t" "mulxq 0(%[a]), %[t0], %[t1]\n\t" "mulxq 8(%[a]), %[x], %[t2]\n\t" "addq %[x], %[t1]\n\t" \
    "mulxq 16(%[a]), %[x], %[t3]\n\t" "adcq %[x], %[t2]\n\t" "mulxq 24(%[a]), %[x], %[t4]\n\t" "adcq %[x], %[t3]\n\t" \
    "adcq $" one ", %[t4]\n\t" "movq %[t5], %%rdx\n\t" "xorl %k[t5], %k[t5]\n\t" "mulxq 0(%[a]), %[x], %[y]\n\t" \
    "adcxq %[x], %[t1]\n\t" "adoxq %[y], %[t2]\n\t" "mulxq 8(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t2]\n\t" \
    "adoxq %[y], %[t3]\n\t" "mulxq 16(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t3]\n\t" "adoxq %[y], %[t4]\n\t" \
    "mulxq 24(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t4]\n\t" "adoxq %[y], %[t5]\n\t" "adcq $0, %[t5]\n\t" \
    "movq %[t6], %%rdx\n\t" "xorl %k[t6], %k[t6]\n\t" "mulxq 0(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t2]\n\t" \
    "adoxq %[y], %[t3]\n\t" "mulxq 8(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t3]\n\t" "adoxq %[y], %[t4]\n\t" \
    "mulxq 16(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t4]\n\t" "adoxq %[y], %[t5]\n\t" "mulxq 24(%[a]), %[x], %[y]\n\t" \
    "adcxq %[x], %[t5]\n\t" "adoxq %[y], %[t6]\n\t" "adcq $0, %[t6]\n\t" "movq %[t7], %%rdx\n\t" \
    set_t7 "mulxq 0(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t3]\n\t" "adoxq %[y], %[t4]\n\t" \
    "mulxq 8(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t4]\n\t" "adoxq %[y], %[t5]\n\t" "mulxq 16(%[a]), %[x], %[y]\n\t" \
    "adcxq %[x], %[t5]\n\t" "adoxq %[y], %[t6]\n\t" "mulxq 24(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t6]\n\t" \
    "adoxq %[y], %[t7]\n\t" "adcq $0, %[t7]\n\t"
// t0..t7 = a * b, with b in memory.
#define BX_MUL_WIDE        \
    "movq 0(%[b]), %%rdx\n\t" "mulxq 0(%[a]), %[t0], %[t1]\n\t" "mulxq 8(%[a]), %[x], %[t2]\n\t" "addq %[x], %[t1]\n\t" \
    "mulxq 16(%[a]), %[x], %[t3]\n\t" "adcq %[x], %[t2]\n\t" "mulxq 24(%[a]), %[x], %[t4]\n\t" "adcq %[x], %[t3]\n\t" \
    "adcq $0, %[t4]\n\t" "movq 8(%[b]), %%rdx\n\t" "xorl %k[t5], %k[t5]\n\t" "mulxq 0(%[a]), %[x], %[y]\n\t" \
    "adcxq %[x], %[t1]\n\t" "adoxq %[y], %[t2]\n\t" "mulxq 8(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t2]\n\t" \
    "adoxq %[y], %[t3]\n\t" "mulxq 16(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t3]\n\t" "adoxq %[y], %[t4]\n\t" \
    "mulxq 24(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t4]\n\t" "adoxq %[y], %[t5]\n\t" "adcq $0, %[t5]\n\t" \
    "movq 16(%[b]), %%rdx\n\t" "xorl %k[t6], %k[t6]\n\t" "mulxq 0(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t2]\n\t" \
    "adoxq %[y], %[t3]\n\t" "mulxq 8(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t3]\n\t" "adoxq %[y], %[t4]\n\t" \
    "mulxq 16(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t4]\n\t" "adoxq %[y], %[t5]\n\t" "mulxq 24(%[a]), %[x], %[y]\n\t" \
    "adcxq %[x], %[t5]\n\t" "adoxq %[y], %[t6]\n\t" "adcq $0, %[t6]\n\t" "movq 24(%[b]), %%rdx\n\t" \
    "xorl %k[t7], %k[t7]\n\t" "mulxq 0(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t3]\n\t" "adoxq %[y], %[t4]\n\t" \
    "mulxq 8(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t4]\n\t" "adoxq %[y], %[t5]\n\t" "mulxq 16(%[a]), %[x], %[y]\n\t" \
    "adcxq %[x], %[t5]\n\t" "adoxq %[y], %[t6]\n\t" "mulxq 24(%[a]), %[x], %[y]\n\t" "adcxq %[x], %[t6]\n\t" \
    "adoxq %[y], %[t7]\n\t" "adcq $0, %[t7]\n\t"
// t0..t7 = a * a + 2 (2^256 `one` + 2^448 t7 as `set_t7` leaves it, flags untouched), where t0, t7, a2 and a3 hold a
// before: the products of different words once, doubled, and the squares.
#define BX_SQUARE_REGISTERS(one, set_t7) \
    "movq %[t0], %%rdx\n\t" "mulxq %[t7], %[t1], %[t2]\n\t" "mulxq %[a2], %[x], %[t3]\n\t" "addq %[x], %[t2]\n\t" \
    "mulxq %[a3], %[x], %[t4]\n\t" "adcq %[x], %[t3]\n\t" "adcq $" one ", %[t4]\n\t" "movq %[t7], %%rdx\n\t" \
    "xorl %k[t5], %k[t5]\n\t" "mulxq %[a2], %[x], %[y]\n\t" "adcxq %[x], %[t3]\n\t" "adoxq %[y], %[t4]\n\t" \
    "mulxq %[a3], %[x], %[y]\n\t" "adcxq %[x], %[t4]\n\t" "adoxq %[y], %[t5]\n\t" "adcq $0, %[t5]\n\t" \
    "movq %[a2], %%rdx\n\t" "mulxq %[a3], %[x], %[t6]\n\t" "addq %[x], %[t5]\n\t" "adcq $0, %[t6]\n\t" \
    "movq %[t0], %%rdx\n\t" "xorl %k[x], %k[x]\n\t" "mulxq %%rdx, %[t0], %[y]\n\t" "adcxq %[t1], %[t1]\n\t" \
    "adoxq %[y], %[t1]\n\t" "movq %[t7], %%rdx\n\t" set_t7 "mulxq %%rdx, %[x], %[y]\n\t" \
    "adcxq %[t2], %[t2]\n\t" "adoxq %[x], %[t2]\n\t" "adcxq %[t3], %[t3]\n\t" "adoxq %[y], %[t3]\n\t" \
    "movq %[a2], %%rdx\n\t" "mulxq %%rdx, %[x], %[y]\n\t" "adcxq %[t4], %[t4]\n\t" "adoxq %[x], %[t4]\n\t" \
    "adcxq %[t5], %[t5]\n\t" "adoxq %[y], %[t5]\n\t" "movq %[a3], %%rdx\n\t" "mulxq %%rdx, %[x], %[y]\n\t" \
    "adcxq %[t6], %[t6]\n\t" "adoxq %[x], %[t6]\n\t" "adcxq %[t7], %[t7]\n\t" "adoxq %[y], %[t7]\n\t"
// t4..t7 = (t0..t7) / 2^256 mod p, above -p, as montgomery_reduce does it.
#define BX_CLEAR_LOW_WORDS        \
    "movq %[p3], %%rdx\n\t" "mulxq %[t0], %[x], %[t0]\n\t" "subq %[x], %[t3]\n\t" "sbbq %[t0], %[t4]\n\t" \
    "mulxq %[t1], %[x], %[t1]\n\t" "mulxq %[t2], %[y], %[t2]\n\t" "mulxq %[t3], %[t0], %[t3]\n\t" "sbbq %[t1], %[t5]\n\t" \
    "sbbq %[t2], %[t6]\n\t" "sbbq %[t3], %[t7]\n\t" "subq %[x], %[t4]\n\t" "sbbq %[y], %[t5]\n\t" \
    "sbbq %[t0], %[t6]\n\t" "sbbq $0, %[t7]\n\t"
// The same below p: a negative difference shows in its sign bit.
#define BX_MONTGOMERY_REDUCE        \
    BX_CLEAR_LOW_WORDS "movq %[t7], %[x]\n\t" "movq %[t7], %[y]\n\t" "sarq $63, %[x]\n\t" "shrq $63, %[y]\n\t" \
    "andq %[x], %%rdx\n\t" "addq %[y], %[t4]\n\t" "adcq $0, %[t5]\n\t" "adcq $0, %[t6]\n\t" "adcq %%rdx, %[t7]\n\t"
// clang-format on

#define BX_WIDE_OUTPUTS                                                             \
    [t0] "=&r"(t0), [t1] "=&r"(t1), [t2] "=&r"(t2), [t3] "=&r"(t3), [t4] "=&r"(t4), \
        [t5] "=&r"(t5), [t6] "=&r"(t6), [t7] "=&r"(t7), [x] "=&r"(x), [y] "=&r"(y)

#define BX_MUL_OPERANDS                                                             \
    [t0] "=&r"(t0), [t1] "=&r"(t1), [t2] "=&r"(t2), [t3] "=&r"(t3), [t4] "+&r"(t4), \
        [t5] "+&r"(t5), [t6] "+&r"(t6), [t7] "+&r"(t7), [x] "=&r"(x),               \
        [y] "=&r"(y) : [a] "r"(a.data()), [p3] "i"(kP3), "m"(a) : "rdx", "cc"
#define BX_SQUARE_OPERANDS                                                          \
    [t0] "+&r"(t0), [t1] "=&r"(t1), [t2] "=&r"(t2), [t3] "=&r"(t3), [t4] "=&r"(t4), \
        [t5] "=&r"(t5), [t6] "=&r"(t6), [t7] "+&r"(t7), [x] "=&r"(x),               \
        [y] "=&r"(y) : [a2] "r"(a2), [a3] "r"(a3), [p3] "i"(kP3) : "rdx", "cc"

// a * b / 2^256 mod p, for a * b < 2^256 * p. b comes in registers: it should be the operand that
// is ready last.
inline Limbs montgomery_mul_adx(const Limbs& a, const Limbs& b) {
    std::uint64_t t0, t1, t2, t3, t4 = b[0], t5 = b[1], t6 = b[2], t7 = b[3], x, y;
    __asm__(BX_MUL_REGISTERS("0", "xorl %k[t7], %k[t7]\n\t") BX_MONTGOMERY_REDUCE
            : BX_MUL_OPERANDS);
    return {t4, t5, t6, t7};
}

// a * a / 2^256 mod p, for a * a < 2^256 * p.
inline Limbs montgomery_square_adx(const Limbs& a) {
    std::uint64_t t0 = a[0], t1, t2, t3, t4, t5, t6, t7 = a[1], a2 = a[2], a3 = a[3], x, y;
    __asm__(BX_SQUARE_REGISTERS("0", "movl $0, %k[t7]\n\t") BX_MONTGOMERY_REDUCE
            : BX_SQUARE_OPERANDS);
    return {t4, t5, t6, t7};
}

// The same two without the last step: p 2^256, of the square twice that, joins the product while it
// is summed, so that nothing turns negative. At most a * b / 2^256 + p and a * a / 2^256 + 2 p, for
// a and b below 2^255.
inline Limbs unreduced_mul_adx(const Limbs& a, const Limbs& b) {
    std::uint64_t t0, t1, t2, t3, t4 = b[0], t5 = b[1], t6 = b[2], t7 = b[3], x, y;
    __asm__(BX_MUL_REGISTERS("1", "movq %[p3], %[t7]\n\ttestq %%rdx, %%rdx\n\t") BX_CLEAR_LOW_WORDS
            : BX_MUL_OPERANDS);
    return {t4, t5, t6, t7};
}

inline Limbs unreduced_square_adx(const Limbs& a) {
    std::uint64_t t0 = a[0], t1, t2, t3, t4, t5, t6, t7 = a[1], a2 = a[2], a3 = a[3], x, y;
    __asm__(BX_SQUARE_REGISTERS("1", "movq %[p3], %[t7]\n\t") BX_CLEAR_LOW_WORDS
            : BX_SQUARE_OPERANDS);
    return {t4, t5, t6, t7};
}

inline WideLimbs mul_wide_adx(const Limbs& a, const Limbs& b) {
    std::uint64_t t0, t1, t2, t3, t4, t5, t6, t7, x, y;
    __asm__(BX_MUL_WIDE:BX_WIDE_OUTPUTS
            : [a] "r"(a.data()), [b] "r"(b.data()), "m"(a), "m"(b)
            : "rdx", "cc");
    return {t0, t1, t2, t3, t4, t5, t6, t7};
}

// a * b mod p for canonical a and b, by the truncated product with the reciprocal as in
// reduce_product.
inline Limbs mul_mod_p_adx(const Limbs& a, const Limbs& b) {
    const WideLimbs t = mul_wide_adx(a, b);
    const std::uint64_t h0 = (t[3] >> 59) | (t[4] << 5), h1 = (t[4] >> 59) | (t[5] << 5);
    const std::uint64_t h2 = (t[5] >> 59) | (t[6] << 5), h3 = (t[6] >> 59) | (t[7] << 5);
    std::uint64_t q0, q1, q2, q3, x, y;
    // clang-format off
    __asm__(
        "movq %[r3], %%rdx\n\t"
        "mulxq %[h0], %[x], %[q0]\n\t" "mulxq %[h1], %[x], %[q1]\n\t" "addq %[x], %[q0]\n\t"
        "mulxq %[h2], %[x], %[q2]\n\t" "adcq %[x], %[q1]\n\t"
        "mulxq %[h3], %[x], %[q3]\n\t" "adcq %[x], %[q2]\n\t" "adcq $0, %[q3]\n\t"
        "movl %[r2], %%edx\n\t"
        "mulxq %[h1], %[x], %[y]\n\t" "addq %[y], %[q0]\n\t"
        "mulxq %[h3], %[x], %[y]\n\t" "adcq %[x], %[q1]\n\t" "adcq %[y], %[q2]\n\t" "adcq $0, %[q3]\n\t"
        "mulxq %[h2], %[x], %[y]\n\t" "addq %[x], %[q0]\n\t" "adcq %[y], %[q1]\n\t"
        "adcq $0, %[q2]\n\t" "adcq $0, %[q3]\n\t"
        "movq %[r1], %%rdx\n\t"
        "mulxq %[h3], %[x], %[y]\n\t" "addq %[x], %[q0]\n\t" "adcq %[y], %[q1]\n\t"
        "adcq $0, %[q2]\n\t" "adcq $0, %[q3]\n\t"
        "mulxq %[h2], %[x], %[y]\n\t"
        "movq %[r0], %%rdx\n\t"
        "mulxq %[h3], %[x], %%rdx\n\t" "addq %%rdx, %[y]\n\t" "sbbq %[x], %[x]\n\t" "negq %[x]\n\t"
        "addq %[y], %[q0]\n\t" "adcq %[x], %[q1]\n\t" "adcq $0, %[q2]\n\t" "adcq $0, %[q3]"
        : [q0] "=&r"(q0), [q1] "=&r"(q1), [q2] "=&r"(q2), [q3] "=&r"(q3), [x] "=&r"(x), [y] "=&r"(y)
        : [h0] "rm"(h0), [h1] "rm"(h1), [h2] "rm"(h2), [h3] "rm"(h3), [r0] "i"(kReciprocal[0]),
          [r1] "i"(kReciprocal[1]), [r2] "i"(kReciprocal[2]), [r3] "i"(kReciprocal[3])
        : "rdx", "cc");
    // clang-format on
    std::uint64_t s0 = t[0], s1 = t[1], s2 = t[2], s3 = t[3] - q0 * kP3;
    __asm__("subq %[q0], %[s0]\n\tsbbq %[q1], %[s1]\n\tsbbq %[q2], %[s2]\n\tsbbq %[q3], %[s3]"
            : [s0] "+&r"(s0), [s1] "+&r"(s1), [s2] "+&r"(s2), [s3] "+&r"(s3)
            : [q0] "r"(q0), [q1] "r"(q1), [q2] "r"(q2), [q3] "r"(q3)
            : "cc");
    const std::uint64_t multiple = s3 >> 59;
    std::uint64_t m3 = multiple * kP3, p3 = kP3, mask;
    __asm__(
        "subq %[m], %[s0]\n\tsbbq $0, %[s1]\n\tsbbq $0, %[s2]\n\tsbbq %[m3], %[s3]\n\t"
        "sbbq %[mask], %[mask]\n\tandq %[mask], %[p3]\n\tnegq %[mask]\n\t"
        "addq %[mask], %[s0]\n\tadcq $0, %[s1]\n\tadcq $0, %[s2]\n\tadcq %[p3], %[s3]"
        : [s0] "+&r"(s0), [s1] "+&r"(s1), [s2] "+&r"(s2), [s3] "+&r"(s3), [mask] "=&r"(mask),
          [p3] "+&r"(p3)
        : [m] "r"(multiple), [m3] "r"(m3)
        : "cc");
    return {s0, s1, s2, s3};
}

#undef BX_SQUARE_OPERANDS
#undef BX_MUL_OPERANDS
#undef BX_WIDE_OUTPUTS
#undef BX_MONTGOMERY_REDUCE
#undef BX_CLEAR_LOW_WORDS
#undef BX_SQUARE_REGISTERS
#undef BX_MUL_WIDE
#undef BX_MUL_REGISTERS

}  // namespace blockexecd::vm::limbs

#endif
