// SPDX-License-Identifier: Apache-2.0
// Precomputed multiples of a fixed point: affine, so that each step of a sum is a mixed addition.
#pragma once

#include <cstddef>
#include <span>

#include "vm/crypto/stark_curve.hpp"

namespace blockexecd::vm {

// multiples[i] = (i + 1) * base for all of the span, by affine additions that share inversions.
// Precondition: fewer multiples than the curve's order.
void fill_multiples(const AffinePoint& base, std::span<AffinePoint> multiples);

// scalar * G with G the curve's generator, for a scalar below 2^252.
XyzzPoint generator_mul(const Limbs& scalar);

}  // namespace blockexecd::vm
