// SPDX-License-Identifier: Apache-2.0
// The group laws of secp256k1 and secp256r1 as the system calls see them.
#include "vm/crypto/secp.hpp"

#include <gtest/gtest.h>

#include "tests/vm/felt/felt_samples.hpp"

namespace blockexecd::vm {
namespace {

using test::cpp_int;

U256 u256(const char* text) {
    return test::to_limbs(cpp_int(text));
}

struct Known {
    SecpCurve curve;
    SecpPoint generator;
    SecpPoint doubled;
    U256 order;
    U256 modulus;
};

const Known kKnown[] = {
    {SecpCurve::k1,
     {u256("0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
      u256("0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8")},
     {u256("0xc6047f9441ed7d6d3045406e95c07cd85c778e4b8cef3ca7abac09b95c709ee5"),
      u256("0x1ae168fea63dc339a3c58419466ceaeef7f632653266d0e1236431a950cfe52a")},
     u256("0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"),
     u256("0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f")},
    {SecpCurve::r1,
     {u256("0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
      u256("0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")},
     {u256("0x7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978"),
      u256("0x07775510db8ed040293d9ac69f7430dbba7dade63ce982299e04b79d227873d1")},
     u256("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
     u256("0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff")},
};

class Secp : public testing::TestWithParam<Known> {};

TEST_P(Secp, FieldEndsAtTheModulus) {
    const auto& known = GetParam();
    EXPECT_FALSE(secp_in_field(known.curve, known.modulus));
    EXPECT_TRUE(secp_in_field(known.curve, test::to_limbs(test::to_int(known.modulus) - 1)));
    EXPECT_TRUE(secp_in_field(known.curve, {}));
}

TEST_P(Secp, NewTakesPointsOfTheCurveAndInfinity) {
    const auto& known = GetParam();
    EXPECT_EQ(secp_new(known.curve, known.generator.x, known.generator.y), known.generator);
    EXPECT_EQ(secp_new(known.curve, {}, {}), SecpPoint());
    EXPECT_EQ(secp_new(known.curve, known.generator.x, known.doubled.y), std::nullopt);
    EXPECT_EQ(secp_new(known.curve, {}, {1}), std::nullopt);
}

TEST_P(Secp, FromXChoosesTheParity) {
    const auto& known = GetParam();
    for (const SecpPoint& point : {known.generator, known.doubled}) {
        const bool odd = point.y[0] % 2 != 0;
        EXPECT_EQ(secp_from_x(known.curve, point.x, odd), point);
        const auto other = secp_from_x(known.curve, point.x, !odd);
        ASSERT_TRUE(other.has_value());
        EXPECT_EQ(test::to_int(other->y) + test::to_int(point.y), test::to_int(known.modulus));
        EXPECT_EQ(secp_add(known.curve, *other, point), SecpPoint());
    }
}

TEST_P(Secp, FromXFindsNothingOffTheCurve) {
    const auto& known = GetParam();
    int missing = 0;
    for (std::uint64_t x = 0; x < 32; ++x)
        missing += secp_from_x(known.curve, {x}, false).has_value() ? 0 : 1;
    EXPECT_GT(missing, 4);
    EXPECT_LT(missing, 28);
    // x = 0: 7 is no square modulo the first field; the second curve has a point there.
    EXPECT_EQ(secp_from_x(known.curve, {}, true).has_value(), known.curve == SecpCurve::r1);
}

TEST_P(Secp, AddsAndMultiplies) {
    const auto& known = GetParam();
    const SecpPoint infinity;
    EXPECT_EQ(secp_add(known.curve, known.generator, known.generator), known.doubled);
    EXPECT_EQ(secp_add(known.curve, known.generator, infinity), known.generator);
    EXPECT_EQ(secp_add(known.curve, infinity, infinity), infinity);
    EXPECT_EQ(secp_mul(known.curve, known.generator, {2}), known.doubled);
    EXPECT_EQ(secp_mul(known.curve, known.generator, {}), infinity);
    EXPECT_EQ(secp_mul(known.curve, known.generator, known.order), infinity);
    EXPECT_EQ(secp_mul(known.curve, infinity, {5}), infinity);
    // A scalar above the order counts modulo it.
    EXPECT_EQ(secp_mul(known.curve, known.doubled, test::to_limbs(test::to_int(known.order) + 1)),
              known.doubled);
    const U256 all_ones{~0ULL, ~0ULL, ~0ULL, ~0ULL};
    EXPECT_EQ(secp_mul(known.curve, known.generator, all_ones),
              secp_mul(known.curve, known.generator,
                       test::to_limbs(test::to_int(all_ones) % test::to_int(known.order))));
}

INSTANTIATE_TEST_SUITE_P(Curves, Secp, testing::ValuesIn(kKnown), [](const auto& info) {
    return info.param.curve == SecpCurve::k1 ? "k1" : "r1";
});

}  // namespace
}  // namespace blockexecd::vm
