// SPDX-License-Identifier: Apache-2.0
// Points of secp256k1 and secp256r1 for the system calls (specification 5.8), by OpenSSL. Both
// curves have prime order, so a point on the curve is in the right group.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "vm/felt/limbs.hpp"

namespace blockexecd::vm {

enum class SecpCurve : std::uint8_t { k1, r1 };

// Least significant word first.
using U256 = Limbs;

// (0, 0) is infinity: it is on neither curve.
struct SecpPoint {
    U256 x{};
    U256 y{};

    friend bool operator==(const SecpPoint&, const SecpPoint&) = default;
};

// Whether value is below the curve's field modulus.
bool secp_in_field(SecpCurve curve, const U256& value);
// (0, 0) gives infinity; nothing for a point off the curve. Precondition: both in the field.
std::optional<SecpPoint> secp_new(SecpCurve curve, const U256& x, const U256& y);
// The point whose y has that parity; nothing where x has no point. Precondition: x in the field.
std::optional<SecpPoint> secp_from_x(SecpCurve curve, const U256& x, bool y_is_odd);
// Precondition of both: points on the curve or infinity.
SecpPoint secp_add(SecpCurve curve, const SecpPoint& a, const SecpPoint& b);
// The scalar counts modulo the curve's order.
SecpPoint secp_mul(SecpCurve curve, const SecpPoint& point, const U256& scalar);

}  // namespace blockexecd::vm
