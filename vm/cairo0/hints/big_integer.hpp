// SPDX-License-Identifier: Apache-2.0
// The arbitrary integers of the hints: Python's floor semantics over boost's cpp_int, and the
// number theory of the reference's math_utils. Products of two reduced or packed coordinates fit
// the object itself: only longer ones take memory from the heap.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "vm/error.hpp"
#include "vm/felt/felt.hpp"

namespace blockexecd::vm::cairo0 {

using BigInt = boost::multiprecision::number<
    boost::multiprecision::cpp_int_backend<1024, 0, boost::multiprecision::signed_magnitude>>;

// Decimal digits, or hexadecimal ones after 0x. Precondition: well formed.
[[nodiscard]] BigInt parse_integer(const char* text);
[[nodiscard]] BigInt to_integer(const Felt& felt);
// A magnitude in little-endian 64-bit words, at least one, and its sign.
[[nodiscard]] BigInt to_integer(std::span<const std::uint64_t> words, bool negative);
// felt as an integer in (-p/2, p/2].
[[nodiscard]] BigInt to_signed_integer(const Felt& felt);
// value mod p, also for negative values.
[[nodiscard]] Felt to_felt(const BigInt& value);

// Quotient rounded to minus infinity and a remainder with the sign of the divisor. Precondition:
// divisor != 0.
[[nodiscard]] std::pair<BigInt, BigInt> floor_div_mod(const BigInt& value, const BigInt& divisor);
[[nodiscard]] BigInt floor_mod(const BigInt& value, const BigInt& divisor);
// value = high * 2^bits + low; bits below 252.
struct Halves {
    Felt high;
    Felt low;
};
[[nodiscard]] Halves split_at(const Felt& value, unsigned bits);
[[nodiscard]] Felt power_of_two(unsigned exponent);

[[nodiscard]] const BigInt& cairo_prime();

// Exponent not negative, modulus positive; the result is in [0, modulus).
[[nodiscard]] BigInt power_mod(const BigInt& base, const BigInt& exponent, const BigInt& modulus);
// Floor of the square root of a value that is not negative.
[[nodiscard]] BigInt integer_sqrt(const BigInt& value);
// x in [0, p) with m * x = n mod p. Error: DivModIgcdexNotZero when gcd(m, p) != 1.
[[nodiscard]] Result<BigInt> div_mod(const BigInt& n, const BigInt& m, const BigInt& p);
// a^-1 by the extended Euclidean algorithm, not reduced; 0 for 0.
[[nodiscard]] BigInt mul_inverse(const BigInt& a, const BigInt& p);
// Errors: DividedByZero, SafeDivFail when y does not divide x.
[[nodiscard]] Result<BigInt> safe_div(const BigInt& x, const BigInt& y);

struct BigPoint {
    BigInt x;
    BigInt y;
};
// Slope of the line through two points, or of the tangent at one, over GF(p). Errors: as div_mod.
[[nodiscard]] Result<BigInt> line_slope(const BigPoint& a, const BigPoint& b, const BigInt& p);
[[nodiscard]] Result<BigInt> ec_double_slope(const BigPoint& point, const BigInt& alpha,
                                             const BigInt& p);

// By Euler's criterion. Error: IsQuadResidueZeroPrime.
[[nodiscard]] Result<bool> is_quad_residue(const BigInt& a, const BigInt& p);
// The root that sympy's _sqrt_prime_power gives; 0 when p is no prime or a no residue.
[[nodiscard]] BigInt sqrt_prime_power(const BigInt& a, const BigInt& p);

}  // namespace blockexecd::vm::cairo0
