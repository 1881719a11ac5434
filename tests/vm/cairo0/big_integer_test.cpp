// SPDX-License-Identifier: Apache-2.0
// The hints' integers in fixed words: what is computed in them is what plain integers give.
#include "vm/cairo0/hints/big_integer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "vm/cairo0/hints/limbs.hpp"

namespace blockexecd::vm::cairo0 {
namespace {

class RandomIntegers {
  public:
    BigInt next(unsigned max_words) {
        BigInt value = 0;
        const std::uint64_t words = engine_() % (max_words + 1);
        for (std::uint64_t i = 0; i < words; ++i)
            value = (value << 64) + (engine_() % 4 == 0 ? UINT64_MAX : engine_());
        value >>= engine_() % 64;
        return engine_() % 2 == 0 ? value : BigInt(-value);
    }
    Felt felt() {
        Felt::Limbs limbs{engine_(), engine_(), engine_(), engine_()};
        for (std::size_t i = engine_() % 5; i < 4; ++i)
            limbs[i] = 0;
        const Felt felt = Felt::from_limbs_mod_p(limbs);
        return engine_() % 2 == 0 ? felt : -felt;
    }

  private:
    std::mt19937_64 engine_{86};
};

// Dividends of up to 20 words, which are beyond the fixed ones.
TEST(BigInteger, DivisionRoundsDown) {
    RandomIntegers random;
    for (int i = 0; i < 20000; ++i) {
        const BigInt divisor = random.next(6);
        if (divisor == 0)
            continue;
        const BigInt value = i % 5 == 0 ? BigInt(divisor * random.next(4)) : random.next(20);
        const auto [quotient, remainder] = floor_div_mod(value, divisor);
        ASSERT_EQ(quotient * divisor + remainder, value) << value << ' ' << divisor;
        ASSERT_TRUE(remainder == 0 || (remainder < 0) == (divisor < 0));
        ASSERT_LT(abs(remainder), abs(divisor));
        ASSERT_EQ(floor_mod(value, divisor), remainder);
    }
}

TEST(BigInteger, LimbsArePackedAroundAPrime) {
    const auto around = [](const Felt& limb, const BigInt& prime) {
        const BigInt value = to_integer(limb);
        return value > prime / 2 ? BigInt(value - prime) : value;
    };
    const BigInt one = 1;
    const Felt half = to_felt(cairo_prime() / 2);
    RandomIntegers random;
    for (const BigInt& prime : {cairo_prime(), BigInt((one << 256) - (one << 32) - 977),
                                BigInt((one << 255) - 19), BigInt(7)})
        for (int i = 0; i < 3000; ++i) {
            std::array<Felt, 3> limbs{random.felt(), random.felt(), random.felt()};
            if (i < 9)
                limbs[i % 3] = half + Felt(static_cast<std::uint64_t>(i / 3)) - Felt(1);
            const BigInt expected = around(limbs[0], prime) + (around(limbs[1], prime) << 86) +
                                    (around(limbs[2], prime) << 172);
            ASSERT_EQ(pack86(limbs.data(), prime), expected);
            if (prime == cairo_prime()) {
                ASSERT_EQ(pack86(limbs.data()), expected);
            }
        }
}

}  // namespace
}  // namespace blockexecd::vm::cairo0
