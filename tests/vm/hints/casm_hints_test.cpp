// SPDX-License-Identifier: Apache-2.0
// What each CASM hint writes.
#include <gtest/gtest.h>

#include "vm/crypto/stark_curve.hpp"
#include "vm/hints/casm_hint_table.hpp"
#include "vm/hints/casm_state.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm {
namespace {

using Id = CasmHintId;
using Kind = HintOperand::Kind;

HintOperand imm(const Felt& value) {
    return {Kind::immediate, {}, {}, 0, value};
}
HintOperand cell(std::int16_t offset) {
    return {Kind::deref, {Register::fp, offset}, {}, 0, Felt()};
}
HintOperand plus(std::int16_t offset, std::uint64_t value) {
    return {Kind::add_immediate, {Register::fp, offset}, {}, 0, Felt(value)};
}
const Felt kTwo128 = Felt::from_canonical({0, 0, 1, 0});

// Operands are cells of the frame; results go to cells from 20 on.
class CasmHintsTest : public testing::Test {
  protected:
    CasmHintsTest() { vm_.set_registers({0, 0}, 0, 0); }

    std::string run(Id id, std::vector<HintOperand> operands) {
        auto table = resolve_casm_hints({{0, {{id, std::move(operands)}}}});
        if (table.has_error())
            return table.error().message();
        const auto result = table->hints[0].function(vm_, table->hints[0].operands);
        return result.has_error() ? result.error().message() : "";
    }
    void put(std::uint64_t at, const Value& value) {
        ASSERT_TRUE(vm_.memory().insert({1, at}, value).has_value());
    }
    std::optional<Value> at(std::uint64_t offset) { return vm_.memory().get({1, offset}); }

    Arena arena_{std::size_t{1} << 28};
    VirtualMachine vm_{arena_, Code::make({}, {})};
};

TEST_F(CasmHintsTest, OperandForms) {
    const Relocatable data = vm_.memory().add_segment();
    ASSERT_TRUE(vm_.memory().load(data, std::vector<Value>{Felt(5), Felt(6), Felt(7)}).has_value());
    put(0, data + 1);
    put(1, Felt(4));
    put(2, Felt(3));
    const auto less = [this](const HintOperand& operand, std::uint64_t value, std::int16_t to) {
        EXPECT_EQ(run(Id::TestLessThanOrEqual, {operand, imm(Felt(value)), cell(to)}), "");
        EXPECT_EQ(run(Id::TestLessThan,
                      {operand, imm(Felt(value)), cell(static_cast<std::int16_t>(to + 1))}),
                  "");
        EXPECT_EQ(at(static_cast<std::uint64_t>(to)), Value(Felt(1)));
        EXPECT_EQ(at(static_cast<std::uint64_t>(to) + 1), Value(Felt(0)));
    };
    less({Kind::double_deref, {Register::fp, 0}, {}, 1, Felt()}, 7, 20);
    less({Kind::double_deref, {Register::fp, 0}, {}, -1, Felt()}, 5, 22);
    less({Kind::add_deref, {Register::fp, 1}, {Register::fp, 2}, 0, Felt()}, 7, 24);
    less({Kind::mul_deref, {Register::fp, 1}, {Register::fp, 2}, 0, Felt()}, 12, 26);
    less({Kind::mul_immediate, {Register::fp, 1}, {}, 0, Felt(5)}, 20, 28);
    less(plus(1, 5), 9, 30);
    EXPECT_EQ(run(Id::TestLessThan, {cell(9), imm(Felt(1)), cell(40)}),
              "Unknown memory cell at address 1:9");
    EXPECT_EQ(run(Id::TestLessThan, {cell(0), imm(Felt(1)), cell(40)}),
              "Expected integer at address 1:0");
    EXPECT_EQ(run(Id::TestLessThanOrEqual, {cell(9), imm(Felt(1)), cell(40)}),
              "Security Error: Invalid Memory Value: temporary address not relocated: 1:9");
    EXPECT_EQ(run(Id::TestLessThan, {cell(-1), imm(Felt(1)), cell(40)}),
              "Operation failed: 1:0 - 1, offsets cant be negative");
}

TEST_F(CasmHintsTest, AddressesComeBeforeIntegers) {
    put(0, Relocatable{1, 7});
    put(1, Relocatable{2, 3});
    put(2, Felt(0));
    EXPECT_EQ(run(Id::TestLessThanOrEqualAddress, {cell(0), cell(1), cell(20)}), "");
    EXPECT_EQ(run(Id::TestLessThanOrEqualAddress, {cell(1), cell(0), cell(21)}), "");
    EXPECT_EQ(run(Id::TestLessThanOrEqual, {cell(1), cell(2), cell(22)}), "");
    EXPECT_EQ(run(Id::TestLessThanOrEqual, {cell(2), cell(1), cell(23)}), "");
    EXPECT_EQ(run(Id::TestLessThanOrEqualAddress, {plus(0, 1), cell(0), cell(24)}), "");
    for (const auto& [offset, value] : {std::pair(20, 1), {21, 0}, {22, 1}, {23, 0}, {24, 0}})
        EXPECT_EQ(at(static_cast<std::uint64_t>(offset)),
                  Value(Felt(static_cast<std::uint64_t>(value))))
            << offset;
}

TEST_F(CasmHintsTest, ProductsAndQuotients) {
    const Felt max128 = kTwo128 - Felt(1);
    EXPECT_EQ(run(Id::WideMul128, {imm(max128), imm(max128), cell(20), cell(21)}), "");
    EXPECT_EQ(at(20), Value(max128 - Felt(1)));
    EXPECT_EQ(at(21), Value(Felt(1)));
    EXPECT_EQ(run(Id::DivMod, {imm(Felt(17)), imm(Felt(5)), cell(22), cell(23)}), "");
    EXPECT_EQ(at(22), Value(Felt(3)));
    EXPECT_EQ(at(23), Value(Felt(2)));
    EXPECT_EQ(run(Id::DivMod, {imm(-Felt(1)), imm(kTwo128), cell(24), cell(25)}), "");
    EXPECT_EQ(at(24), Value(Felt::from_u128(0, 0x0800000000000011)));
    EXPECT_EQ(at(25), Value(Felt(0)));
    EXPECT_NE(run(Id::DivMod, {imm(Felt(1)), imm(Felt(0)), cell(60), cell(61)}), "");
    // (2^128 + 7) / (2^64 + 1)
    EXPECT_EQ(run(Id::Uint256DivMod, {imm(Felt(7)), imm(Felt(1)), imm(Felt::from_u128(1, 1)),
                                      imm(Felt(0)), cell(26), cell(27), cell(28), cell(29)}),
              "");
    EXPECT_EQ(at(26), Value(Felt(UINT64_MAX)));
    EXPECT_EQ(at(27), Value(Felt(0)));
    EXPECT_EQ(at(28), Value(Felt(8)));
    EXPECT_EQ(at(29), Value(Felt(0)));
    // (2^384 + 5) / 2^129
    EXPECT_EQ(run(Id::Uint512DivModByUint256,
                  {imm(Felt(5)), imm(Felt(0)), imm(Felt(0)), imm(Felt(1)), imm(Felt(0)),
                   imm(Felt(2)), cell(30), cell(31), cell(32), cell(33), cell(34), cell(35)}),
              "");
    EXPECT_EQ(at(30), Value(Felt(0)));
    EXPECT_EQ(at(31), Value(Felt::from_u128(0, std::uint64_t{1} << 63)));
    EXPECT_EQ(at(32), Value(Felt(0)));
    EXPECT_EQ(at(33), Value(Felt(0)));
    EXPECT_EQ(at(34), Value(Felt(5)));
    EXPECT_EQ(at(35), Value(Felt(0)));
}

TEST_F(CasmHintsTest, Roots) {
    EXPECT_EQ(run(Id::SquareRoot, {imm(Felt(99)), cell(20)}), "");
    EXPECT_EQ(at(20), Value(Felt(9)));
    // sqrt(2^128 + 1) = 2^64, remainder 1; 2^65 - 1 < 2^128.
    EXPECT_EQ(run(Id::Uint256SquareRoot,
                  {imm(Felt(1)), imm(Felt(1)), cell(21), cell(22), cell(23), cell(24), cell(25)}),
              "");
    EXPECT_EQ(at(21), Value(Felt(0)));
    EXPECT_EQ(at(22), Value(Felt(1)));
    EXPECT_EQ(at(23), Value(Felt(1)));
    EXPECT_EQ(at(24), Value(Felt(0)));
    EXPECT_EQ(at(25), Value(Felt(0)));
    EXPECT_EQ(run(Id::FieldSqrt, {imm(Felt(49)), cell(26)}), "");
    EXPECT_EQ(at(26), Value(Felt(7)));
    // 3 is no square: the root is of 3 * 3.
    EXPECT_EQ(run(Id::FieldSqrt, {imm(Felt(3)), cell(27)}), "");
    EXPECT_EQ(at(27), Value(Felt(3)));
}

TEST_F(CasmHintsTest, LinearSplitKeepsXSmall) {
    EXPECT_EQ(
        run(Id::LinearSplit, {imm(Felt(107)), imm(Felt(10)), imm(Felt(8)), cell(20), cell(21)}),
        "");
    EXPECT_EQ(at(20), Value(Felt(8)));
    EXPECT_EQ(at(21), Value(Felt(27)));
    EXPECT_EQ(
        run(Id::LinearSplit, {imm(Felt(73)), imm(Felt(10)), imm(Felt(8)), cell(22), cell(23)}), "");
    EXPECT_EQ(at(22), Value(Felt(7)));
    EXPECT_EQ(at(23), Value(Felt(3)));
}

TEST_F(CasmHintsTest, SmallArcs) {
    const Relocatable checks = vm_.memory().add_segment();
    put(0, checks);
    // a = 5, b = 7: arcs 5, 2 and the rest, which is excluded.
    EXPECT_EQ(run(Id::AssertLeFindSmallArcs, {cell(0), imm(Felt(5)), imm(Felt(7))}), "");
    const std::array<std::uint64_t, 4> expected{2, 0, 5, 0};
    for (std::uint64_t i = 0; i < 4; ++i)
        EXPECT_EQ(vm_.memory().get(checks + i), Value(Felt(expected[i])));
    EXPECT_EQ(run(Id::AssertLeIsFirstArcExcluded, {cell(20)}), "");
    EXPECT_EQ(run(Id::AssertLeIsSecondArcExcluded, {cell(21)}), "");
    EXPECT_EQ(at(20), Value(Felt(1)));
    EXPECT_EQ(at(21), Value(Felt(1)));
    // a = 0, b = -1: arcs 0, -1 and 0; the second is excluded.
    EXPECT_EQ(run(Id::AssertLeFindSmallArcs, {plus(0, 4), imm(Felt(0)), imm(-Felt(1))}), "");
    EXPECT_EQ(run(Id::AssertLeIsSecondArcExcluded, {cell(22)}), "");
    EXPECT_EQ(at(22), Value(Felt(0)));
}

TEST_F(CasmHintsTest, SegmentsAndConstants) {
    EXPECT_EQ(run(Id::AllocSegment, {cell(20)}), "");
    EXPECT_EQ(at(20), Value(Relocatable{2, 0}));
    EXPECT_EQ(run(Id::AllocConstantSize, {imm(Felt(4)), cell(21)}), "");
    EXPECT_EQ(run(Id::AllocConstantSize, {imm(Felt(2)), cell(22)}), "");
    EXPECT_EQ(at(21), Value(Relocatable{3, 0}));
    EXPECT_EQ(at(22), Value(Relocatable{3, 4}));
}

TEST_F(CasmHintsTest, RandomPointsAreOnTheCurveAndDiffer) {
    EXPECT_EQ(run(Id::RandomEcPoint, {cell(20), cell(21)}), "");
    EXPECT_EQ(run(Id::RandomEcPoint, {cell(22), cell(23)}), "");
    EXPECT_TRUE(is_on_curve({at(20)->felt(), at(21)->felt()}));
    EXPECT_TRUE(is_on_curve({at(22)->felt(), at(23)->felt()}));
    EXPECT_NE(at(20), at(22));
}

TEST_F(CasmHintsTest, InverseOrProofThatThereIsNone) {
    const auto inverse = [this](std::uint64_t b, std::uint64_t n, std::int16_t to) {
        std::vector<HintOperand> operands{imm(Felt(b)), imm(Felt(0)), imm(Felt(n)), imm(Felt(0))};
        for (std::int16_t i = 0; i < 6; ++i)
            operands.push_back(cell(static_cast<std::int16_t>(to + i)));
        EXPECT_EQ(run(Id::U256InvModN, operands), "");
    };
    inverse(3, 7, 20);  // 3 * 5 = 2 * 7 + 1
    EXPECT_EQ(at(20), Value(Felt(0)));
    EXPECT_EQ(at(21), std::nullopt);
    EXPECT_EQ(at(22), Value(Felt(5)));
    EXPECT_EQ(at(24), Value(Felt(2)));
    inverse(6, 9, 30);  // 3 divides both
    EXPECT_EQ(at(30), Value(Felt(3)));
    EXPECT_EQ(at(32), Value(Felt(2)));
    EXPECT_EQ(at(34), Value(Felt(3)));
    inverse(8, 12, 40);  // 4 divides both, given as 2
    EXPECT_EQ(at(40), Value(Felt(2)));
    EXPECT_EQ(at(42), Value(Felt(4)));
    EXPECT_EQ(at(44), Value(Felt(6)));
    inverse(5, 1, 50);
    EXPECT_EQ(at(50), Value(Felt(1)));
    EXPECT_EQ(at(52), Value(Felt(5)));
    EXPECT_EQ(at(54), Value(Felt(1)));
}

TEST_F(CasmHintsTest, DictionariesAndTheirSquash) {
    vm_.builtins().add(BuiltinName::segment_arena);
    const Relocatable arena = vm_.builtins().find(BuiltinName::segment_arena)->initial_stack();
    put(0, arena);
    EXPECT_EQ(run(Id::AllocFelt252Dict, {cell(0)}), "");
    const Relocatable infos = *vm_.memory().get_relocatable({arena.segment, 0});
    const Relocatable dict = *vm_.memory().get_relocatable(infos);
    put(1, dict);
    EXPECT_EQ(run(Id::GetSegmentArenaIndex, {cell(1), cell(20)}), "");
    EXPECT_EQ(at(20), Value(Felt(0)));
    // Accesses: key 7 := 70, key 2 := 20, key 7 := 71.
    const std::array<std::pair<std::uint64_t, std::uint64_t>, 3> writes{
        {{7, 70}, {2, 20}, {7, 71}}};
    for (std::uint64_t i = 0; i < writes.size(); ++i) {
        const auto& [key, value] = writes[i];
        ASSERT_TRUE(vm_.memory().insert(dict + 3 * i, Value(Felt(key))).has_value());
        EXPECT_EQ(run(Id::Felt252DictEntryInit, {plus(1, 3 * i), imm(Felt(key))}), "");
        EXPECT_EQ(run(Id::Felt252DictEntryUpdate, {plus(1, 3 * i + 3), imm(Felt(value))}), "");
    }
    EXPECT_EQ(vm_.memory().get(dict + 1), Value(Felt(0)));
    EXPECT_EQ(vm_.memory().get(dict + 4), Value(Felt(0)));
    EXPECT_EQ(vm_.memory().get(dict + 7), Value(Felt(70)));
    EXPECT_EQ(run(Id::Felt252DictRead, {cell(1), imm(Felt(7)), cell(21)}), "");
    EXPECT_EQ(at(21), Value(Felt(71)));

    EXPECT_EQ(run(Id::InitSquashData, {cell(1), imm(Felt(9)), imm(Felt(3)), cell(22), cell(23)}),
              "");
    EXPECT_EQ(at(22), Value(Felt(0)));
    EXPECT_EQ(at(23), Value(Felt(2)));
    const Relocatable checks = vm_.memory().add_segment();
    put(2, checks);
    EXPECT_EQ(run(Id::GetCurrentAccessIndex, {cell(2)}), "");
    EXPECT_EQ(vm_.memory().get(checks), Value(Felt(1)));
    EXPECT_EQ(run(Id::ShouldSkipSquashLoop, {cell(24)}), "");
    EXPECT_EQ(at(24), Value(Felt(1)));
    EXPECT_EQ(run(Id::GetNextDictKey, {cell(25)}), "");
    EXPECT_EQ(at(25), Value(Felt(7)));
    EXPECT_EQ(run(Id::ShouldSkipSquashLoop, {cell(26)}), "");
    EXPECT_EQ(at(26), Value(Felt(0)));
    EXPECT_EQ(run(Id::GetCurrentAccessDelta, {cell(27)}), "");
    EXPECT_EQ(at(27), Value(Felt(1)));
    EXPECT_EQ(run(Id::ShouldContinueSquashLoop, {cell(28)}), "");
    EXPECT_EQ(at(28), Value(Felt(0)));
    EXPECT_NE(run(Id::GetNextDictKey, {cell(29)}), "");
}

TEST_F(CasmHintsTest, DictionariesMustBeKnown) {
    put(0, Relocatable{1, 0});
    EXPECT_EQ(run(Id::Felt252DictEntryInit, {cell(0), imm(Felt(1))}),
              "Variable dict_manager_exec_scope not present in current execution scope");
    EXPECT_EQ(run(Id::ShouldSkipSquashLoop, {cell(20)}),
              "Variable dict_squash_exec_scope not present in current execution scope");
    EXPECT_EQ(run(Id::AssertLeIsFirstArcExcluded, {cell(20)}),
              "Variable excluded_arc not present in current execution scope");
}

TEST_F(CasmHintsTest, AssertionsOfOldCompilersArePassedOver) {
    EXPECT_EQ(run(Id::AssertCurrentAccessIndicesIsEmpty, {}), "");
    EXPECT_EQ(run(Id::AssertAllAccessesUsed, {cell(20)}), "");
    EXPECT_EQ(run(Id::AssertAllKeysUsed, {}), "");
    EXPECT_EQ(run(Id::AssertLeAssertThirdArcExcluded, {}), "");
    EXPECT_EQ(run(Id::AssertLtAssertValidInput, {imm(Felt(2)), imm(Felt(1))}), "");
}

TEST_F(CasmHintsTest, CircuitsNeedAModulus) {
    const Relocatable instance = vm_.memory().add_segment();
    put(0, instance);
    ASSERT_TRUE(vm_.memory().insert(instance + 4, instance).has_value());
    ASSERT_TRUE(vm_.memory().insert(instance + 5, instance).has_value());
    const std::vector<HintOperand> no_gates{imm(Felt(0)), cell(0), imm(Felt(0)), cell(0)};
    EXPECT_EQ(run(Id::EvalCircuit, no_gates), "Expected integer at address 2:0");
    // Nothing divides by a modulus of zero where there are no gates.
    for (std::uint64_t word = 0; word < 4; ++word)
        ASSERT_TRUE(vm_.memory().insert(instance + word, Felt(0)).has_value());
    EXPECT_EQ(run(Id::EvalCircuit, no_gates), "");
}

TEST_F(CasmHintsTest, DebugPrintReadsItsRange) {
    const Relocatable data = vm_.memory().add_segment();
    ASSERT_TRUE(vm_.memory().load(data, std::vector<Value>{Felt(5), Felt(6)}).has_value());
    put(0, data);
    EXPECT_EQ(run(Id::DebugPrint, {cell(0), plus(0, 2)}), "");
    EXPECT_EQ(run(Id::DebugPrint, {cell(0), plus(0, 3)}), "Unknown memory cell at address 2:2");
}

TEST_F(CasmHintsTest, RunParametersAreArrays) {
    vm_.hint_state<CasmState>().run_parameters = {{Felt(5), Felt(6)}, {}};
    EXPECT_EQ(run(Id::WriteRunParam, {imm(Felt(0)), cell(20)}), "");
    EXPECT_EQ(at(20), Value(Relocatable{2, 0}));
    EXPECT_EQ(at(21), Value(Relocatable{2, 2}));
    EXPECT_EQ(vm_.memory().get({2, 1}), Value(Felt(6)));
    EXPECT_EQ(run(Id::WriteRunParam, {imm(Felt(1)), cell(22)}), "");
    EXPECT_EQ(at(22), at(23));
    EXPECT_EQ(run(Id::WriteRunParam, {imm(Felt(2)), cell(24)}), "there is no run parameter 2");
}

TEST_F(CasmHintsTest, DictionariesOfAnExecutableArePutBehindEachOther) {
    vm_.hint_state<CasmState>().temporary_dictionaries = true;
    const Relocatable infos = vm_.memory().add_segment();
    for (const std::uint64_t count : {0U, 1U}) {
        put(10 + 3 * count, infos);
        put(11 + 3 * count, Felt(count));
        put(12 + 3 * count, Felt(0));
        put(count, Relocatable{1, 13 + 3 * count});
        EXPECT_EQ(run(Id::AllocFelt252Dict, {cell(static_cast<std::int16_t>(count))}), "");
    }
    const Relocatable first{3, 0}, second{-1, 0};
    EXPECT_EQ(vm_.memory().get(infos), Value(first));
    EXPECT_EQ(vm_.memory().get(infos + 3), Value(second));
    put(30, second);
    put(31, first);
    EXPECT_EQ(run(Id::AddRelocationRule, {cell(30), plus(31, 6)}), "");
    EXPECT_EQ(vm_.memory().get(infos + 3), Value(first + 6));
    EXPECT_NE(run(Id::AddRelocationRule, {cell(31), cell(31)}), "");
}

TEST_F(CasmHintsTest, MarkersAndTracesReadWhatTheyName) {
    const Relocatable data = vm_.memory().add_segment();
    ASSERT_TRUE(vm_.memory().load(data, std::vector<Value>{Felt(5)}).has_value());
    put(0, data);
    EXPECT_EQ(run(Id::AddMarker, {cell(0), plus(0, 1)}), "");
    EXPECT_EQ(run(Id::AddMarker, {cell(0), plus(0, 2)}), "Unknown memory cell at address 2:1");
    EXPECT_EQ(run(Id::AddTrace, {imm(Felt(1))}), "");
    EXPECT_EQ(run(Id::AddTrace, {cell(9)}), "Unknown memory cell at address 1:9");
}

TEST_F(CasmHintsTest, WithoutAnExecutor) {
    EXPECT_EQ(
        run(Id::SystemCall, {cell(0)}),
        "Unknown Hint: Starknet(SystemCall { system: Deref(CellRef { register: FP, offset: 0 }) "
        "})");
    EXPECT_EQ(run(Id::Cheatcode, {imm(Felt(1)), cell(0), cell(0), cell(0), cell(0)}),
              "Test functions are unsupported on starknet.");
}

}  // namespace
}  // namespace blockexecd::vm
