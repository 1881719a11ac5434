// SPDX-License-Identifier: Apache-2.0
// Loops over 64-bit words; division is that of integers.
#include "vm/builtins/mod_value.hpp"

#include <algorithm>

#include "vm/felt/integer_division.hpp"
#include "vm/felt/modular_inverse.hpp"

namespace blockexecd::vm {

static_assert(kModWordBits == 96 && kModWords == 4 && kModLimbs == 6);

ModValue mod_value(const std::array<ModWord, kModWords>& words) {
    ModValue value;
    for (std::size_t i = 0; i < kModWords; i += 2) {
        const ModWord &even = words[i], &odd = words[i + 1];
        std::uint64_t* const to = value.data() + i / 2 * 3;
        to[0] = even.low;
        to[1] = even.high | odd.low << 32;
        to[2] = odd.low >> 32 | odd.high << 32;
    }
    return value;
}

Felt mod_word(const ModValue& value, std::size_t i) {
    const std::uint64_t* const from = value.data() + i / 2 * 3;
    return i % 2 == 0 ? Felt::from_u128(from[0], from[1] & UINT32_MAX)
                      : Felt::from_u128(from[1] >> 32 | from[2] << 32, from[2] >> 32);
}

ModInteger mod_integer(const ModValue& value) {
    ModInteger integer;
    boost::multiprecision::import_bits(integer, value.begin(), value.end(), 64, false);
    return integer;
}

std::string to_decimal(const ModValue& value) {
    return mod_integer(value).str();
}

ModValue to_mod_value(const ModInteger& value) {
    ModValue words{};
    boost::multiprecision::export_bits(value, words.begin(), 64, false);
    return words;
}

WideModValue widen(const ModValue& value) {
    WideModValue wide{};
    std::ranges::copy(value, wide.begin());
    return wide;
}

WideModValue sum(const ModValue& a, const ModValue& b) {
    WideModValue sum{};
    u128 carry = 0;
    for (std::size_t i = 0; i < kModLimbs; ++i) {
        carry += static_cast<u128>(a[i]) + b[i];
        sum[i] = limbs::low(carry);
        carry >>= 64;
    }
    sum[kModLimbs] = limbs::low(carry);
    return sum;
}

WideModValue product(const ModValue& a, const ModValue& b) {
    WideModValue product{};
    for (std::size_t i = 0; i < kModLimbs; ++i) {
        if (a[i] == 0)
            continue;
        u128 carry = 0;
        for (std::size_t j = 0; j < kModLimbs; ++j) {
            carry += static_cast<u128>(a[i]) * b[j] + product[i + j];
            product[i + j] = limbs::low(carry);
            carry >>= 64;
        }
        product[i + kModLimbs] = limbs::low(carry);
    }
    return product;
}

WideModValue difference(const WideModValue& a, const WideModValue& b) {
    WideModValue difference;
    subtract_words(a, b, difference.data());
    return difference;
}

bool less(const WideModValue& a, const WideModValue& b) {
    return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend());
}

WideModValue shift_by_value(const ModValue& value) {
    WideModValue shifted{};
    std::ranges::copy(value, shifted.begin() + kModLimbs);
    return shifted;
}

ModValue remainder(const WideModValue& value, const ModValue& p) {
    WideModValue quotient;
    ModValue remainder;
    divide_words(value, p, quotient.data(), remainder.data());
    return remainder;
}

std::optional<ModValue> mod_inverse(const ModValue& a, const ModValue& p) {
    const Limbs modulus{p[0], p[1], p[2], p[3]};
    if ((p[4] | p[5]) != 0 || (p[0] & 1) == 0 || modulus == Limbs{1})
        return std::nullopt;
    const ModValue reduced = remainder(widen(a), p);
    const auto inverse = inverse_mod_odd({reduced[0], reduced[1], reduced[2], reduced[3]}, modulus);
    if (!inverse)
        return std::nullopt;
    return ModValue{(*inverse)[0], (*inverse)[1], (*inverse)[2], (*inverse)[3]};
}

}  // namespace blockexecd::vm
