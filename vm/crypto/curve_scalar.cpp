// SPDX-License-Identifier: Apache-2.0
// Montgomery reduction with N's own constants.
#include "vm/crypto/curve_scalar.hpp"

#include "vm/crypto/stark_curve.hpp"
#include "vm/felt/modular_inverse.hpp"

namespace blockexecd::vm {
namespace {

// -1 / N mod 2^64 and 2^512 mod N.
constexpr std::uint64_t kNegatedInverse = 0xbb6b3c4ce8bde631ULL;
constexpr Limbs kSquaredRadix{0x6021b3f1ea1c688dULL, 0x509cf64d14ce60b9ULL, 0xbaf0ab4cf78bbabbULL,
                              0x07d9e57c2333766eULL};
static_assert(kCurveOrder[0] * kNegatedInverse == ~std::uint64_t{0});

Limbs montgomery_reduce_mod_order(WideLimbs t) {
    std::uint64_t overflow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::uint64_t factor = t[i] * kNegatedInverse;
        u128 carry = 0;
        for (std::size_t j = 0; j < 4; ++j) {
            carry += static_cast<u128>(factor) * kCurveOrder[j] + t[i + j];
            t[i + j] = limbs::low(carry);
            carry >>= 64;
        }
        carry += static_cast<u128>(t[i + 4]) + overflow;
        t[i + 4] = limbs::low(carry);
        overflow = limbs::high(carry);
    }
    Limbs result{t[4], t[5], t[6], t[7]};
    if (!limbs::less(result, kCurveOrder))
        limbs::sub_from(result, kCurveOrder);
    return result;
}

}  // namespace

Limbs mul_mod_order(const Limbs& a, const Limbs& b) {
    const Limbs product = montgomery_reduce_mod_order(limbs::mul_wide(a, b));
    return montgomery_reduce_mod_order(limbs::mul_wide(product, kSquaredRadix));
}

Limbs inverse_mod_order(const Limbs& a) {
    return modular_inverse<kCurveOrder>(a);
}

}  // namespace blockexecd::vm
