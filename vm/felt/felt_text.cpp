// SPDX-License-Identifier: Apache-2.0
// Felts as text: hexadecimal and decimal, in the forms that the reference prints and reads.
#include <algorithm>
#include <bit>
#include <cstring>

#include "vm/felt/felt.hpp"
#include "vm/felt/read_hex.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace blockexecd::vm {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
// The largest power of ten in a word.
constexpr std::uint64_t kDecimalChunk = 10'000'000'000'000'000'000ULL;
constexpr std::size_t kDecimalChunkDigits = 19;

// Eight hexadecimal digits, the first one in the lowest byte, as the number that they write; sets
// bits of `wrong` where one is none. All bytes at once.
std::uint64_t eight_digits(std::uint64_t digits, std::uint64_t& wrong) {
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

template <class T>
std::uint64_t load(const char* text) {
    T value = 0;
    std::memcpy(&value, text, sizeof(value));
    return value;
}

// The same for the last `count` of the sixteen characters at `text`, 14 at least.
[[gnu::always_inline]] inline std::uint64_t sixteen_digits(const char* text, std::size_t count,
                                                           std::uint64_t& wrong) {
    const std::size_t others = 16 - count;
#if defined(__SSE2__)
    const __m128i digits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text));
    const __m128i lower = _mm_or_si128(digits, _mm_set1_epi8(0x20));
    const __m128i letter = _mm_and_si128(_mm_cmpgt_epi8(lower, _mm_set1_epi8('a' - 1)),
                                         _mm_cmplt_epi8(lower, _mm_set1_epi8('f' + 1)));
    const __m128i decimal = _mm_and_si128(_mm_cmpgt_epi8(digits, _mm_set1_epi8('0' - 1)),
                                          _mm_cmplt_epi8(digits, _mm_set1_epi8('9' + 1)));
    const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(letter, decimal)));
    wrong |= (found ^ 0xffffU) >> others;
    const __m128i nibbles = _mm_add_epi8(_mm_and_si128(digits, _mm_set1_epi8(0x0f)),
                                         _mm_and_si128(letter, _mm_set1_epi8(9)));
    // Each lane of 16 bits holds a byte's upper half, then its lower one.
    const __m128i bytes = _mm_and_si128(
        _mm_or_si128(_mm_slli_epi16(nibbles, 4), _mm_srli_epi16(nibbles, 8)), _mm_set1_epi16(0xff));
    const std::uint64_t value = __builtin_bswap64(
        static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm_packus_epi16(bytes, bytes))));
#else
    std::uint64_t first_wrong = 0;
    const std::uint64_t value = eight_digits(load<std::uint64_t>(text), first_wrong) << 32 |
                                eight_digits(load<std::uint64_t>(text + 8), wrong);
    wrong |= first_wrong >> (8 * others);
#endif
    return value & (UINT64_MAX >> (4 * others));
}

// The first `count` digits behind 0x, fewer than eight, as the last ones of eight.
std::uint64_t first_digits(const char* text, std::size_t count) {
    constexpr std::uint64_t kZeros = 0x3030303030303030;
    std::uint64_t digits = 0;
    if (count >= 6)
        digits = load<std::uint64_t>(text + count - 6);
    else if (count >= 2)
        digits = load<std::uint32_t>(text + count - 2) << 32 | load<std::uint32_t>(text)
                                                                   << (48 - 8 * count);
    else
        digits = load<std::uint8_t>(text + 2) << 56;
    const std::uint64_t others = UINT64_MAX >> (8 * count);
    return (digits & ~others) | (kZeros & others);
}

// The number that the first `count` digits behind 0x write, 1 to 16 of them.
[[gnu::always_inline]] inline std::uint64_t leading_digits(const char* text, std::size_t count,
                                                           std::uint64_t& wrong) {
    // Of 14 and 15, with one or both characters of the 0x.
    if (count >= 14)
        return sixteen_digits(text + 2 + count - 16, count, wrong);
    if (count < 8)
        return eight_digits(first_digits(text, count), wrong);
    const std::uint64_t last = eight_digits(load<std::uint64_t>(text + 2 + count - 8), wrong);
    if (count == 8)
        return last;
    return eight_digits(first_digits(text, count - 8), wrong) << 32 | last;
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

bool read_hex(std::string_view text, Felt& value) {
    if (text.size() < 3 || text.size() > 66 || text[0] != '0' || (text[1] | 0x20) != 'x')
        return false;
    std::uint64_t wrong = 0;
    std::size_t left = text.size() - 2;
    if (left <= 16) {
        const std::uint64_t number = leading_digits(text.data(), left, wrong);
        if (wrong != 0)
            return false;
        value = Felt(number);
        return true;
    }
    Limbs limbs{};
    std::size_t limb = 0;
    for (; left > 16; left -= 16)
        limbs[limb++] = sixteen_digits(text.data() + 2 + left - 16, 16, wrong);
    limbs[limb] = leading_digits(text.data(), left, wrong);
    if (wrong != 0 || !limbs::less(limbs, Felt::kPrime))
        return false;
    value = Felt::from_canonical(limbs);
    return true;
}

std::optional<Felt> Felt::from_hex(std::string_view text) {
    Felt value;
    if (!read_hex(text, value))
        return std::nullopt;
    return value;
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
