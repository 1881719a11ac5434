// SPDX-License-Identifier: Apache-2.0
// Knuth's algorithm D (The Art of Computer Programming, 4.3.1) in base 2^64.
#include "vm/felt/integer_division.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace blockexecd::vm {

namespace {

using Words = std::span<const std::uint64_t>;

struct WordDivision {
    std::uint64_t quotient;
    std::uint64_t rest;
};

// (high, low) / divisor. Precondition: high < divisor.
WordDivision divide_pair(std::uint64_t high, std::uint64_t low, std::uint64_t divisor) {
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

// Words below the leading zeros.
std::size_t significant(Words words) {
    std::size_t count = words.size();
    while (count > 0 && words[count - 1] == 0)
        --count;
    return count;
}

// The digit of (top, next, third) / (d1, d0), where d1 has its top bit; of a divisor with more
// words it may be one too large.
std::uint64_t guess_digit(std::uint64_t top, std::uint64_t next, std::uint64_t third,
                          std::uint64_t d1, std::uint64_t d0) {
    std::uint64_t digit = UINT64_MAX;
    u128 rest = static_cast<u128>(next) + d1;  // of the largest digit, where top = d1
    if (top < d1) {
        const WordDivision division = divide_pair(top, next, d1);
        digit = division.quotient;
        rest = division.rest;
    }
    while ((rest >> 64) == 0 && static_cast<u128>(digit) * d0 > (rest << 64 | third)) {
        --digit;
        rest += d1;
    }
    return digit;
}

// rest -= digit * divisor over n + 1 words of rest; whether that was too much.
bool subtract_multiple(std::uint64_t* rest, std::uint64_t digit, const std::uint64_t* divisor,
                       std::size_t n) {
    std::uint64_t carry = 0, borrow = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const u128 product = static_cast<u128>(digit) * divisor[i] + carry;
        carry = limbs::high(product);
        const u128 difference = static_cast<u128>(rest[i]) - limbs::low(product) - borrow;
        rest[i] = limbs::low(difference);
        borrow = limbs::high(difference) & 1;
    }
    const u128 difference = static_cast<u128>(rest[n]) - carry - borrow;
    rest[n] = limbs::low(difference);
    return (limbs::high(difference) & 1) != 0;
}

void add_back(std::uint64_t* rest, const std::uint64_t* divisor, std::size_t n) {
    u128 sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        sum += static_cast<u128>(rest[i]) + divisor[i];
        rest[i] = limbs::low(sum);
        sum >>= 64;
    }
    rest[n] += limbs::low(sum);
}

// to[0..words.size()] = words * 2^shift, the last one what is shifted out.
void shift_left(Words words, unsigned shift, std::uint64_t* to) {
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        to[i] = shift == 0 ? words[i] : words[i] << shift | below >> (64 - shift);
        below = words[i];
    }
    to[words.size()] = shift == 0 ? 0 : below >> (64 - shift);
}

// Divisors of two words, which most hints have: the rest stays in registers. Precondition: the
// value has two words at least, none of its zeros leading.
void divide_by_two_words(Words value, Words divisor, std::uint64_t* quotient,
                         std::uint64_t* remainder) {
    const auto shift = static_cast<unsigned>(std::countl_zero(divisor[1]));
    // Word i of value * 2^shift.
    const auto shifted = [&](std::size_t i) {
        const u128 pair =
            static_cast<u128>(i < value.size() ? value[i] : 0) << 64 | (i > 0 ? value[i - 1] : 0);
        return limbs::high(pair << shift);
    };
    const u128 d = (static_cast<u128>(divisor[1]) << 64 | divisor[0]) << shift;
    // The two leading words are less than d.
    u128 rest = static_cast<u128>(shifted(value.size())) << 64 | shifted(value.size() - 1);
    for (std::size_t i = value.size() - 1; i-- > 0;) {
        const std::uint64_t word = shifted(i);
        quotient[i] =
            guess_digit(limbs::high(rest), limbs::low(rest), word, limbs::high(d), limbs::low(d));
        rest = (rest << 64 | word) - quotient[i] * d;
    }
    rest >>= shift;
    remainder[0] = limbs::low(rest);
    remainder[1] = limbs::high(rest);
}

}  // namespace

void divide_words(Words value, Words divisor, std::uint64_t* quotient, std::uint64_t* remainder) {
    std::fill_n(quotient, value.size(), 0);
    std::fill_n(remainder, divisor.size(), 0);
    const std::size_t m = significant(value), n = significant(divisor);
    if (m < n || (m == n && value[m - 1] < divisor[n - 1])) {
        std::copy_n(value.data(), m, remainder);
        return;
    }
    if (n == 1) {
        std::uint64_t rest = 0;
        for (std::size_t i = m; i-- > 0;) {
            const WordDivision division = divide_pair(rest, value[i], divisor[0]);
            quotient[i] = division.quotient;
            rest = division.rest;
        }
        remainder[0] = rest;
        return;
    }
    if (n == 2) {
        divide_by_two_words(value.first(m), divisor.first(n), quotient, remainder);
        return;
    }
    const auto shift = static_cast<unsigned>(std::countl_zero(divisor[n - 1]));
    std::array<std::uint64_t, kMaxDividendWords + 1> rest, d;
    shift_left(value.first(m), shift, rest.data());
    shift_left(divisor.first(n), shift, d.data());
    for (std::size_t j = m - n + 1; j-- > 0;) {
        std::uint64_t digit =
            guess_digit(rest[j + n], rest[j + n - 1], rest[j + n - 2], d[n - 1], d[n - 2]);
        if (subtract_multiple(rest.data() + j, digit, d.data(), n)) {
            --digit;
            add_back(rest.data() + j, d.data(), n);
        }
        quotient[j] = digit;
    }
    for (std::size_t i = 0; i < n; ++i)
        remainder[i] = shift == 0 ? rest[i] : rest[i] >> shift | rest[i + 1] << (64 - shift);
}

std::uint64_t subtract_words(Words a, Words b, std::uint64_t* difference) {
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const u128 word = static_cast<u128>(a[i]) - b[i] - borrow;
        difference[i] = limbs::low(word);
        borrow = limbs::high(word) & 1;
    }
    return borrow;
}

IntegerDivision divide_integers(const Felt& value, const Felt& divisor) {
    if (value < divisor)
        return {Felt(), value};
    Limbs quotient, remainder;
    divide_words(value.limbs(), divisor.limbs(), quotient.data(), remainder.data());
    return {Felt::from_canonical(quotient), Felt::from_canonical(remainder)};
}

}  // namespace blockexecd::vm
