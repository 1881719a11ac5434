// SPDX-License-Identifier: Apache-2.0
// The 384-bit values of the mod builtins: four words of 96 bits in memory, and their arithmetic in
// fixed width.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "vm/builtins/mod_integer.hpp"
#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

inline constexpr std::size_t kModLimbs = kModWords * kModWordBits / 64;

// Little-endian 64-bit words.
using ModValue = std::array<std::uint64_t, kModLimbs>;
// What operations have before it is reduced.
using WideModValue = std::array<std::uint64_t, 2 * kModLimbs>;

// A word: the lowest 96 bits of a felt that is not larger.
struct ModWord {
    std::uint64_t low;
    std::uint64_t high;
};

[[nodiscard]] ModValue mod_value(const std::array<ModWord, kModWords>& words);
// The word i of the value.
[[nodiscard]] Felt mod_word(const ModValue& value, std::size_t i);
[[nodiscard]] ModInteger mod_integer(const ModValue& value);
[[nodiscard]] std::string to_decimal(const ModValue& value);
// Precondition: 0 <= value < 2^384.
[[nodiscard]] ModValue to_mod_value(const ModInteger& value);

[[nodiscard]] WideModValue widen(const ModValue& value);
[[nodiscard]] WideModValue sum(const ModValue& a, const ModValue& b);
[[nodiscard]] WideModValue product(const ModValue& a, const ModValue& b);
// Modulo 2^768.
[[nodiscard]] WideModValue difference(const WideModValue& a, const WideModValue& b);
[[nodiscard]] bool less(const WideModValue& a, const WideModValue& b);
// value * 2^384, modulo 2^768.
[[nodiscard]] WideModValue shift_by_value(const ModValue& value);
// Precondition: p is not 0.
[[nodiscard]] ModValue remainder(const WideModValue& value, const ModValue& p);

// a^-1 mod p in [0, p) for the usual p, odd and below 2^256; nothing where p is another or has a
// common divisor with a.
[[nodiscard]] std::optional<ModValue> mod_inverse(const ModValue& a, const ModValue& p);

}  // namespace blockexecd::vm
