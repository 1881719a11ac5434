// SPDX-License-Identifier: Apache-2.0
// The doubled point's powers are looked up where Q is the generator, as in every signature check,
// or a point that came before: the keys of busy accounts do.
#include "vm/crypto/ec_op.hpp"

#include <array>
#include <functional>
#include <memory>
#include <string>

namespace blockexecd::vm {
namespace {

constexpr std::size_t kBits = 252;

// 2^i * Q.
using Powers = std::array<AffinePoint, kBits>;

std::unique_ptr<const Powers> make_powers(const CurvePoint& q) {
    std::array<XyzzPoint, kBits> doubled;
    doubled[0] = XyzzPoint(AffinePoint(q));
    for (std::size_t i = 1; i < kBits; ++i)
        doubled[i] = twice(doubled[i - 1]);
    std::array<MontgomeryFelt, kBits> inverse_cubes;
    for (std::size_t i = 0; i < kBits; ++i)
        inverse_cubes[i] = doubled[i].zzz;
    invert_batch(inverse_cubes);
    auto powers = std::make_unique<Powers>();
    for (std::size_t i = 0; i < kBits; ++i) {
        const MontgomeryFelt inverse = doubled[i].zz * inverse_cubes[i];
        (*powers)[i] = {doubled[i].x * inverse.square(), doubled[i].y * inverse_cubes[i]};
    }
    return powers;
}

// Powers of the points that this thread saw twice, by a few bits of their abscissa; a point that is
// seen once costs a note of it.
class RecentPowers {
  public:
    // Null for a point that is not known yet.
    const Powers* find(const CurvePoint& q) {
        Entry& entry = entries_[std::hash<Felt>{}(q.x) >> (64 - kIndexBits)];
        if (entry.powers != nullptr && entry.q == q)
            return entry.powers.get();
        if (entry.last_seen != q) {
            entry.last_seen = q;
            return nullptr;
        }
        entry.q = q;
        entry.powers = make_powers(q);
        return entry.powers.get();
    }

  private:
    static constexpr unsigned kIndexBits = 7;
    struct Entry {
        CurvePoint last_seen;
        CurvePoint q;
        std::unique_ptr<const Powers> powers;
    };
    std::array<Entry, std::size_t{1} << kIndexBits> entries_;
};

const Powers* known_powers(const CurvePoint& q) {
    if (q == kCurveGenerator) {
        static const auto powers = make_powers(kCurveGenerator);
        return powers.get();
    }
    static thread_local RecentPowers recent;
    return recent.find(q);
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
    if (const Powers* const known = known_powers(q)) {
        for (std::size_t i = 0; i < bits; ++i) {
            const AffinePoint& power = (*known)[i];
            const MontgomeryFelt difference = power.x * sum.zz - sum.x;
            if (difference.is_zero()) [[unlikely]]
                return same_x(sum.to_affine(), m, power);
            if (bit(m, i))
                sum = add_with_difference(sum, power, difference);
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
