// SPDX-License-Identifier: Apache-2.0
// The group law of the Stark curve.
#include "vm/crypto/stark_curve.hpp"

#include <gtest/gtest.h>

#include "tests/vm/felt/felt_samples.hpp"
#include "vm/crypto/fixed_base.hpp"

namespace blockexecd::vm {
namespace {

using test::cpp_int;

const AffinePoint kG{kCurveGenerator};

CurvePoint affine(const XyzzPoint& point) {
    return point.to_affine().to_point();
}
Limbs scalar(const cpp_int& value) {
    return test::to_limbs(value);
}
cpp_int order() {
    return test::to_int(kCurveOrder);
}

TEST(StarkCurve, TheGeneratorHasTheCurvesOrder) {
    EXPECT_TRUE(is_on_curve(kCurveGenerator));
    EXPECT_TRUE(scalar_mul(kG, kCurveOrder).is_infinity());
    EXPECT_EQ(affine(scalar_mul(kG, scalar(order() - 1))), (-kG).to_point());
    EXPECT_EQ(affine(scalar_mul(kG, scalar(order() + 1))), kCurveGenerator);
    EXPECT_TRUE(scalar_mul(kG, {}).is_infinity());
}

TEST(StarkCurve, AddsAsTheReferencesAffinePoint) {
    const CurvePoint p{
        Felt::from_hex("0x2d39148a92f479fb077389d").value(),
        Felt::from_hex("0x6e5d97edf7283fe7a7fe9deef2619224f42cb1bd531dd23380ad066c61ee20b")
            .value()};
    const CurvePoint twice_p{
        Felt::from_hex("0x23a1c9a32dd397fb1e7f758b9089757c1223057aea1d8b52cbec583ad74eaab").value(),
        Felt::from_hex("0x466880caf4086bac129ae52ee98ddf75b2b394ae7c7ed1a19d9c61aa1f69f62")
            .value()};
    ASSERT_TRUE(is_on_curve(p));
    const AffinePoint point(p);
    EXPECT_EQ(affine(twice(point)), twice_p);
    EXPECT_EQ(affine(XyzzPoint(point) + point), twice_p);
    EXPECT_EQ(affine(XyzzPoint(point) + XyzzPoint(point)), twice_p);
    EXPECT_EQ(affine(twice(XyzzPoint(point))), twice_p);
}

TEST(StarkCurve, InfinityIsNeutralAndOppositesCancel) {
    const XyzzPoint g(kG), infinity;
    EXPECT_EQ(affine(infinity + g), kCurveGenerator);
    EXPECT_EQ(affine(g + infinity), kCurveGenerator);
    EXPECT_EQ(affine(infinity + kG), kCurveGenerator);
    EXPECT_TRUE((g + -g).is_infinity());
    EXPECT_TRUE((g + -kG).is_infinity());
    EXPECT_TRUE((infinity + infinity).is_infinity());
}

TEST(StarkCurve, ScalarsDistributeOverTheGroup) {
    test::RandomFelts random;
    for (int i = 0; i < 50; ++i) {
        const cpp_int a = test::to_int(random.next()), b = test::to_int(random.next());
        const AffinePoint base = scalar_mul(kG, scalar(test::to_int(random.next()))).to_affine();
        ASSERT_TRUE(is_on_curve(base.to_point()));
        const auto left = scalar_mul(base, scalar(a)) + scalar_mul(base, scalar(b));
        ASSERT_EQ(affine(left), affine(scalar_mul(base, scalar((a + b) % order()))));
        // (a b) P = a (b P).
        ASSERT_EQ(affine(scalar_mul(scalar_mul(base, scalar(b)).to_affine(), scalar(a))),
                  affine(scalar_mul(base, scalar(a * b % order()))));
    }
}

TEST(StarkCurve, GeneratorTablesEqualTheGeneralProduct) {
    test::RandomFelts random;
    for (const auto& felt : test::edge_felts()) {
        if (!felt.is_zero()) {
            ASSERT_EQ(affine(generator_mul(felt.limbs())), affine(scalar_mul(kG, felt.limbs())));
        }
    }
    EXPECT_TRUE(generator_mul({}).is_infinity());
    EXPECT_TRUE(generator_mul(kCurveOrder).is_infinity());
    for (int i = 0; i < 100; ++i) {
        const Felt felt = random.next();
        ASSERT_EQ(affine(generator_mul(felt.limbs())), affine(scalar_mul(kG, felt.limbs())));
    }
}

TEST(StarkCurve, OrdinateIsTheSmallerRoot) {
    test::RandomFelts random;
    int found = 0;
    for (int i = 0; i < 200; ++i) {
        const Felt x = random.next();
        const auto y = curve_y(x);
        if (!y)
            continue;
        ++found;
        ASSERT_TRUE(is_on_curve({x, *y}));
        ASSERT_LE(*y, -*y);
        ASSERT_FALSE(is_on_curve({x, *y + Felt(1)}) && *y + Felt(1) != -*y);
    }
    EXPECT_GT(found, 60);
    EXPECT_LT(found, 140);
}

}  // namespace
}  // namespace blockexecd::vm
