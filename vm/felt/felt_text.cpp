// SPDX-License-Identifier: Apache-2.0
// Felts as text: hexadecimal and decimal, in the forms that the reference prints and reads.
#include <algorithm>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {
namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
// The largest power of ten in a word.
constexpr std::uint64_t kDecimalChunk = 10'000'000'000'000'000'000ULL;
constexpr std::size_t kDecimalChunkDigits = 19;

// By character; -1 for what is no digit.
constexpr std::array<std::int8_t, 256> kHexValues = [] {
    std::array<std::int8_t, 256> values{};
    for (auto& value : values)
        value = -1;
    for (std::size_t i = 0; i < 16; ++i) {
        const auto digit = static_cast<unsigned char>(kHexDigits[i]);
        values[digit] = values[i < 10 ? digit : digit - 0x20] = static_cast<std::int8_t>(i);
    }
    return values;
}();

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
    auto digits = text.substr(2);
    std::int8_t wrong = 0;
    for (std::uint64_t& limb : value) {
        const std::size_t count = std::min<std::size_t>(digits.size(), 16);
        for (const char c : digits.substr(digits.size() - count)) {
            const std::int8_t digit = kHexValues[static_cast<unsigned char>(c)];
            wrong = static_cast<std::int8_t>(wrong | digit);
            limb = limb << 4 | static_cast<std::uint8_t>(digit);
        }
        digits.remove_suffix(count);
    }
    if (wrong < 0)
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
