// SPDX-License-Identifier: Apache-2.0
// 256-bit integers as four little-endian words, and the reductions modulo the Stark prime p = P3 *
// 2^192 + 1, portable and usable in constant expressions. The x86 kernels in limbs_adx.hpp compute
// the same functions.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace blockexecd::vm {

__extension__ typedef unsigned __int128 u128;

using Limbs = std::array<std::uint64_t, 4>;
using WideLimbs = std::array<std::uint64_t, 8>;

namespace limbs {

// The top word of the prime; the others are 0, 0, 1.
inline constexpr std::uint64_t kP3 = 0x0800000000000011ULL;
// floor(2^507 / p): 2^251 / p as a 256-bit fraction.
inline constexpr Limbs kReciprocal{0x00000014640fffdfULL, 0xfffffffff6678000ULL,
                                   0x00000000000483ffULL, 0xfffffffffffffde0ULL};

constexpr std::uint64_t low(u128 value) {
    return static_cast<std::uint64_t>(value);
}
constexpr std::uint64_t high(u128 value) {
    return static_cast<std::uint64_t>(value >> 64);
}

// a += b; the carry out (0 or 1).
constexpr std::uint64_t add_to(Limbs& a, const Limbs& b) {
#if defined(__x86_64__)
    if (!std::is_constant_evaluated()) {
        std::uint64_t a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], carry = 0;
        __asm__(
            "addq %[b0], %[a0]\n\tadcq %[b1], %[a1]\n\tadcq %[b2], %[a2]\n\tadcq %[b3], "
            "%[a3]\n\tadcq $0, %[carry]"
            : [a0] "+&r"(a0), [a1] "+&r"(a1), [a2] "+&r"(a2), [a3] "+&r"(a3), [carry] "+&r"(carry)
            : [b0] "rm"(b[0]), [b1] "rm"(b[1]), [b2] "rm"(b[2]), [b3] "rm"(b[3])
            : "cc");
        a = {a0, a1, a2, a3};
        return carry;
    }
#endif
    u128 sum = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        sum += static_cast<u128>(a[i]) + b[i];
        a[i] = low(sum);
        sum >>= 64;
    }
    return low(sum);
}

// a -= b; the borrow out (0 or 1).
constexpr std::uint64_t sub_from(Limbs& a, const Limbs& b) {
#if defined(__x86_64__)
    if (!std::is_constant_evaluated()) {
        std::uint64_t a0 = a[0], a1 = a[1], a2 = a[2], a3 = a[3], borrow = 0;
        __asm__(
            "subq %[b0], %[a0]\n\tsbbq %[b1], %[a1]\n\tsbbq %[b2], %[a2]\n\tsbbq %[b3], "
            "%[a3]\n\tadcq $0, %[borrow]"
            : [a0] "+&r"(a0), [a1] "+&r"(a1), [a2] "+&r"(a2), [a3] "+&r"(a3), [borrow] "+&r"(borrow)
            : [b0] "rm"(b[0]), [b1] "rm"(b[1]), [b2] "rm"(b[2]), [b3] "rm"(b[3])
            : "cc");
        a = {a0, a1, a2, a3};
        return borrow;
    }
#endif
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const u128 difference = static_cast<u128>(a[i]) - b[i] - borrow;
        a[i] = low(difference);
        borrow = high(difference) & 1;
    }
    return borrow;
}

constexpr bool less(const Limbs& a, const Limbs& b) {
    for (std::size_t i = 4; i-- > 0;) {
        if (a[i] != b[i])
            return a[i] < b[i];
    }
    return false;
}

// Both below p, as is the result.
constexpr Limbs add_mod_p(const Limbs& a, const Limbs& b) {
#if defined(__x86_64__)
    if (!std::is_constant_evaluated()) {
        std::uint64_t s0 = a[0], s1 = a[1], s2 = a[2], s3 = a[3], t0, t1, t2, t3;
        __asm__(
            "addq %[b0], %[s0]\n\tadcq %[b1], %[s1]\n\tadcq %[b2], %[s2]\n\tadcq %[b3], %[s3]\n\t"
            "movq %[s0], %[t0]\n\tmovq %[s1], %[t1]\n\tmovq %[s2], %[t2]\n\tmovq %[s3], %[t3]\n\t"
            "subq $1, %[t0]\n\tsbbq $0, %[t1]\n\tsbbq $0, %[t2]\n\tsbbq %[p3], %[t3]\n\t"
            "cmovcq %[s0], %[t0]\n\tcmovcq %[s1], %[t1]\n\tcmovcq %[s2], %[t2]\n\tcmovcq %[s3], "
            "%[t3]"
            : [s0] "+&r"(s0), [s1] "+&r"(s1), [s2] "+&r"(s2), [s3] "+&r"(s3), [t0] "=&r"(t0),
              [t1] "=&r"(t1), [t2] "=&r"(t2), [t3] "=&r"(t3)
            : [b0] "rm"(b[0]), [b1] "rm"(b[1]), [b2] "rm"(b[2]), [b3] "rm"(b[3]), [p3] "r"(kP3)
            : "cc");
        return {t0, t1, t2, t3};
    }
#endif
    Limbs sum = a;
    add_to(sum, b);
    Limbs reduced = sum;
    return sub_from(reduced, Limbs{1, 0, 0, kP3}) != 0 ? sum : reduced;
}

constexpr Limbs sub_mod_p(const Limbs& a, const Limbs& b) {
#if defined(__x86_64__)
    if (!std::is_constant_evaluated()) {
        std::uint64_t s0 = a[0], s1 = a[1], s2 = a[2], s3 = a[3], mask, p3 = kP3;
        __asm__(
            "subq %[b0], %[s0]\n\tsbbq %[b1], %[s1]\n\tsbbq %[b2], %[s2]\n\tsbbq %[b3], %[s3]\n\t"
            "sbbq %[mask], %[mask]\n\tandq %[mask], %[p3]\n\tnegq %[mask]\n\t"
            "addq %[mask], %[s0]\n\tadcq $0, %[s1]\n\tadcq $0, %[s2]\n\tadcq %[p3], %[s3]"
            : [s0] "+&r"(s0), [s1] "+&r"(s1), [s2] "+&r"(s2), [s3] "+&r"(s3), [mask] "=&r"(mask),
              [p3] "+&r"(p3)
            : [b0] "rm"(b[0]), [b1] "rm"(b[1]), [b2] "rm"(b[2]), [b3] "rm"(b[3])
            : "cc");
        return {s0, s1, s2, s3};
    }
#endif
    Limbs difference = a;
    if (sub_from(difference, b) != 0)
        add_to(difference, Limbs{1, 0, 0, kP3});
    return difference;
}

constexpr WideLimbs mul_wide(const Limbs& a, const Limbs& b) {
    WideLimbs product{};
    for (std::size_t i = 0; i < 4; ++i) {
        u128 carry = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            carry += static_cast<u128>(a[i]) * b[j] + product[i + j];
            product[i + j] = low(carry);
            carry >>= 64;
        }
        product[i + 4] = low(carry);
    }
    return product;
}

// value -= multiple * p for a small multiple such that the result lies in (-p, p); then the
// representative in [0, p).
constexpr Limbs subtract_multiple_of_p(Limbs value, std::uint64_t multiple) {
    if (sub_from(value, Limbs{multiple, 0, 0, multiple * kP3}) != 0)
        add_to(value, Limbs{1, 0, 0, kP3});
    return value;
}

// Any 256-bit value modulo p. The words above bit 251 are at most one more than the quotient.
constexpr Limbs reduce(const Limbs& value) {
    return subtract_multiple_of_p(value, value[3] >> 59);
}

// product mod p, for a product below p * 2^251. Barrett: the quotient's estimate from the truncated
// product with the reciprocal is low by at most 10, so that the remainder fits four words.
constexpr Limbs reduce_product(const WideLimbs& product) {
    Limbs h{};
    for (std::size_t i = 0; i < 4; ++i)
        h[i] = (product[i + 3] >> 59) | (product[i + 4] << 5);
    std::array<std::uint64_t, 8> t{};
    for (std::size_t i = 0; i < 4; ++i) {
        u128 carry = high(static_cast<u128>(h[i]) * kReciprocal[3 - i]);
        for (std::size_t j = 4 - i; j < 4; ++j) {
            carry += static_cast<u128>(h[i]) * kReciprocal[j] + t[i + j];
            t[i + j] = low(carry);
            carry >>= 64;
        }
        t[i + 4] = low(carry);
    }
    Limbs remainder{product[0], product[1], product[2], product[3] - t[4] * kP3};
    sub_from(remainder, Limbs{t[4], t[5], t[6], t[7]});
    return reduce(remainder);
}

// product / 2^256 mod p, for a product below p * 2^256. With p = 1 mod 2^192 the multiple of p that
// clears the low words is the low words themselves but for the top one, so a reduction costs four
// multiplications.
constexpr Limbs montgomery_reduce(const WideLimbs& product) {
    const u128 q0 = static_cast<u128>(product[0]) * kP3;
    const u128 q1 = static_cast<u128>(product[1]) * kP3;
    const u128 q2 = static_cast<u128>(product[2]) * kP3;
    const std::uint64_t m3 = product[3] - low(q0);
    const std::uint64_t borrow = product[3] < low(q0) ? 1 : 0;
    const u128 q3 = static_cast<u128>(m3) * kP3;
    Limbs result{product[4], product[5], product[6], product[7]};
    Limbs multiple{high(q0), high(q1), high(q2), high(q3)};
    add_to(multiple, Limbs{low(q1), low(q2), low(q3), 0});
    add_to(multiple, Limbs{borrow, 0, 0, 0});
    if (sub_from(result, multiple) != 0)
        add_to(result, Limbs{1, 0, 0, kP3});
    return result;
}

}  // namespace limbs
}  // namespace blockexecd::vm
