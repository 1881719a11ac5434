// SPDX-License-Identifier: Apache-2.0
// The integers of circuits and wide hints: enough for products of two 384-bit values, on the stack.
#pragma once

#include <array>
#include <boost/multiprecision/cpp_int.hpp>
#include <optional>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

using ModInteger = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<
    1024, 1024, boost::multiprecision::signed_magnitude, boost::multiprecision::unchecked, void>>;

inline constexpr unsigned kModWordBits = 96;
inline constexpr std::size_t kModWords = 4;

[[nodiscard]] ModInteger mod_integer(const Felt& felt);
// Precondition: 0 <= value < 2^256; reduced mod p.
[[nodiscard]] Felt mod_integer_to_felt(const ModInteger& value);

// Bezout: gcd = x a + y b, as the textbook loop from (a, b) leaves them. Preconditions: a, b >= 0.
struct ExtendedGcd {
    ModInteger gcd, x, y;
};
[[nodiscard]] ExtendedGcd extended_gcd(const ModInteger& a, const ModInteger& b);

// value mod modulus, never negative. Precondition: modulus > 0.
[[nodiscard]] ModInteger floor_mod(const ModInteger& value, const ModInteger& modulus);

}  // namespace blockexecd::vm
