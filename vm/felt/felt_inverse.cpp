// SPDX-License-Identifier: Apache-2.0
// Inverses in the field, alone and in batches, and powers.
#include <vector>

#include "vm/felt/felt.hpp"
#include "vm/felt/modular_inverse.hpp"
#include "vm/felt/montgomery_felt.hpp"

namespace blockexecd::vm {
namespace {

Limbs inverse_mod_p(const Limbs& value) {
    return modular_inverse<Felt::kPrime>(value);
}

}  // namespace

std::optional<Felt> Felt::inverse() const {
    if (is_zero())
        return std::nullopt;
    return from_canonical(inverse_mod_p(limbs_));
}

MontgomeryFelt MontgomeryFelt::inverse() const {
    return from_raw(inverse_mod_p(limbs_)) * from_raw(kCubedRadix);
}

void invert_batch(std::span<MontgomeryFelt> values) {
    std::vector<MontgomeryFelt> products(values.size());
    MontgomeryFelt product = MontgomeryFelt::one();
    for (std::size_t i = 0; i < values.size(); ++i) {
        products[i] = product;
        if (!values[i].is_zero())
            product *= values[i];
    }
    MontgomeryFelt inverse = product.inverse();
    for (std::size_t i = values.size(); i-- > 0;) {
        if (values[i].is_zero())
            continue;
        const MontgomeryFelt value = values[i];
        values[i] = inverse * products[i];
        inverse *= value;
    }
}

Felt Felt::pow(const Limbs& exponent) const {
    const MontgomeryFelt base(*this);
    MontgomeryFelt result = MontgomeryFelt::one();
    const unsigned bits = Felt::from_canonical(exponent).bit_length();
    for (unsigned i = bits; i-- > 0;) {
        result = result.square();
        if ((exponent[i / 64] >> (i % 64)) & 1)
            result *= base;
    }
    return result.to_felt();
}

}  // namespace blockexecd::vm
