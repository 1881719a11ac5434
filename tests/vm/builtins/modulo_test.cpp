// SPDX-License-Identifier: Apache-2.0
// add_mod and mul_mod: filling from the first instance, and the checks of a secure run.
#include <gtest/gtest.h>

#include <random>

#include "vm/builtins/builtins.hpp"
#include "vm/builtins/mod_value.hpp"

namespace blockexecd::vm {
namespace {

template <class T>
std::string text(const Result<T>& result) {
    return result.has_error() ? result.error().message() : "no error";
}

class ModuloTest : public testing::Test {
  protected:
    ModuloTest() {
        builtins_.add(BuiltinName::add_mod);
        builtins_.add(BuiltinName::mul_mod);
        values_ = memory_.add_segment();
        offsets_ = memory_.add_segment();
    }
    void put(const Relocatable& at, const Value& value) {
        ASSERT_TRUE(memory_.insert(at, value).has_value());
    }
    // One instance with modulus p, n operations and its offsets table.
    void instance(BuiltinName name, std::uint64_t p, std::uint64_t n, std::uint64_t first_offset) {
        const Relocatable at{builtins_.find(name)->segment, 0};
        for (std::uint64_t i = 0; i < 4; ++i)
            put(at + i, Felt(i == 0 ? p : 0));
        put(at + 4, values_);
        put(at + 5, offsets_ + first_offset);
        put(at + 6, Felt(n));
    }
    void value(std::uint64_t index, std::uint64_t low) {
        for (std::uint64_t i = 0; i < 4; ++i)
            put(values_ + 4 * index + i, Felt(i == 0 ? low : 0));
    }
    std::optional<Value> low(std::uint64_t index) { return memory_.get(values_ + 4 * index); }

    Arena arena_{std::size_t{1} << 28};
    Memory memory_{arena_};
    Builtins builtins_{memory_};
    Relocatable values_, offsets_;
};

TEST_F(ModuloTest, FillsSumsProductsAndTheirInverses) {
    // v2 = v0 + v1; v0 = v3 * v2 (unknown v3 = v0 / v2); v4 = v3 * v1. p = 67.
    value(0, 12);
    value(1, 23);
    instance(BuiltinName::add_mod, 67, 1, 0);
    instance(BuiltinName::mul_mod, 67, 2, 3);
    const std::array<std::uint64_t, 9> table{0, 4, 8, 12, 8, 0, 12, 4, 16};
    for (std::uint64_t i = 0; i < table.size(); ++i)
        put(offsets_ + i, Felt(table[i]));
    const Builtins::ModInputs add{{builtins_.find(BuiltinName::add_mod)->segment, 0}, 1};
    const Builtins::ModInputs mul{{builtins_.find(BuiltinName::mul_mod)->segment, 0}, 2};
    ASSERT_EQ(text(builtins_.fill_mod_memory(&add, &mul)), "no error");
    EXPECT_EQ(low(2), Value(Felt(35)));
    const std::uint64_t v3 = low(3)->felt().limbs()[0];
    EXPECT_EQ(v3 * 35 % 67, 12U);
    EXPECT_EQ(low(4), Value(Felt(v3 * 23 % 67)));
    // The second instance of mul_mod was made from the first.
    EXPECT_EQ(memory_.get(mul.pointer + 7 + 5), Value(offsets_ + 6));
    EXPECT_EQ(memory_.get(mul.pointer + 7 + 6), Value(Felt(1)));
    EXPECT_TRUE(memory_.is_accessed(mul.pointer + 7));
    EXPECT_TRUE(memory_.is_accessed(values_ + 8));
    memory_.compute_used_sizes();
    EXPECT_EQ(text(builtins_.run_security_checks()), "no error");
}

// Values of any size, and of the kinds that take other ways: words of ones, few words, even moduli,
// moduli too small for the operands.
class RandomModValues {
  public:
    ModValue next() {
        ModValue value{};
        const std::size_t limbs = engine_() % (kModLimbs + 1);
        const bool ones = engine_() % 4 == 0;
        for (std::size_t i = 0; i < limbs; ++i)
            value[i] = ones ? UINT64_MAX : engine_();
        if (limbs != 0)
            value[limbs - 1] >>= engine_() % 64;
        return value;
    }

  private:
    std::mt19937_64 engine_{384};
};

// Fills one operation with two known operands; the value, or the error's text.
std::string filled(BuiltinName name, const ModValue& p, std::size_t unknown, const ModValue& first,
                   const ModValue& second) {
    Arena arena(std::size_t{1} << 24);
    Memory memory(arena);
    Builtins builtins(memory);
    builtins.add(BuiltinName::add_mod);
    builtins.add(BuiltinName::mul_mod);
    const Relocatable values = memory.add_segment(), offsets = memory.add_segment();
    const Relocatable at{builtins.find(name)->segment, 0};
    const auto put = [&](const Relocatable& where, const Value& value) {
        EXPECT_TRUE(memory.insert(where, value).has_value());
    };
    std::size_t next = 0;
    for (std::size_t operand = 0; operand < 3; ++operand) {
        put(offsets + operand, Felt(4 * operand));
        if (operand != unknown) {
            for (std::size_t i = 0; i < kModWords; ++i)
                put(values + 4 * operand + i, mod_word(next == 0 ? first : second, i));
            ++next;
        }
    }
    for (std::size_t i = 0; i < kModWords; ++i)
        put(at + i, mod_word(p, i));
    put(at + 4, values);
    put(at + 5, offsets);
    put(at + 6, Felt(1));
    const Builtins::ModInputs inputs{at, 1};
    const bool sum = name == BuiltinName::add_mod;
    const auto result = builtins.fill_mod_memory(sum ? &inputs : nullptr, sum ? nullptr : &inputs);
    if (result.has_error())
        return result.error().message();
    ModInteger value = 0;
    for (std::size_t i = kModWords; i-- > 0;)
        value = (value << kModWordBits) + mod_integer(memory.get(values + 4 * unknown + i)->felt());
    return value.str();
}

std::string written(BuiltinName name, const ModInteger& value) {
    const std::string display = name == BuiltinName::add_mod ? "add_mod" : "mul_mod";
    return value < 0 || (value >> 384) != 0
               ? display + "_builtin: write_n_words value must be 0 after loop"
               : value.str();
}

TEST(ModValue, ResultsAreThoseOfIntegers) {
    RandomModValues random;
    for (int i = 0; i < 3000; ++i) {
        const ModValue words_a = random.next(), words_b = random.next(), words_p = random.next();
        const ModInteger a = mod_integer(words_a), b = mod_integer(words_b),
                         p = mod_integer(words_p);
        for (const BuiltinName name : {BuiltinName::add_mod, BuiltinName::mul_mod}) {
            const bool sum = name == BuiltinName::add_mod;
            const ModInteger full = sum ? ModInteger(a + b) : ModInteger(a * b);
            const ModInteger bound = ModInteger(1) << (sum ? 1 : 384);
            ASSERT_EQ(filled(name, words_p, 2, words_a, words_b),
                      written(name, full < bound * p ? ModInteger(full % p)
                                                     : ModInteger(full - (bound - 1) * p)))
                << a << ' ' << b << ' ' << p;
        }
        ASSERT_EQ(
            filled(BuiltinName::add_mod, words_p, 0, words_a, words_b),
            written(BuiltinName::add_mod, a <= b ? ModInteger(b - a) : ModInteger(b + p - a)));
        const ModInteger inverse = p == 0 ? ModInteger(0) : floor_mod(extended_gcd(a, p).x, p);
        const std::string quotient = filled(BuiltinName::mul_mod, words_p, 1, words_a, words_b);
        if (p != 0 && boost::multiprecision::gcd(a, p) == 1) {
            ASSERT_EQ(quotient, written(BuiltinName::mul_mod, b * inverse % p));
        } else {
            ASSERT_EQ(quotient, "Operation failed: divmod(" + b.str() + ", " + a.str() + ", " +
                                    p.str() + "), igcdex(" + a.str() + ", " + p.str() + ") != 1 ");
        }
    }
}

TEST_F(ModuloTest, RefusesWhatItCannotFill) {
    EXPECT_EQ(text(builtins_.fill_mod_memory(nullptr, nullptr)),
              "At least one of add_mod and mul_mod must be given.");
    const Builtins::ModInputs add{{0, 0}, 1};
    value(0, 1);
    instance(BuiltinName::add_mod, 67, 1, 0);
    for (std::uint64_t i = 0; i < 3; ++i)
        put(offsets_ + i, Felt(4 * i));
    EXPECT_EQ(text(builtins_.fill_mod_memory(&add, nullptr)),
              "Could not fill the values table, add_mod_index=0, mul_mod_index=0");
    const Builtins::ModInputs mul{{1, 0}, 1};
    EXPECT_EQ(text(builtins_.fill_mod_memory(nullptr, &mul)), "Unknown memory cell at address 1:4");
}

TEST_F(ModuloTest, SecurityChecksRecompute) {
    value(0, 3);
    value(1, 4);
    value(2, 11);
    instance(BuiltinName::mul_mod, 67, 1, 0);
    for (std::uint64_t i = 0; i < 3; ++i)
        put(offsets_ + i, Felt(4 * i));
    memory_.compute_used_sizes();
    EXPECT_EQ(text(builtins_.run_security_checks()),
              "mul_mod_builtin: Expected a * b == c (mod p). Got: instance=0, batch=0, p=67, a=3, "
              "b=4, c=11.");
}

TEST_F(ModuloTest, TheLastInstanceEndsTheCount) {
    value(0, 3);
    value(1, 4);
    value(2, 12);
    instance(BuiltinName::mul_mod, 67, 2, 0);
    for (std::uint64_t i = 0; i < 3; ++i)
        put(offsets_ + i, Felt(4 * i));
    memory_.compute_used_sizes();
    EXPECT_EQ(text(builtins_.run_security_checks()),
              "mul_mod_builtin: prev_inputs.n != batch_size Got: prev_inputs.n=2, batch_size=1");
}

TEST(ModInteger, ExtendedGcdIsBezout) {
    for (const auto& [a, b] :
         {std::pair(240, 46), std::pair(17, 67), std::pair(0, 5), std::pair(12, 0)}) {
        const ExtendedGcd e = extended_gcd(a, b);
        EXPECT_EQ(e.x * a + e.y * b, e.gcd);
    }
    EXPECT_EQ(floor_mod(-3, 7), 4);
    EXPECT_EQ(mod_integer_to_felt(mod_integer(-Felt(1))), -Felt(1));
}

}  // namespace
}  // namespace blockexecd::vm
