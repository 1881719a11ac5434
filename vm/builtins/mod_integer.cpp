// SPDX-License-Identifier: Apache-2.0
// Conversions and number theory of the mod builtins' integers.
#include "vm/builtins/mod_integer.hpp"

#include <algorithm>
#include <array>

#include "vm/felt/modular_inverse.hpp"

namespace blockexecd::vm {

namespace {

static_assert(sizeof(boost::multiprecision::limb_type) == sizeof(std::uint64_t));

template <std::size_t N>
ModInteger from_limbs(const std::array<std::uint64_t, N>& limbs) {
    ModInteger value;
    value.backend().resize(N, N);
    std::copy_n(limbs.data(), N, value.backend().limbs());
    value.backend().normalize();
    return value;
}

// The lowest N limbs.
template <std::size_t N>
std::array<std::uint64_t, N> lowest_limbs(const ModInteger& value) {
    std::array<std::uint64_t, N> limbs{};
    std::copy_n(value.backend().limbs(), std::min<std::size_t>(value.backend().size(), N),
                limbs.data());
    return limbs;
}

}  // namespace

ModInteger mod_integer(const Felt& felt) {
    return from_limbs(felt.limbs());
}

Felt mod_integer_to_felt(const ModInteger& value) {
    return Felt::from_limbs_mod_p(lowest_limbs<4>(value));
}

ModInteger mod_integer_of_words(const std::array<Felt, kModWords>& words) {
    std::array<std::uint64_t, 6> limbs{};
    for (std::size_t i = 0; i < kModWords; i += 2) {
        const auto& even = words[i].limbs();
        const auto& odd = words[i + 1].limbs();
        std::uint64_t* const to = limbs.data() + i / 2 * 3;
        to[0] = even[0];
        to[1] = even[1] | odd[0] << 32;
        to[2] = odd[0] >> 32 | odd[1] << 32;
    }
    return from_limbs(limbs);
}

std::array<Felt, kModWords> words_of_mod_integer(const ModInteger& value) {
    const auto limbs = lowest_limbs<6>(value);
    std::array<Felt, kModWords> words;
    for (std::size_t i = 0; i < kModWords; i += 2) {
        const std::uint64_t* const from = limbs.data() + i / 2 * 3;
        words[i] = Felt::from_u128(from[0], from[1] & UINT32_MAX);
        words[i + 1] = Felt::from_u128(from[1] >> 32 | from[2] << 32, from[2] >> 32);
    }
    return words;
}

std::optional<ModInteger> mod_inverse(const ModInteger& a, const ModInteger& p) {
    const auto modulus = lowest_limbs<4>(p);
    if (p < 2 || p.backend().size() > modulus.size() || (modulus[0] & 1) == 0)
        return std::nullopt;
    const auto inverse = inverse_mod_odd(lowest_limbs<4>(a % p), modulus);
    return inverse ? std::optional(from_limbs(*inverse)) : std::nullopt;
}

ExtendedGcd extended_gcd(const ModInteger& a, const ModInteger& b) {
    ModInteger r0 = a, r1 = b;
    ModInteger x0 = 1, x1 = 0;
    ModInteger y0 = 0, y1 = 1;
    while (r1 != 0) {
        const ModInteger quotient = r0 / r1;
        const ModInteger r2 = r0 - quotient * r1;
        const ModInteger x2 = x0 - quotient * x1;
        const ModInteger y2 = y0 - quotient * y1;
        r0 = r1;
        r1 = r2;
        x0 = x1;
        x1 = x2;
        y0 = y1;
        y1 = y2;
    }
    return {r0, x0, y0};
}

ModInteger floor_mod(const ModInteger& value, const ModInteger& modulus) {
    ModInteger rest = value % modulus;
    if (rest < 0)
        rest += modulus;
    return rest;
}

}  // namespace blockexecd::vm
