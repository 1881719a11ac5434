// SPDX-License-Identifier: Apache-2.0
// XYZZ formulas of the Explicit-Formulas Database (dbl-2008-s-1, add-2008-s, madd-2008-s,
// mdbl-2008-s-1) with a = 1, and scalar multiplication by signed windows.
#include "vm/crypto/stark_curve.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace blockexecd::vm {
namespace {

constexpr unsigned kWindowBits = 5;
constexpr std::size_t kOddMultiples = std::size_t{1} << (kWindowBits - 2);

// Rest of add-2008-s, given the points' values over the common denominator: p = x2 - x1, r = y2 -
// y1.
XyzzPoint finish_add(const MontgomeryFelt& x1, const MontgomeryFelt& y1, const MontgomeryFelt& p,
                     const MontgomeryFelt& r, const MontgomeryFelt& zz, const MontgomeryFelt& zzz) {
    const MontgomeryFelt pp = p.square();
    const MontgomeryFelt ppp = p * pp;
    const MontgomeryFelt q = x1 * pp;
    const MontgomeryFelt x3 = r.square() - ppp - q.twice();
    return {x3, r * (q - x3) - y1 * ppp, zz * pp, zzz * ppp};
}

// Digits in {0, +-1, +-3, ..., +-15}, least significant first, at most one non-zero among any five;
// the scalar's value.
std::array<std::int8_t, 257> signed_digits(Limbs scalar) {
    std::array<std::int8_t, 257> digits{};
    constexpr std::uint64_t kModulus = std::uint64_t{1} << kWindowBits;
    for (std::size_t i = 0; (scalar[0] | scalar[1] | scalar[2] | scalar[3]) != 0; ++i) {
        if (scalar[0] % 2 != 0) {
            const std::uint64_t low = scalar[0] % kModulus;
            if (low >= kModulus / 2) {
                digits[i] =
                    static_cast<std::int8_t>(static_cast<int>(low) - static_cast<int>(kModulus));
                limbs::add_to(scalar, {kModulus - low, 0, 0, 0});
            } else {
                digits[i] = static_cast<std::int8_t>(low);
                scalar[0] -= low;
            }
        }
        for (std::size_t j = 0; j < 3; ++j)
            scalar[j] = (scalar[j] >> 1) | (scalar[j + 1] << 63);
        scalar[3] >>= 1;
    }
    return digits;
}

}  // namespace

Felt curve_y_squared(const Felt& x) {
    return x * x * x + x + kCurveBeta;
}

bool is_on_curve(const CurvePoint& point) {
    return point.y * point.y == curve_y_squared(point.x);
}

std::optional<Felt> curve_y(const Felt& x) {
    return curve_y_squared(x).sqrt();
}

AffinePoint XyzzPoint::to_affine() const {
    const MontgomeryFelt inverse_cube = zzz.inverse();
    const MontgomeryFelt inverse = zz * inverse_cube;
    return {x * inverse.square(), y * inverse_cube};
}

XyzzPoint twice(const XyzzPoint& point) {
    const MontgomeryFelt u = point.y.twice();
    const MontgomeryFelt v = u.square();
    const MontgomeryFelt w = u * v;
    const MontgomeryFelt s = point.x * v;
    const MontgomeryFelt x_squared = point.x.square();
    const MontgomeryFelt m = x_squared.twice() + x_squared + point.zz.square();
    const MontgomeryFelt x3 = m.square() - s.twice();
    return {x3, m * (s - x3) - w * point.y, v * point.zz, w * point.zzz};
}

XyzzPoint twice(const AffinePoint& point) {
    const MontgomeryFelt u = point.y.twice();
    const MontgomeryFelt v = u.square();
    const MontgomeryFelt w = u * v;
    const MontgomeryFelt s = point.x * v;
    const MontgomeryFelt x_squared = point.x.square();
    const MontgomeryFelt m = x_squared.twice() + x_squared + MontgomeryFelt::one();
    const MontgomeryFelt x3 = m.square() - s.twice();
    return {x3, m * (s - x3) - w * point.y, v, w};
}

XyzzPoint operator+(const XyzzPoint& a, const XyzzPoint& b) {
    if (a.is_infinity())
        return b;
    if (b.is_infinity())
        return a;
    const MontgomeryFelt x1 = a.x * b.zz, y1 = a.y * b.zzz;
    const MontgomeryFelt p = b.x * a.zz - x1, r = b.y * a.zzz - y1;
    if (p.is_zero()) [[unlikely]]
        return r.is_zero() ? twice(a) : XyzzPoint();
    return finish_add(x1, y1, p, r, a.zz * b.zz, a.zzz * b.zzz);
}

XyzzPoint add_with_difference(const XyzzPoint& a, const AffinePoint& b,
                              const MontgomeryFelt& difference) {
    return finish_add(a.x, a.y, difference, b.y * a.zzz - a.y, a.zz, a.zzz);
}

XyzzPoint add_with_difference(const XyzzPoint& a, const XyzzPoint& b, const MontgomeryFelt& a_x,
                              const MontgomeryFelt& difference) {
    const MontgomeryFelt a_y = a.y * b.zzz;
    return finish_add(a_x, a_y, difference, b.y * a.zzz - a_y, a.zz * b.zz, a.zzz * b.zzz);
}

XyzzPoint operator+(const XyzzPoint& a, const AffinePoint& b) {
    if (a.is_infinity())
        return XyzzPoint(b);
    const MontgomeryFelt p = b.x * a.zz - a.x, r = b.y * a.zzz - a.y;
    if (p.is_zero()) [[unlikely]]
        return r.is_zero() ? twice(b) : XyzzPoint();
    return finish_add(a.x, a.y, p, r, a.zz, a.zzz);
}

XyzzPoint scalar_mul(const AffinePoint& point, const Limbs& scalar) {
    const auto digits = signed_digits(scalar);
    std::array<XyzzPoint, kOddMultiples> odd;
    odd[0] = XyzzPoint(point);
    const XyzzPoint doubled = twice(point);
    for (std::size_t i = 1; i < kOddMultiples; ++i)
        odd[i] = odd[i - 1] + doubled;
    XyzzPoint sum;
    for (std::size_t i = digits.size(); i-- > 0;) {
        if (!sum.is_infinity())
            sum = twice(sum);
        if (digits[i] > 0)
            sum = sum + odd[static_cast<std::size_t>(digits[i]) / 2];
        else if (digits[i] < 0)
            sum = sum + -odd[static_cast<std::size_t>(-digits[i]) / 2];
    }
    return sum;
}

}  // namespace blockexecd::vm
