// SPDX-License-Identifier: Apache-2.0
// Each builtin's deduction and validation, the checks at the end of a run, resources and stop
// pointers.
#include "vm/builtins/builtins.hpp"

#include <gtest/gtest.h>

#include "vm/crypto/pedersen.hpp"
#include "vm/crypto/poseidon.hpp"
#include "vm/crypto/stark_curve.hpp"

namespace blockexecd::vm {
namespace {

template <class T>
std::string text(const Result<T>& result) {
    return result.has_error() ? result.error().message() : "no error";
}

class BuiltinsTest : public testing::Test {
  protected:
    Relocatable add(BuiltinName name) {
        builtins_.add(name);
        builtins_.install_rules();
        return {builtins_.find(name)->segment, 0};
    }
    void fill(const Relocatable& start, const std::vector<Value>& values) {
        ASSERT_TRUE(memory_.load(start, values).has_value());
    }

    Arena arena_{std::size_t{1} << 28};
    Memory memory_{arena_};
    Builtins builtins_{memory_};
};

TEST_F(BuiltinsTest, PedersenDeducesOnce) {
    const Relocatable base = add(BuiltinName::pedersen);
    EXPECT_EQ(*builtins_.deduce(base + 2), std::nullopt);
    fill(base, {Felt(3), Felt(4)});
    EXPECT_EQ(*builtins_.deduce(base + 1), std::nullopt);
    EXPECT_EQ(*builtins_.deduce(base + 2), Value(pedersen(Felt(3), Felt(4))));
    EXPECT_EQ(*builtins_.deduce(base + 2), std::nullopt);
    EXPECT_EQ(builtins_.pedersen_verified(), std::vector<std::uint64_t>{2});
    fill(base + 3, {Felt(3), Relocatable{0, 0}});
    EXPECT_EQ(*builtins_.deduce(base + 5), std::nullopt);
}

TEST_F(BuiltinsTest, BitwiseOutputsOfLargestInputsAreDeducedAndVerified) {
    const Relocatable base = add(BuiltinName::bitwise);
    const Felt largest =
        Felt::from_canonical({UINT64_MAX, UINT64_MAX, UINT64_MAX, (1ULL << 59) - 1});
    fill(base, {largest, Felt(5)});
    Cell out;
    ASSERT_EQ(builtins_.deduce_cell(base.segment, 2, out), Builtins::Deduction::known);
    EXPECT_EQ(out.felt(), Felt(5));
    ASSERT_EQ(builtins_.deduce_cell(base.segment, 3, out), Builtins::Deduction::known);
    EXPECT_EQ(out.felt(), largest - Felt(5));
    ASSERT_EQ(builtins_.deduce_cell(base.segment, 4, out), Builtins::Deduction::known);
    EXPECT_EQ(out.felt(), largest);
    fill(base + 3, {largest - Felt(5)});
    fill(base + 5, {largest + Felt(1), Felt(5)});
    EXPECT_EQ(builtins_.deduce_cell(base.segment, 7, out), Builtins::Deduction::failed);
    EXPECT_TRUE(builtins_.verify_auto_deductions().has_value());  // no output of the second
    EXPECT_TRUE(builtins_.run_security_checks().has_error());
}

TEST_F(BuiltinsTest, BitwiseWantsTheSecondInputOfTheLastInstance) {
    const Relocatable base = add(BuiltinName::bitwise);
    fill(base, {Felt(1), Felt(2), Felt(0), Felt(3), Felt(3), Felt(7)});
    EXPECT_EQ(text(builtins_.run_security_checks()),
              "Missing memory cells for bitwise_builtin: [6]");
    fill(base + 6, {Felt(7)});
    EXPECT_TRUE(builtins_.run_security_checks().has_value());
}

TEST_F(BuiltinsTest, BitwiseWantsInputsBelow2To251) {
    const Relocatable base = add(BuiltinName::bitwise);
    fill(base, {Felt(12), Felt(10)});
    EXPECT_EQ(*builtins_.deduce(base + 2), Value(Felt(8)));
    EXPECT_EQ(*builtins_.deduce(base + 3), Value(Felt(6)));
    EXPECT_EQ(*builtins_.deduce(base + 4), Value(Felt(14)));
    fill(base + 5, {Felt(1), -Felt(1)});
    EXPECT_EQ(text(builtins_.deduce(base + 7)),
              "Expected integer at address Relocatable { segment_index: 0, offset: 6 } to be "
              "smaller than 2^251, Got "
              "3618502788666131213697322783095070105623107215331596699973092056135872020480");
}

TEST_F(BuiltinsTest, PoseidonPermutesAndKeepsAllOutputs) {
    const Relocatable base = add(BuiltinName::poseidon);
    fill(base, {Felt(1), Felt(2), Felt(3)});
    std::array<Felt, 3> state{Felt(1), Felt(2), Felt(3)};
    hades_permutation(state);
    for (std::uint64_t i = 0; i < 3; ++i)
        EXPECT_EQ(*builtins_.deduce(base + 3 + i), Value(state[i]));
    fill(base + 6, {Felt(1), Relocatable{0, 0}, Felt(3)});
    EXPECT_EQ(text(builtins_.deduce(base + 9)),
              "poseidon_builtin: Expected integer at address 0:7");
}

TEST_F(BuiltinsTest, KeccakPermutes200BitWords) {
    const Relocatable base = add(BuiltinName::keccak);
    fill(base, std::vector<Value>(8, Value(Felt(0))));
    // Keccak-f[1600] of the zero state starts with the lanes 0xf1258f7940e1dde7,
    // 0x84d5ccf933c0478a, ….
    const auto first = *builtins_.deduce(base + 8);
    ASSERT_TRUE(first.has_value());
    EXPECT_EQ(first->felt().limbs()[0], 0xf1258f7940e1dde7U);
    EXPECT_EQ(first->felt().limbs()[1], 0x84d5ccf933c0478aU);
    EXPECT_LE(first->felt().bit_length(), 200U);
    fill(base + 16, {Felt::from_canonical({0, 0, 0, 256})});
    fill(base + 17, std::vector<Value>(7, Value(Felt(0))));
    EXPECT_EQ(text(builtins_.deduce(base + 24)),
              "Expected integer at address Relocatable { segment_index: 0, offset: 16 } to be "
              "smaller than 2^200, Got " +
                  Felt::from_canonical({0, 0, 0, 256}).to_decimal());
}

TEST_F(BuiltinsTest, EcOpAddsAMultiple) {
    const Relocatable base = add(BuiltinName::ec_op);
    const CurvePoint g = kCurveGenerator;
    const CurvePoint g2 = twice(AffinePoint(g)).to_affine().to_point();
    // 2G + 1 * G = 3G.
    fill(base, {g2.x, g2.y, g.x, g.y, Felt(1)});
    const CurvePoint g3 = (XyzzPoint(AffinePoint(g2)) + AffinePoint(g)).to_affine().to_point();
    EXPECT_EQ(*builtins_.deduce(base + 5), Value(g3.x));
    EXPECT_EQ(*builtins_.deduce(base + 6), Value(g3.y));
    EXPECT_EQ(*builtins_.deduce(base + 4), std::nullopt);
    fill(base + 7, {Felt(1), Felt(2), g.x, g.y, Felt(1)});
    EXPECT_EQ(text(builtins_.deduce(base + 12)),
              "EcOpBuiltin: point (0x1, 0x2) is not on the curve");
    fill(base + 14, {g.x, g.y, g.x, g.y, Felt(1)});
    EXPECT_TRUE(text(builtins_.deduce(base + 19))
                    .starts_with("Cannot apply EC operation: computation reached two points with "
                                 "the same x coordinate."));
    fill(base + 21, {Relocatable{0, 0}, g.y, g.x, g.y, Felt(1)});
    EXPECT_EQ(text(builtins_.deduce(base + 26)), "Expected integer at address 0:21");
}

TEST_F(BuiltinsTest, EcdsaVerifiesCompletePairs) {
    const Relocatable base = add(BuiltinName::ecdsa);
    // The reference's signature-verification sample.
    const Felt key = *Felt::from_decimal(
        "1735102664668487605176656616876767369909409133946409161569774794110049207117");
    const Felt message = Felt(2718);
    const Felt r = *Felt::from_decimal(
        "3086480810278599376317923499561306189851900463386393948998357832163236918254");
    const Felt s = *Felt::from_decimal(
        "598673427589502599949712887611119751108407514580626464031881322743364689811");
    EXPECT_TRUE(memory_.insert(base, Value(key)).has_value());
    EXPECT_EQ(text(memory_.insert(base + 1, Value(message))),
              "Signature hint is missing for ECDSA builtin at address 0:0.\n    Add it using "
              "'ecdsa_builtin.add_signature'.");
    builtins_.add_signature(base + 2, r, s);
    builtins_.add_signature(base + 2, s, r);
    EXPECT_TRUE(memory_.insert(base + 3, Value(message)).has_value());
    EXPECT_EQ(text(memory_.insert(base + 2, Value(key))), "no error");
    builtins_.add_signature(base + 4, r, s);
    EXPECT_TRUE(memory_.insert(base + 4, Value(key)).has_value());
    EXPECT_EQ(text(memory_.insert(base + 5, Value(Felt(2719)))),
              "Signature (" + r.to_decimal() + ", " + s.to_decimal() +
                  "), is invalid, with respect to the public key " + key.to_decimal() +
                  ", \n    and the message hash 2719.");
}

TEST_F(BuiltinsTest, EndOfRunFindsContradictions) {
    const Relocatable base = add(BuiltinName::poseidon);
    fill(base, {Felt(1), Felt(2), Felt(3), Felt(4)});
    std::array<Felt, 3> state{Felt(1), Felt(2), Felt(3)};
    hades_permutation(state);
    EXPECT_EQ(text(builtins_.verify_auto_deductions()),
              "Inconsistent auto-deduction for poseidon_builtin, expected " +
                  state[0].to_decimal() + ", got Some(Int(4))");
}

TEST_F(BuiltinsTest, FillingHolesCompletesInstances) {
    const Relocatable base = add(BuiltinName::bitwise);
    fill(base, {Felt(12), Felt(10)});
    ASSERT_TRUE(builtins_.verify_auto_deductions().has_value());
    EXPECT_EQ(memory_.segment_size(base.segment), 2U);
    ASSERT_TRUE(builtins_.complete_auto_deductions().has_value());
    EXPECT_EQ(memory_.segment_size(base.segment), 5U);
    EXPECT_EQ(memory_.get(base + 4), Value(Felt(14)));
    EXPECT_FALSE(memory_.is_accessed(base + 4));
}

TEST_F(BuiltinsTest, SecurityChecksWantEveryInput) {
    const Relocatable base = add(BuiltinName::pedersen);
    ASSERT_TRUE(builtins_.run_security_checks().has_value());
    fill(base, {Felt(1)});
    EXPECT_EQ(text(builtins_.run_security_checks()), "Missing memory cells for pedersen_builtin");
    fill(base + 1, {Felt(1), pedersen(Felt(1), Felt(1))});
    ASSERT_TRUE(builtins_.run_security_checks().has_value());
    ASSERT_TRUE(memory_.insert(base + 4, Value(Felt(1))).has_value());
    EXPECT_EQ(text(builtins_.run_security_checks()),
              "Missing memory cells for pedersen_builtin: [3]");
}

TEST_F(BuiltinsTest, SegmentArenaStartsWithItsInfos) {
    (void)add(BuiltinName::segment_arena);
    const Builtin& arena = *builtins_.find(BuiltinName::segment_arena);
    EXPECT_EQ(arena.segment, 1);
    EXPECT_EQ(arena.initial_stack(), (Relocatable{1, 3}));
    EXPECT_EQ(memory_.get({1, 0}), Value(Relocatable{0, 0}));
    EXPECT_EQ(memory_.get({1, 2}), Value(Felt(0)));
    fill({1, 3}, {Felt(1), Felt(1), Felt(1)});
    memory_.compute_used_sizes();
    EXPECT_EQ(*builtins_.used_cells(arena), 3U);
    EXPECT_EQ(*builtins_.used_instances(arena), 1U);
}

TEST_F(BuiltinsTest, StopPointersMustEqualWhatWasUsed) {
    const Relocatable base = add(BuiltinName::pedersen);
    Builtin& builtin = *builtins_.find(BuiltinName::pedersen);
    fill(base, {Felt(1), Felt(1)});
    memory_.compute_used_sizes();
    const Relocatable stack = memory_.add_segment();
    fill(stack, {base + 3, base + 2, stack, Felt(1)});
    EXPECT_EQ(*builtins_.final_stack(builtin, stack + 1), stack);
    EXPECT_EQ(builtin.stop_pointer, 3U);
    EXPECT_EQ(text(builtins_.final_stack(builtin, stack + 2)),
              "Invalid stop pointer for pedersen_builtin. Expected: 0:3, found: 0:2");
    EXPECT_EQ(text(builtins_.final_stack(builtin, stack + 3)),
              "Invalid stop pointer for pedersen_builtin: Stop pointer has value 1:0 but builtin "
              "segment is 0");
    EXPECT_EQ(text(builtins_.final_stack(builtin, stack + 4)),
              "No stop pointer found for builtin pedersen_builtin");
    EXPECT_EQ(text(builtins_.final_stack(builtin, stack)),
              "No stop pointer found for builtin pedersen_builtin");
}

}  // namespace
}  // namespace blockexecd::vm
