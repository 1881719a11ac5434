// SPDX-License-Identifier: Apache-2.0
// The doubled point's powers are looked up where Q is the generator, as in every signature check.
#include "vm/crypto/ec_op.hpp"

#include <array>
#include <string>

namespace blockexecd::vm {
namespace {

constexpr std::size_t kBits = 252;

// 2^i * G.
const std::array<AffinePoint, kBits>& generator_powers() {
    static const auto powers = [] {
        std::array<AffinePoint, kBits> result;
        result[0] = AffinePoint(kCurveGenerator);
        for (std::size_t i = 1; i < kBits; ++i)
            result[i] = twice(result[i - 1]).to_affine();
        return result;
    }();
    return powers;
}

bool bit(const Felt& m, std::size_t i) {
    return ((m.limbs()[i / 64] >> (i % 64)) & 1) != 0;
}

// The reference's tuple of two felts, in its Debug form.
std::string to_debug(const AffinePoint& point) {
    const CurvePoint p = point.to_point();
    return "(" + p.x.to_hex() + ", " + p.y.to_hex() + ")";
}

Error same_x(const AffinePoint& partial_sum, const Felt& m, const AffinePoint& doubled) {
    return {
        ErrorKind::runner,
        "Cannot apply EC operation: computation reached two points with the same x coordinate. \n\n"
        "    Attempting to compute P + m * Q where:\n\n    P = " +
            to_debug(partial_sum) + " \n\n    m = " + m.to_decimal() +
            "\n\n    Q = " + to_debug(doubled) + "."};
}

}  // namespace

Result<CurvePoint> ec_op_builtin(const CurvePoint& p, const CurvePoint& q, const Felt& m) {
    const std::size_t bits = m.bit_length();
    XyzzPoint sum{AffinePoint(p)};
    if (q == kCurveGenerator) {
        const auto& powers = generator_powers();
        for (std::size_t i = 0; i < bits; ++i) {
            const MontgomeryFelt difference = powers[i].x * sum.zz - sum.x;
            if (difference.is_zero()) [[unlikely]]
                return same_x(sum.to_affine(), m, powers[i]);
            if (bit(m, i))
                sum = add_with_difference(sum, powers[i], difference);
        }
        return sum.to_affine().to_point();
    }
    XyzzPoint doubled{AffinePoint(q)};
    for (std::size_t i = 0; i < bits; ++i) {
        const MontgomeryFelt sum_x = sum.x * doubled.zz;
        const MontgomeryFelt difference = doubled.x * sum.zz - sum_x;
        if (difference.is_zero()) [[unlikely]]
            return same_x(sum.to_affine(), m, doubled.to_affine());
        if (bit(m, i))
            sum = add_with_difference(sum, doubled, sum_x, difference);
        if (i + 1 < bits)
            doubled = twice(doubled);
    }
    return sum.to_affine().to_point();
}

}  // namespace blockexecd::vm
