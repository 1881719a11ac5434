// SPDX-License-Identifier: Apache-2.0
// Field arithmetic against big integers, on edges and random values, for whichever path the
// processor selects.
#include "vm/felt/felt.hpp"

#include <gtest/gtest.h>

#include "tests/vm/felt/felt_samples.hpp"
#include "vm/felt/cpu.hpp"
#include "vm/felt/limbs_adx.hpp"

namespace blockexecd::vm {
namespace {

using test::cpp_int;
using test::prime;
using test::to_felt;
using test::to_int;

void expect_operations_match(const Felt& a, const Felt& b) {
    const cpp_int x = to_int(a), y = to_int(b);
    ASSERT_EQ(a + b, to_felt(x + y)) << a.to_hex() << " + " << b.to_hex();
    ASSERT_EQ(a - b, to_felt(x - y)) << a.to_hex() << " - " << b.to_hex();
    ASSERT_EQ(a * b, to_felt(x * y)) << a.to_hex() << " * " << b.to_hex();
    ASSERT_EQ(a < b, x < y);
    ASSERT_EQ(a == b, x == y);
}

TEST(Felt, OperationsOnEdgesMatchBigIntegers) {
    const auto edges = test::edge_felts();
    for (const Felt& a : edges)
        for (const Felt& b : edges)
            expect_operations_match(a, b);
}

TEST(Felt, OperationsOnRandomValuesMatchBigIntegers) {
    test::RandomFelts random;
    for (int i = 0; i < 100'000; ++i)
        expect_operations_match(random.next_of_any_size(), random.next_of_any_size());
}

#if defined(__x86_64__)
TEST(Felt, BothMultiplicationPathsAgree) {
    if (!cpu::kHasAdx)
        GTEST_SKIP() << "no BMI2 and ADX, or forced to the baseline";
    const auto check = [](const Limbs& a, const Limbs& b) {
        ASSERT_EQ(limbs::mul_mod_p_adx(a, b), limbs::reduce_product(limbs::mul_wide(a, b)));
        ASSERT_EQ(limbs::mul_wide_adx(a, b), limbs::mul_wide(a, b));
        ASSERT_EQ(limbs::montgomery_mul_adx(a, b), limbs::montgomery_reduce(limbs::mul_wide(a, b)));
        ASSERT_EQ(limbs::montgomery_square_adx(a), limbs::montgomery_reduce(limbs::mul_wide(a, a)));
    };
    const auto edges = test::edge_felts();
    for (const Felt& a : edges)
        for (const Felt& b : edges)
            check(a.limbs(), b.limbs());
    test::RandomFelts random;
    for (int i = 0; i < 100'000; ++i)
        check(random.next().limbs(), random.next().limbs());
}

TEST(Felt, UnreducedProductsAreCongruentAndBounded) {
    if (!cpu::kHasAdx)
        GTEST_SKIP() << "no BMI2 and ADX, or forced to the baseline";
    const cpp_int radix = cpp_int(1) << 256;
    const auto check = [&](const Limbs& a, const Limbs& b) {
        const cpp_int product = to_int(a) * to_int(b), square = to_int(a) * to_int(a);
        const cpp_int got = to_int(limbs::unreduced_mul_adx(a, b));
        ASSERT_EQ(got * radix % prime(), product % prime());
        ASSERT_LE(got, product / radix + prime());
        const cpp_int got_square = to_int(limbs::unreduced_square_adx(a));
        ASSERT_EQ(got_square * radix % prime(), square % prime());
        ASSERT_LE(got_square, square / radix + 2 * prime());
    };
    constexpr std::uint64_t kTopWord = UINT64_MAX >> 1;
    std::vector<Limbs> values{{UINT64_MAX, UINT64_MAX, UINT64_MAX, kTopWord}, {0, 0, 0, kTopWord}};
    for (const Felt& edge : test::edge_felts())
        for (const std::uint64_t primes : {0, 1, 6}) {
            values.push_back(edge.limbs());
            limbs::add_to(values.back(), {primes, 0, 0, primes * limbs::kP3});
        }
    for (const Limbs& a : values)
        for (const Limbs& b : values)
            check(a, b);
    test::RandomFelts random;
    for (int i = 0; i < 10'000; ++i) {
        Limbs a = random.next().limbs(), b = random.next().limbs();
        a[3] <<= 4;
        b[3] <<= 4;
        check(a, b);
    }
}
#endif

TEST(Felt, PortablePathsMatchBigIntegers) {
    const cpp_int radix = cpp_int(1) << 256;
    const auto check = [&](const Limbs& a, const Limbs& b) {
        const cpp_int product = to_int(a) * to_int(b);
        ASSERT_EQ(to_int(limbs::reduce_product(limbs::mul_wide(a, b))), product % prime());
        ASSERT_EQ(to_int(limbs::montgomery_reduce(limbs::mul_wide(a, b))) * radix % prime(),
                  product % prime());
    };
    const auto edges = test::edge_felts();
    for (const Felt& a : edges)
        for (const Felt& b : edges)
            check(a.limbs(), b.limbs());
    test::RandomFelts random;
    for (int i = 0; i < 10'000; ++i)
        check(random.next().limbs(), random.next().limbs());
}

TEST(Felt, ReducesAny256BitValue) {
    test::RandomFelts random;
    const auto check = [](const Limbs& value) {
        ASSERT_EQ(to_int(Felt::from_limbs_mod_p(value)), to_int(value) % prime());
    };
    for (unsigned multiple = 0; multiple < 32; ++multiple)
        for (int offset = -1; offset <= 1; ++offset)
            if (multiple != 0 || offset >= 0)
                check(test::to_limbs(prime() * multiple + offset));
    check({~0ULL, ~0ULL, ~0ULL, ~0ULL});
    for (int i = 0; i < 10'000; ++i)
        check({random.word(), random.word(), random.word(), random.word()});
}

TEST(Felt, InverseTimesValueIsOne) {
    EXPECT_FALSE(Felt(0).inverse().has_value());
    test::RandomFelts random;
    auto felts = test::edge_felts();
    for (int i = 0; i < 20'000; ++i)
        felts.push_back(random.next_of_any_size());
    for (const Felt& felt : felts) {
        if (felt.is_zero())
            continue;
        const auto inverse = felt.inverse();
        ASSERT_TRUE(inverse.has_value());
        ASSERT_LT(to_int(*inverse), prime());
        ASSERT_EQ(felt * *inverse, Felt(1)) << felt.to_hex();
    }
}

TEST(Felt, SquareRootIsTheSmallerOne) {
    test::RandomFelts random;
    auto felts = test::edge_felts();
    for (int i = 0; i < 5'000; ++i)
        felts.push_back(random.next_of_any_size());
    for (const Felt& felt : felts) {
        const auto root = (felt * felt).sqrt();
        ASSERT_TRUE(root.has_value()) << felt.to_hex();
        ASSERT_EQ(*root, std::min(felt, -felt));
        if (!felt.is_zero()) {
            // 3 is a non-residue.
            ASSERT_FALSE((felt * felt * Felt(3)).sqrt().has_value());
        }
    }
}

TEST(Felt, PowerFollowsTheExponent) {
    EXPECT_EQ(Felt(3).pow({0, 0, 0, 0}), Felt(1));
    EXPECT_EQ(Felt(3).pow({5, 0, 0, 0}), Felt(243));
    // Fermat: a^(p-1) = 1, and 3 generates the group.
    EXPECT_EQ(Felt(3).pow({0, 0, 0, limbs::kP3}), Felt(1));
    EXPECT_EQ(Felt(3).pow({0, 0, 0x8000000000000000ULL, limbs::kP3 >> 1}), -Felt(1));
}

TEST(Felt, BitLengthCountsFromTheTop) {
    EXPECT_EQ(Felt(0).bit_length(), 0U);
    EXPECT_EQ(Felt(1).bit_length(), 1U);
    EXPECT_EQ(Felt(~0ULL).bit_length(), 64U);
    EXPECT_EQ(Felt::from_u128(0, 1).bit_length(), 65U);
    EXPECT_EQ((-Felt(1)).bit_length(), 252U);
}

TEST(Felt, NegativeIntegersCountFromThePrime) {
    EXPECT_EQ(Felt::from_i64(-1), -Felt(1));
    EXPECT_EQ(Felt::from_i64(INT64_MIN) + Felt(1ULL << 63), Felt(0));
    EXPECT_EQ(Felt::from_i64(7), Felt(7));
}

}  // namespace
}  // namespace blockexecd::vm
