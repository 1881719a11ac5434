// SPDX-License-Identifier: Apache-2.0
// Conversions of felts from and to integers and bytes, and the products that do not fit two words.
#include "vm/felt/felt.hpp"

#include <algorithm>
#include <bit>

#include "vm/felt/cpu.hpp"
#include "vm/felt/limbs_adx.hpp"

namespace blockexecd::vm {
namespace {

// a * b mod p, b one word. The quotient is estimated from the product's top bits, off by one at
// most either way.
Limbs mul_by_word(const Limbs& a, std::uint64_t b) {
    std::array<std::uint64_t, 5> product{};
    u128 carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        carry += static_cast<u128>(a[i]) * b;
        product[i] = limbs::low(carry);
        carry >>= 64;
    }
    product[4] = limbs::low(carry);
    // One bit more than a word, because p is a little more than 2^251.
    const u128 top = (static_cast<u128>(product[4]) << 5) | (product[3] >> 59);
    const std::uint64_t quotient = limbs::low(top - ((top * 544) >> 64));
    Limbs remainder{product[0], product[1], product[2], product[3] - quotient * limbs::kP3};
    limbs::sub_from(remainder, Limbs{quotient, 0, 0, 0});
    if ((remainder[3] >> 63) != 0)
        limbs::add_to(remainder, Felt::kPrime);
    return limbs::reduce(remainder);
}

}  // namespace

Felt Felt::mul_large(const Felt& a, const Felt& b) {
    if (a.fits_u64())
        return from_canonical(mul_by_word(b.limbs_, a.limbs_[0]));
    if (b.fits_u64())
        return from_canonical(mul_by_word(a.limbs_, b.limbs_[0]));
#if defined(__x86_64__)
    if (cpu::kHasAdx) [[likely]]
        return from_canonical(limbs::mul_mod_p_adx(a.limbs_, b.limbs_));
#endif
    return from_canonical(limbs::reduce_product(limbs::mul_wide(a.limbs_, b.limbs_)));
}

Felt Felt::from_limbs_mod_p(const Limbs& limbs) {
    return from_canonical(limbs::reduce(limbs));
}

Felt Felt::from_i64(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    return value < 0 ? -Felt(0 - bits) : Felt(bits);
}

Felt Felt::from_bytes_be(std::span<const std::uint8_t, 32> bytes) {
    return from_bytes_be_any(bytes);
}

Felt Felt::from_bytes_be_any(std::span<const std::uint8_t> bytes) {
    Limbs limbs{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        limbs[i / 8] |= static_cast<std::uint64_t>(bytes[bytes.size() - 1 - i]) << (8 * (i % 8));
    return from_limbs_mod_p(limbs);
}

Felt Felt::from_ascii(std::string_view text) {
    Limbs limbs{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(text[text.size() - 1 - i]);
        limbs[i / 8] |= static_cast<std::uint64_t>(byte) << (8 * (i % 8));
    }
    return from_canonical(limbs);
}

std::array<std::uint8_t, 32> Felt::to_bytes_le() const {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < 32; ++i)
        bytes[i] = static_cast<std::uint8_t>(limbs_[i / 8] >> (8 * (i % 8)));
    return bytes;
}

std::array<std::uint8_t, 32> Felt::to_bytes_be() const {
    auto bytes = to_bytes_le();
    std::reverse(bytes.begin(), bytes.end());
    return bytes;
}

unsigned Felt::bit_length() const {
    for (std::size_t i = 4; i-- > 0;)
        if (limbs_[i] != 0)
            return static_cast<unsigned>(64 * i) + static_cast<unsigned>(std::bit_width(limbs_[i]));
    return 0;
}

}  // namespace blockexecd::vm
