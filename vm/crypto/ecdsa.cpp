// SPDX-License-Identifier: Apache-2.0
// The abscissas are compared as X = r ZZ, without a division.
#include "vm/crypto/ecdsa.hpp"

#include "vm/crypto/curve_scalar.hpp"
#include "vm/crypto/fixed_base.hpp"
#include "vm/crypto/stark_curve.hpp"

namespace blockexecd::vm {
namespace {

bool below_2_251(const Limbs& value) {
    return value[3] >> 59 == 0;
}

bool has_x(const XyzzPoint& point, const MontgomeryFelt& x) {
    return !point.is_infinity() && point.x == x * point.zz;
}

}  // namespace

bool ecdsa_verify(const Felt& public_key, const Felt& message, const Felt& r, const Felt& s) {
    if (!below_2_251(message.limbs()) || r.is_zero() || !below_2_251(r.limbs()) || s.is_zero() ||
        !below_2_251(s.limbs()))
        return false;
    const Limbs w = inverse_mod_order(s.limbs());
    if (!below_2_251(w))
        return false;
    const MontgomeryFelt x(public_key);
    const auto y = (x.square() * x + x + MontgomeryFelt(kCurveBeta)).sqrt();
    if (!y)
        return false;
    const XyzzPoint message_part = generator_mul(mul_mod_order(message.limbs(), w));
    const XyzzPoint key_part = scalar_mul({x, *y}, mul_mod_order(r.limbs(), w));
    const MontgomeryFelt expected(r);
    return has_x(message_part + key_part, expected) || has_x(message_part + -key_part, expected);
}

}  // namespace blockexecd::vm
