// SPDX-License-Identifier: Apache-2.0
// Felts as text: hexadecimal and decimal, in the forms that the reference prints and reads.
#include <algorithm>
#include <bit>
#include <cstring>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
// The largest power of ten in a word.
constexpr std::uint64_t kDecimalChunk = 10'000'000'000'000'000'000ULL;
constexpr std::size_t kDecimalChunkDigits = 19;

// Eight hexadecimal digits, the first one in the lowest byte, as the number that they write; sets
// bits of `wrong` where one is none. All bytes at once.
std::uint64_t hex_word(std::uint64_t digits, std::uint64_t& wrong) {
    static_assert(std::endian::native == std::endian::little);
    constexpr std::uint64_t kOnes = 0x0101010101010101, kTops = 0x80 * kOnes;
    const std::uint64_t lower = digits | 0x20 * kOnes;
    // Sums that reach the top bit: at least '0', above '9', at least 'a', above 'f'.
    const std::uint64_t decimal = (digits + 0x50 * kOnes) & ~(digits + 0x46 * kOnes);
    const std::uint64_t letter = (lower + 0x1f * kOnes) & ~(lower + 0x19 * kOnes);
    wrong |= (digits | ~(decimal | letter)) & kTops;
    std::uint64_t value = (digits & 0x0f * kOnes) + 9 * ((digits >> 6) & kOnes);
    value = __builtin_bswap64(value);
    value = (value | value >> 4) & 0x00ff00ff00ff00ff;
    value = (value | value >> 8) & 0x0000ffff0000ffff;
    return (value | value >> 16) & 0xffffffff;
}

// The first `count` digits behind 0x, fewer than eight, as the last ones of eight.
std::uint64_t first_digits(std::string_view text, std::size_t count) {
    constexpr std::uint64_t kZeros = 0x3030303030303030;
    std::uint64_t digits = 0;
    if (count >= 6) {
        std::memcpy(&digits, text.data() + count - 6, 8);
    } else {
        for (std::size_t i = 0; i < count; ++i)
            digits = digits >> 8 |
                     static_cast<std::uint64_t>(static_cast<unsigned char>(text[2 + i])) << 56;
    }
    const std::uint64_t others = UINT64_MAX >> (8 * count);
    return (digits & ~others) | (kZeros & others);
}

// value = value * factor + term; the word that does not fit.
std::uint64_t multiply_add(Limbs& value, std::uint64_t factor, std::uint64_t term) {
    u128 carry = term;
    for (auto& limb : value) {
        carry += static_cast<u128>(limb) * factor;
        limb = limbs::low(carry);
        carry >>= 64;
    }
    return limbs::low(carry);
}

// value /= divisor; the remainder.
std::uint64_t divide(Limbs& value, std::uint64_t divisor) {
    u128 remainder = 0;
    for (std::size_t i = 4; i-- > 0;) {
        const u128 dividend = (remainder << 64) | value[i];
        value[i] = limbs::low(dividend / divisor);
        remainder = dividend % divisor;
    }
    return limbs::low(remainder);
}

}  // namespace

std::optional<Felt> Felt::from_hex(std::string_view text) {
    if (text.size() < 3 || text.size() > 66 || text[0] != '0' || (text[1] | 0x20) != 'x')
        return std::nullopt;
    Limbs value{};
    std::uint64_t wrong = 0;
    std::size_t left = text.size() - 2;
    std::size_t half = 0;
    for (; left >= 8; ++half) {
        left -= 8;
        std::uint64_t digits = 0;
        std::memcpy(&digits, text.data() + 2 + left, 8);
        value[half / 2] |= hex_word(digits, wrong) << (32 * (half % 2));
    }
    if (left != 0)
        value[half / 2] |= hex_word(first_digits(text, left), wrong) << (32 * (half % 2));
    if (wrong != 0)
        return std::nullopt;
    if (!limbs::less(value, kPrime))
        return std::nullopt;
    return from_canonical(value);
}

std::optional<Felt> Felt::from_decimal(std::string_view text) {
    if (text.empty())
        return std::nullopt;
    Limbs value{};
    for (const char c : text) {
        if (c < '0' || c > '9')
            return std::nullopt;
        if (multiply_add(value, 10, static_cast<std::uint64_t>(c - '0')) != 0)
            return std::nullopt;
    }
    if (!limbs::less(value, kPrime))
        return std::nullopt;
    return from_canonical(value);
}

std::string Felt::to_hex_padded() const {
    std::string text = "0x";
    text.reserve(66);
    for (std::size_t i = 64; i-- > 0;)
        text += kHexDigits[(limbs_[i / 16] >> (4 * (i % 16))) & 0xf];
    return text;
}

std::string Felt::to_hex() const {
    std::string text = to_hex_padded();
    const std::size_t first = std::min(text.find_first_not_of('0', 2), text.size() - 1);
    text.erase(2, first - 2);
    return text;
}

std::string Felt::to_decimal() const {
    std::string digits;
    Limbs value = limbs_;
    do {
        std::uint64_t chunk = divide(value, kDecimalChunk);
        const bool last = (value[0] | value[1] | value[2] | value[3]) == 0;
        for (std::size_t i = 0; last ? (chunk != 0 || i == 0) : i < kDecimalChunkDigits; ++i) {
            digits += static_cast<char>('0' + chunk % 10);
            chunk /= 10;
        }
        if (last)
            break;
    } while (true);
    std::reverse(digits.begin(), digits.end());
    return digits;
}

std::string Felt::to_signed_decimal() const {
    const Felt negated = -*this;
    return negated < *this ? std::string("-").append(negated.to_decimal()) : to_decimal();
}

}  // namespace blockexecd::vm
