// SPDX-License-Identifier: Apache-2.0
// The integers of the mod builtins and circuits: wide enough for products of two 384-bit values, on
// the stack.
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

// The value of four words of 96 bits, and its lowest four words. Preconditions: words below 2^96, a
// value that is not negative.
[[nodiscard]] ModInteger mod_integer_of_words(const std::array<Felt, kModWords>& words);
[[nodiscard]] std::array<Felt, kModWords> words_of_mod_integer(const ModInteger& value);

// a^-1 mod p in [0, p) for the usual p, odd and below 2^256; nothing where p is another or has a
// common divisor with a. Precondition: a, p >= 0.
[[nodiscard]] std::optional<ModInteger> mod_inverse(const ModInteger& a, const ModInteger& p);

// Bezout: gcd = x a + y b, as the textbook loop from (a, b) leaves them. Preconditions: a, b >= 0.
struct ExtendedGcd {
    ModInteger gcd, x, y;
};
[[nodiscard]] ExtendedGcd extended_gcd(const ModInteger& a, const ModInteger& b);

// value mod modulus, never negative. Precondition: modulus > 0.
[[nodiscard]] ModInteger floor_mod(const ModInteger& value, const ModInteger& modulus);

}  // namespace blockexecd::vm
