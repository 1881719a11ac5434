// SPDX-License-Identifier: Apache-2.0
// The builtin's P + m Q, with the reference's vectors and its failures.
#include "vm/crypto/ec_op.hpp"

#include <gtest/gtest.h>

#include "tests/vm/felt/felt_samples.hpp"

namespace blockexecd::vm {
namespace {

Felt hex(std::string_view text) {
    return Felt::from_hex(text).value();
}
Felt decimal(std::string_view text) {
    return Felt::from_decimal(text).value();
}

const CurvePoint kP{hex("0x6f0a1ddaf19c44781c8946db396f494a10ffab183c2d8cf6c4cd321a8d87fd9"),
                    hex("0x4afa52a9ef8c023d3385fddb6e1d78d57b0693b9b02d45d0f939b526d474c39")};

CurvePoint multiple(const CurvePoint& point, const test::cpp_int& scalar) {
    const auto reduced = scalar % test::to_int(kCurveOrder);
    return scalar_mul(AffinePoint(point), test::to_limbs(reduced)).to_affine().to_point();
}

TEST(EcOp, MatchesTheReferencesVectors) {
    EXPECT_EQ(
        ec_op_builtin(kP, kCurveGenerator, 34).value(),
        (CurvePoint{
            decimal("1977874238339000383330315148209250828062304908491266318460063803060754089297"),
            decimal(
                "2969386888251099938335087541720168257053975603483053253007176033556822156706")}));
    const CurvePoint p{hex("0x68caa9509b7c2e90b4d92661cbf7c465471c1e8598c5f989691eef6653e0f38"),
                       hex("0x79a8673f498531002fc549e06ff2010ffc0c191cceb7da5532acb95cdcb591")};
    EXPECT_EQ(
        ec_op_builtin(p, kCurveGenerator, 34).value(),
        (CurvePoint{
            decimal("2778063437308421278851140253538604815869848682781135193774472480292420096757"),
            decimal(
                "3598390311618116577316045819420613574162151407434885460365915347732568210029")}));
}

TEST(EcOp, EqualsTheGroupsSum) {
    test::RandomFelts random;
    const auto expect = [](const CurvePoint& q, const Felt& m) {
        const auto result = ec_op_builtin(kP, q, m);
        ASSERT_TRUE(result.has_value()) << m.to_hex();
        const XyzzPoint product = scalar_mul(AffinePoint(q), m.limbs());
        ASSERT_EQ(*result, (product + AffinePoint(kP)).to_affine().to_point()) << m.to_hex();
    };
    for (const Felt& m : test::edge_felts()) {
        expect(kCurveGenerator, m);
        expect(multiple(kCurveGenerator, 77), m);
    }
    for (int i = 0; i < 50; ++i) {
        const Felt m = random.next_of_any_size();
        expect(kCurveGenerator, m);
        expect(multiple(kCurveGenerator, test::to_int(random.next())), m);
    }
}

TEST(EcOp, FailsOnEqualAbscissasWithTheStepsPoints) {
    const auto result = ec_op_builtin(kP, kP, 34);
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().kind(), ErrorKind::runner);
    const std::string point =
        "(0x6f0a1ddaf19c44781c8946db396f494a10ffab183c2d8cf6c4cd321a8d87fd9, "
        "0x4afa52a9ef8c023d3385fddb6e1d78d57b0693b9b02d45d0f939b526d474c39)";
    EXPECT_EQ(
        result.error().message(),
        "Cannot apply EC operation: computation reached two points with the same x coordinate. \n\n"
        "    Attempting to compute P + m * Q where:\n\n    P = " +
            point + " \n\n    m = 34\n\n    Q = " + point + ".");
    EXPECT_EQ(ec_op_builtin(kP, kP, 0).value(), kP);
}

TEST(EcOp, FailsAtAnyStepOfEitherSign) {
    for (const CurvePoint& q : {kCurveGenerator, kP}) {
        const test::cpp_int order = test::to_int(kCurveOrder);
        for (const unsigned step : {0U, 1U, 5U, 100U, 250U}) {
            const test::cpp_int power = test::cpp_int(1) << step;
            // With m = 2^step all lower bits are 0: the sum is still p when it meets 2^step q.
            for (const test::cpp_int& factor : {power, test::cpp_int(order - power)}) {
                const CurvePoint p = multiple(q, factor);
                const Felt m = test::to_felt(power);
                ASSERT_TRUE(ec_op_builtin(p, q, m).has_error()) << step;
                // One bit less never reaches that step.
                ASSERT_TRUE(step == 0 || ec_op_builtin(p, q, m - Felt(1)).has_value()) << step;
                // A higher zero bit meets it as well.
                ASSERT_TRUE(ec_op_builtin(p, q, m + m).has_error()) << step;
            }
        }
    }
}

}  // namespace
}  // namespace blockexecd::vm
