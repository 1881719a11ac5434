// SPDX-License-Identifier: Apache-2.0
// Signatures: starknet-crypto's vectors, signatures made here, and what the reference rejects.
#include "vm/crypto/ecdsa.hpp"

#include <gtest/gtest.h>

#include "tests/vm/felt/felt_samples.hpp"
#include "vm/crypto/curve_scalar.hpp"
#include "vm/crypto/fixed_base.hpp"
#include "vm/crypto/stark_curve.hpp"

namespace blockexecd::vm {
namespace {

using test::cpp_int;

Felt hex(std::string_view text) {
    return Felt::from_hex(text).value();
}

const Felt kKey = hex("0x1ef15c18599971b7beced415a40f0c7deacfd9b0d1819e03d723d8bc943cfca");
const Felt kR = hex("0x411494b501a98abd8262b0da1351e17899a0c4ef23dd2f96fec5ba847310b20");
const Felt kS = hex("0x405c3191ab3883ef2b763af35bc5f5d15b3b4e99461d70e84c654a351a7c81b");

struct Signature {
    Felt r;
    Felt s;
};

Signature sign(const Felt& private_key, const Felt& message, const Felt& k) {
    const cpp_int order = test::to_int(kCurveOrder);
    const Felt r = generator_mul(k.limbs()).affine_x().to_felt();
    const cpp_int inverse = test::to_int(inverse_mod_order(k.limbs()));
    const cpp_int s = (test::to_int(r) * test::to_int(private_key) + test::to_int(message)) %
                      order * inverse % order;
    return {r, test::to_felt(s)};
}

TEST(CurveScalar, MatchesBigIntegers) {
    test::RandomFelts random;
    const cpp_int order = test::to_int(kCurveOrder);
    for (int i = 0; i < 2000; ++i) {
        cpp_int a = test::to_int(random.next()) % order,
                b = test::to_int(random.next_of_any_size()) % order;
        if (i < 3)
            a = order - 1 - i;
        ASSERT_EQ(test::to_int(mul_mod_order(test::to_limbs(a), test::to_limbs(b))), a * b % order);
        ASSERT_EQ(test::to_int(inverse_mod_order(test::to_limbs(a))) * a % order, 1);
    }
}

TEST(Ecdsa, AcceptsTheReferencesSignature) {
    EXPECT_TRUE(ecdsa_verify(kKey, 2, kR, kS));
}

TEST(Ecdsa, RejectsAnotherMessageKeyOrSignature) {
    EXPECT_FALSE(ecdsa_verify(kKey, 3, kR, kS));
    EXPECT_FALSE(ecdsa_verify(kKey, 2, kR + Felt(1), kS));
    EXPECT_FALSE(ecdsa_verify(kKey, 2, kR, kS + Felt(1)));
    EXPECT_FALSE(
        ecdsa_verify(hex("0x77a4b314db07c45076d11f62b6f9e748a39790441823307743cf00d6597ea43"),
                     hex("0x397e76d1667c4454bfb83514e120583af836f8e32a516765497823eabe16a3f"),
                     hex("0x173fd03d8b008ee7432977ac27d1e9d1a1f6c98b1a2f05fa84a21c84c44e882"),
                     hex("0x1f2c44a7798f55192f153b4c48ea5c1241fbb69e6132cc8a0da9c5b62a4286e")));
    // An abscissa without a point.
    const Felt no_point = hex("0x3ee9bffffffffff26ffffffff60ffffffffffffffffffffffffffff004accff");
    ASSERT_FALSE(curve_y(no_point).has_value());
    EXPECT_FALSE(ecdsa_verify(no_point, 2, kR, kS));
}

TEST(Ecdsa, RejectsValuesOutOfRange) {
    const Felt bound = Felt(2).pow({251, 0, 0, 0});
    EXPECT_FALSE(ecdsa_verify(kKey, bound, kR, kS));
    EXPECT_FALSE(ecdsa_verify(kKey, 2, bound, kS));
    EXPECT_FALSE(ecdsa_verify(kKey, 2, kR, bound));
    EXPECT_FALSE(ecdsa_verify(kKey, 2, 0, kS));
    EXPECT_FALSE(ecdsa_verify(kKey, 2, kR, 0));
}

TEST(Ecdsa, AcceptsWhatItSignsUnderEitherSignOfTheKey) {
    test::RandomFelts random;
    int accepted = 0;
    for (int i = 0; i < 100; ++i) {
        const Felt key = random.next(), message = random.next(), k = random.next();
        const auto [r, s] = sign(key, message, k);
        const Felt public_key = generator_mul(key.limbs()).affine_x().to_felt();
        const bool in_range = [&] {
            for (const Felt& value :
                 {message, r, s, Felt::from_canonical(inverse_mod_order(s.limbs()))})
                if (value.bit_length() > 251)
                    return false;
            return true;
        }();
        ASSERT_EQ(ecdsa_verify(public_key, message, r, s), in_range);
        accepted += in_range ? 1 : 0;
        // N - s belongs to the opposite point, which has the same abscissa.
        const Felt opposite = test::to_felt(test::to_int(kCurveOrder) - test::to_int(s));
        ASSERT_EQ(ecdsa_verify(public_key, message, r, opposite), in_range);
        ASSERT_FALSE(ecdsa_verify(public_key, message + Felt(1), r, s));
    }
    EXPECT_GT(accepted, 90);
}

TEST(Ecdsa, ASumAtInfinityIsNoSignature) {
    // message * w * G = -r * w * Q for the key with private part -message / r.
    const cpp_int order = test::to_int(kCurveOrder);
    const cpp_int r = 12345, message = 678;
    const cpp_int inverse = test::to_int(inverse_mod_order(test::to_limbs(r)));
    const cpp_int key = (order - message) * inverse % order;
    const Felt public_key = generator_mul(test::to_limbs(key)).affine_x().to_felt();
    EXPECT_FALSE(ecdsa_verify(public_key, test::to_felt(message), test::to_felt(r), 1));
}

}  // namespace
}  // namespace blockexecd::vm
