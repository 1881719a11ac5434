// SPDX-License-Identifier: Apache-2.0
// Inverses modulo numbers that are known at run time only.
#include "vm/felt/modular_inverse.hpp"

#include <gtest/gtest.h>

#include "tests/vm/felt/felt_samples.hpp"

namespace blockexecd::vm {
namespace {

// value * inverse = 1 where there is an inverse, and there is one where nothing divides both.
void expect_inverse(const test::cpp_int& value, const test::cpp_int& modulus) {
    const auto inverse = inverse_mod_odd(test::to_limbs(value), test::to_limbs(modulus));
    const bool coprime = boost::multiprecision::gcd(value, modulus) == 1;
    ASSERT_EQ(inverse.has_value(), coprime) << value << " mod " << modulus;
    if (coprime) {
        ASSERT_EQ(test::to_int(*inverse) * value % modulus, 1) << value << " mod " << modulus;
    }
}

TEST(ModularInverse, SmallModuliExhaustively) {
    for (int modulus = 3; modulus < 130; modulus += 2)
        for (int value = 0; value < modulus; ++value)
            expect_inverse(value, modulus);
}

TEST(ModularInverse, LargeModuliPrimeOrNot) {
    test::RandomFelts random;
    const test::cpp_int one = 1;
    const std::vector<test::cpp_int> moduli{(one << 256) - 1, (one << 256) - (one << 32) - 977,
                                            (one << 255) - 19, (one << 255) + 1,
                                            ((one << 124) + 1) * ((one << 130) + 1)};
    for (const auto& modulus : moduli) {
        expect_inverse(0, modulus);
        expect_inverse(1, modulus);
        expect_inverse(modulus - 1, modulus);
        expect_inverse(modulus / 3, modulus);
        // Long runs of zeros and of ones, where eta leaves the table.
        for (unsigned bit = 0; bit < 256; ++bit) {
            expect_inverse((one << bit) % modulus, modulus);
            expect_inverse((modulus - (one << bit) % modulus) % modulus, modulus);
            expect_inverse(((modulus >> bit) << bit) % modulus, modulus);
        }
        for (int i = 0; i < 200; ++i)
            expect_inverse(test::to_int(random.next()) * 31 % modulus, modulus);
    }
}

}  // namespace
}  // namespace blockexecd::vm
