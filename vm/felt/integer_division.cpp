// SPDX-License-Identifier: Apache-2.0
// Knuth's algorithm D (The Art of Computer Programming, 4.3.1) in base 2^64.
#include "vm/felt/integer_division.hpp"

#include <bit>

namespace blockexecd::vm {

namespace {

struct WordDivision {
    std::uint64_t quotient;
    std::uint64_t rest;
};

// (high, low) / divisor. Precondition: high < divisor.
WordDivision divide_words(std::uint64_t high, std::uint64_t low, std::uint64_t divisor) {
#if defined(__x86_64__)
    WordDivision division;
    __asm__("divq %[divisor]"
            : "=a"(division.quotient), "=d"(division.rest)
            : "a"(low), "d"(high), [divisor] "r"(divisor)
            : "cc");
    return division;
#else
    const u128 value = static_cast<u128>(high) << 64 | low;
    return {limbs::low(value / divisor), limbs::low(value % divisor)};
#endif
}

IntegerDivision divide_by_word(const Limbs& value, std::uint64_t divisor) {
    Limbs quotient{};
    std::uint64_t rest = 0;
    for (std::size_t i = 4; i-- > 0;) {
        const WordDivision division = divide_words(rest, value[i], divisor);
        quotient[i] = division.quotient;
        rest = division.rest;
    }
    return {Felt::from_canonical(quotient), Felt(rest)};
}

std::size_t word_count(const Limbs& value) {
    std::size_t count = 4;
    while (count > 0 && value[count - 1] == 0)
        --count;
    return count;
}

// The digit of (top, next, third) / (d1, d0), where d1 has its top bit: right, or one too large.
std::uint64_t guess_digit(std::uint64_t top, std::uint64_t next, std::uint64_t third,
                          std::uint64_t d1, std::uint64_t d0) {
    std::uint64_t digit = UINT64_MAX;
    u128 rest = static_cast<u128>(next) + d1;  // of the largest digit, where top = d1
    if (top < d1) {
        const WordDivision division = divide_words(top, next, d1);
        digit = division.quotient;
        rest = division.rest;
    }
    while ((rest >> 64) == 0 && static_cast<u128>(digit) * d0 > (rest << 64 | third)) {
        --digit;
        rest += d1;
    }
    return digit;
}

}  // namespace

IntegerDivision divide_integers(const Felt& value, const Felt& divisor) {
    if (divisor.fits_u64())
        return divide_by_word(value.limbs(), divisor.limbs()[0]);
    if (value < divisor)
        return {Felt(), value};
    const std::size_t n = word_count(divisor.limbs());
    const auto shift = static_cast<unsigned>(std::countl_zero(divisor.limbs()[n - 1]));
    const auto shifted = [shift](std::uint64_t high, std::uint64_t low) {
        return shift == 0 ? high : high << shift | low >> (64 - shift);
    };
    std::array<std::uint64_t, 5> rest{};
    Limbs d{};
    for (std::size_t i = 0; i < 4; ++i) {
        rest[i] = shifted(value.limbs()[i], i == 0 ? 0 : value.limbs()[i - 1]);
        d[i] = shifted(divisor.limbs()[i], i == 0 ? 0 : divisor.limbs()[i - 1]);
    }
    rest[4] = shifted(0, value.limbs()[3]);
    Limbs quotient{};
    for (std::size_t j = 5 - n; j-- > 0;) {
        std::uint64_t digit =
            guess_digit(rest[j + n], rest[j + n - 1], rest[j + n - 2], d[n - 1], d[n - 2]);
        std::uint64_t carry = 0, borrow = 0;
        for (std::size_t i = 0; i < n; ++i) {
            const u128 product = static_cast<u128>(digit) * d[i] + carry;
            carry = limbs::high(product);
            const u128 difference = static_cast<u128>(rest[i + j]) - limbs::low(product) - borrow;
            rest[i + j] = limbs::low(difference);
            borrow = limbs::high(difference) & 1;
        }
        const u128 difference = static_cast<u128>(rest[j + n]) - carry - borrow;
        rest[j + n] = limbs::low(difference);
        if ((limbs::high(difference) & 1) != 0) {
            --digit;
            u128 sum = 0;
            for (std::size_t i = 0; i < n; ++i) {
                sum += static_cast<u128>(rest[i + j]) + d[i];
                rest[i + j] = limbs::low(sum);
                sum >>= 64;
            }
            rest[j + n] += limbs::low(sum);
        }
        quotient[j] = digit;
    }
    Limbs remainder{};
    for (std::size_t i = 0; i < n; ++i)
        remainder[i] = shift == 0 ? rest[i] : rest[i] >> shift | rest[i + 1] << (64 - shift);
    return {Felt::from_canonical(quotient), Felt::from_canonical(remainder)};
}

}  // namespace blockexecd::vm
