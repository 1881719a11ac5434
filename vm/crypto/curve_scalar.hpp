// SPDX-License-Identifier: Apache-2.0
// Arithmetic modulo the order N of the Stark curve, for signatures: a few operations each, so
// portable code does.
#pragma once

#include "vm/felt/limbs.hpp"

namespace blockexecd::vm {

// a * b mod N, for a and b below N.
Limbs mul_mod_order(const Limbs& a, const Limbs& b);
// Precondition: 0 < a < N.
Limbs inverse_mod_order(const Limbs& a);

}  // namespace blockexecd::vm
