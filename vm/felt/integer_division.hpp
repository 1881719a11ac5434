// SPDX-License-Identifier: Apache-2.0
// Division of integers, rounded down: words of any number, and felts as the integers that they are.
#pragma once

#include <cstdint>
#include <span>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

inline constexpr std::size_t kMaxDividendWords = 16;

// Little-endian words. The quotient has as many as the value, the remainder as many as the divisor.
// Preconditions: divisor is not 0; no more than kMaxDividendWords words; outputs are no inputs.
void divide_words(std::span<const std::uint64_t> value, std::span<const std::uint64_t> divisor,
                  std::uint64_t* quotient, std::uint64_t* remainder);

// a - b modulo 2^(64 size), of words of one size; the borrow. The output may be an input.
std::uint64_t subtract_words(std::span<const std::uint64_t> a, std::span<const std::uint64_t> b,
                             std::uint64_t* difference);

struct IntegerDivision {
    Felt quotient;
    Felt remainder;
};

// Precondition: divisor is not 0.
[[nodiscard]] IntegerDivision divide_integers(const Felt& value, const Felt& divisor);

}  // namespace blockexecd::vm
