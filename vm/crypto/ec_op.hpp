// SPDX-License-Identifier: Apache-2.0
// P + m Q as the ec_op builtin's constraints compute it: bit by bit from the lowest, which fails
// where two points of equal abscissa meet even if the sum itself exists (the reference's
// ec_op_impl).
#pragma once

#include "vm/crypto/stark_curve.hpp"
#include "vm/error.hpp"

namespace blockexecd::vm {

// Precondition: p and q are on the curve. m may be any felt.
// Error (runner): "Cannot apply EC operation: ..." with the points of the step that failed.
Result<CurvePoint> ec_op_builtin(const CurvePoint& p, const CurvePoint& q, const Felt& m);

}  // namespace blockexecd::vm
