// SPDX-License-Identifier: Apache-2.0
// Quotients and remainders of felts as integers.
#include "vm/felt/integer_division.hpp"

#include <gtest/gtest.h>

#include "tests/vm/felt/felt_samples.hpp"

namespace blockexecd::vm {
namespace {

void expect_division(const Felt& value, const Felt& divisor) {
    const auto [quotient, remainder] = divide_integers(value, divisor);
    const test::cpp_int a = test::to_int(value), b = test::to_int(divisor);
    ASSERT_EQ(test::to_int(quotient), a / b) << a << " / " << b;
    ASSERT_EQ(test::to_int(remainder), a % b) << a << " % " << b;
}

TEST(IntegerDivision, AtTheEndsOfWords) {
    for (const Felt& value : test::edge_felts())
        for (const Felt& divisor : test::edge_felts())
            if (!divisor.is_zero())
                expect_division(value, divisor);
}

TEST(IntegerDivision, OfRandomSizes) {
    test::RandomFelts random;
    for (int i = 0; i < 20000; ++i) {
        const Felt divisor = random.next_of_any_size();
        if (!divisor.is_zero())
            expect_division(random.next_of_any_size(), divisor);
    }
}

// The digits that the first two words of the divisor guess one too large.
TEST(IntegerDivision, DigitsThatAreTakenBack) {
    test::RandomFelts random;
    const test::cpp_int word = test::cpp_int(1) << 64;
    for (int i = 0; i < 2000; ++i) {
        const test::cpp_int divisor =
            (word >> 1) * word * word + random.word() % 4 * word + (word - 1);
        const test::cpp_int value =
            divisor * (random.word() >> 6) + divisor - 1 - random.word() % 3;
        expect_division(test::to_felt(value % test::prime()), test::to_felt(divisor >> 5));
        expect_division(test::to_felt(value % test::prime()), test::to_felt(divisor >> 8));
    }
}

// Divisors of two words, also where a digit is guessed from equal leading words.
TEST(IntegerDivision, ByTwoWords) {
    test::RandomFelts random;
    const test::cpp_int word = test::cpp_int(1) << 64;
    for (int i = 0; i < 5000; ++i) {
        const test::cpp_int divisor =
            (word - 1 - random.word() % 3 - (random.word() >> (i % 64))) * word +
            (i % 2 == 0 ? test::cpp_int(word - 1 - random.word() % 3)
                        : test::cpp_int(random.word() % 3));
        for (unsigned narrower : {0U, 1U, 37U, 63U}) {
            const Felt by = test::to_felt(divisor >> narrower);
            expect_division(test::to_felt((divisor * word - 1 - random.word() % 3) >> narrower),
                            by);
            expect_division(random.next_of_any_size(), by);
        }
    }
}

}  // namespace
}  // namespace blockexecd::vm
