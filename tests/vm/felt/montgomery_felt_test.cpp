// SPDX-License-Identifier: Apache-2.0
// The Montgomery form computes the same field as the canonical one.
#include "vm/felt/montgomery_felt.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/vm/felt/felt_samples.hpp"

namespace blockexecd::vm {
namespace {

TEST(MontgomeryFelt, OperationsMatchCanonicalFelts) {
    const auto check = [](const Felt& a, const Felt& b) {
        const MontgomeryFelt x(a), y(b);
        ASSERT_EQ(x.to_felt(), a);
        ASSERT_EQ((x + y).to_felt(), a + b);
        ASSERT_EQ((x - y).to_felt(), a - b);
        ASSERT_EQ((-x).to_felt(), -a);
        ASSERT_EQ((x * y).to_felt(), a * b);
        ASSERT_EQ(x.square().to_felt(), a * a);
        ASSERT_EQ(x == y, a == b);
    };
    const auto edges = test::edge_felts();
    for (const Felt& a : edges)
        for (const Felt& b : edges)
            check(a, b);
    test::RandomFelts random;
    for (int i = 0; i < 100'000; ++i)
        check(random.next(), random.next());
}

TEST(MontgomeryFelt, ConstantExpressionsAgreeWithRunTime) {
    constexpr MontgomeryFelt kSeven{Felt(7)};
    constexpr MontgomeryFelt kFortyNine = kSeven * kSeven;
    static_assert(kFortyNine.to_felt() == Felt(49));
    EXPECT_EQ(MontgomeryFelt(Felt(7)).square(), kFortyNine);
    EXPECT_EQ(MontgomeryFelt::one().to_felt(), Felt(1));
}

TEST(MontgomeryFelt, InverseAndRootMatchCanonicalFelts) {
    test::RandomFelts random;
    for (int i = 0; i < 1000; ++i) {
        const Felt felt = random.next();
        EXPECT_EQ(MontgomeryFelt(felt).inverse().to_felt(), *felt.inverse());
        const auto root = MontgomeryFelt(felt).sqrt();
        EXPECT_EQ(root.has_value(), felt.sqrt().has_value());
        if (root) {
            EXPECT_EQ(root->square().to_felt(), felt);
        }
    }
}

TEST(MontgomeryFelt, BatchInversionLeavesZeros) {
    test::RandomFelts random;
    std::vector<MontgomeryFelt> values;
    for (int i = 0; i < 50; ++i)
        values.emplace_back(i % 7 == 0 ? Felt(0) : random.next());
    auto inverses = values;
    invert_batch(inverses);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (values[i].is_zero())
            EXPECT_TRUE(inverses[i].is_zero());
        else
            EXPECT_EQ(values[i] * inverses[i], MontgomeryFelt::one());
    }
    invert_batch({});
}

}  // namespace
}  // namespace blockexecd::vm
