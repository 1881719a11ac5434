// SPDX-License-Identifier: Apache-2.0
// Conversions and number theory.
#include "vm/builtins/mod_integer.hpp"

#include <algorithm>

namespace blockexecd::vm {

static_assert(sizeof(boost::multiprecision::limb_type) == sizeof(std::uint64_t));

ModInteger mod_integer(const Felt& felt) {
    const Limbs& limbs = felt.limbs();
    ModInteger value;
    value.backend().resize(limbs.size(), limbs.size());
    std::ranges::copy(limbs, value.backend().limbs());
    value.backend().normalize();
    return value;
}

Felt mod_integer_to_felt(const ModInteger& value) {
    Limbs limbs{};
    std::copy_n(value.backend().limbs(), std::min<std::size_t>(value.backend().size(), 4),
                limbs.data());
    return Felt::from_limbs_mod_p(limbs);
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
