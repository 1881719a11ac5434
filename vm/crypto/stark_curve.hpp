// SPDX-License-Identifier: Apache-2.0
// The Stark curve y^2 = x^3 + x + beta, of prime order N. Sums run in XYZZ coordinates (x = X / ZZ,
// y = Y / ZZZ) on Montgomery felts: no division but one at the end.
#pragma once

#include <optional>

#include "vm/felt/felt.hpp"
#include "vm/felt/montgomery_felt.hpp"

namespace blockexecd::vm {

// A finite point with canonical coordinates, as programs see it.
struct CurvePoint {
    Felt x;
    Felt y;

    friend bool operator==(const CurvePoint&, const CurvePoint&) = default;
};

// The number of points, N.
inline constexpr Limbs kCurveOrder{0x1e66a241adc64d2fULL, 0xb781126dcae7b232ULL,
                                   0xffffffffffffffffULL, 0x0800000000000010ULL};
inline constexpr Felt kCurveBeta = Felt::from_canonical(
    {0xf4cdfcb99cee9e89ULL, 0x609ad26c15c915c1ULL, 0x150e596d72f7a8c5ULL, 0x06f21413efbe40deULL});
inline constexpr CurvePoint kCurveGenerator{
    Felt::from_canonical({0x3d723d8bc943cfcaULL, 0xdeacfd9b0d1819e0ULL, 0x7beced415a40f0c7ULL,
                          0x01ef15c18599971bULL}),
    Felt::from_canonical({0x2873000c36e8dc1fULL, 0xde53ecd11abe43a3ULL, 0xb7be4801df46ec62ULL,
                          0x005668060aa49730ULL})};

// x^3 + x + beta.
Felt curve_y_squared(const Felt& x);
bool is_on_curve(const CurvePoint& point);
// The smaller of the two ordinates; nothing where there is no point.
std::optional<Felt> curve_y(const Felt& x);

// A finite point for chains of additions: one cache line, so that tables fetch it at once.
struct alignas(64) AffinePoint {
    MontgomeryFelt x;
    MontgomeryFelt y;

    AffinePoint() = default;
    AffinePoint(const MontgomeryFelt& x_value, const MontgomeryFelt& y_value)
        : x(x_value), y(y_value) {}
    explicit AffinePoint(const CurvePoint& point) : x(point.x), y(point.y) {}
    [[nodiscard]] CurvePoint to_point() const { return {x.to_felt(), y.to_felt()}; }
    friend AffinePoint operator-(const AffinePoint& point) { return {point.x, -point.y}; }
};

// ZZ^3 = ZZZ^2; the point at infinity has ZZ = ZZZ = 0.
struct XyzzPoint {
    MontgomeryFelt x;
    MontgomeryFelt y;
    MontgomeryFelt zz;
    MontgomeryFelt zzz;

    XyzzPoint() = default;
    XyzzPoint(const MontgomeryFelt& x_value, const MontgomeryFelt& y_value,
              const MontgomeryFelt& zz_value, const MontgomeryFelt& zzz_value)
        : x(x_value), y(y_value), zz(zz_value), zzz(zzz_value) {}
    explicit XyzzPoint(const AffinePoint& point)
        : x(point.x), y(point.y), zz(MontgomeryFelt::one()), zzz(MontgomeryFelt::one()) {}

    [[nodiscard]] bool is_infinity() const { return zz.is_zero(); }
    // Precondition: not infinity.
    [[nodiscard]] MontgomeryFelt affine_x() const { return x * zz.inverse(); }
    // Precondition: not infinity.
    [[nodiscard]] AffinePoint to_affine() const;
    friend XyzzPoint operator-(const XyzzPoint& point) {
        return {point.x, -point.y, point.zz, point.zzz};
    }
};

XyzzPoint twice(const XyzzPoint& point);
XyzzPoint twice(const AffinePoint& point);
XyzzPoint operator+(const XyzzPoint& a, const XyzzPoint& b);
XyzzPoint operator+(const XyzzPoint& a, const AffinePoint& b);
// The sum where neither is infinity and difference = b.x * a.zz - a.x is not zero.
XyzzPoint add_with_difference(const XyzzPoint& a, const AffinePoint& b,
                              const MontgomeryFelt& difference);
// The same for two projective points: a_x = a.x * b.zz, difference = b.x * a.zz - a_x.
XyzzPoint add_with_difference(const XyzzPoint& a, const XyzzPoint& b, const MontgomeryFelt& a_x,
                              const MontgomeryFelt& difference);
// scalar * point, for any 256-bit scalar below 2^255.
XyzzPoint scalar_mul(const AffinePoint& point, const Limbs& scalar);

}  // namespace blockexecd::vm
