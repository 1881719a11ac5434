// SPDX-License-Identifier: Apache-2.0
// The decoder: real instruction words, and each check with the error that comes first.
#include "vm/program/instruction.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace blockexecd::vm {
namespace {

// A word from flags (bit 48 up) with offsets 0, 1 and 1, as a call has them, unless given.
Felt word(std::uint64_t flags, std::uint64_t extension = 0, std::int64_t dst = 0,
          std::int64_t op0 = 1, std::int64_t op1 = 1) {
    const auto biased = [](std::int64_t o) { return static_cast<std::uint64_t>(o + 0x8000); };
    return Felt::from_u128(
        biased(dst) | biased(op0) << 16 | biased(op1) << 32 | flags << 48 | extension << 63,
        extension >> 1);
}

constexpr std::uint64_t kImm = 1 << 2, kFp = 2 << 2, kAp = 4 << 2, kAdd = 1 << 5, kMul = 2 << 5,
                        kJump = 1 << 7, kJumpRel = 2 << 7, kJnz = 4 << 7, kApAdd = 1 << 10,
                        kAp1 = 2 << 10, kCall = 1 << 12, kRet = 2 << 12, kAssert = 4 << 12;

TEST(DecodeInstruction, CompilersWords) {
    const auto decode = [](const char* hex) { return *decode_instruction(*Felt::from_hex(hex)); };
    Instruction expected;
    // [ap] = immediate; ap++
    expected = {.off_dst = 0,
                .off_op0 = -1,
                .off_op1 = 1,
                .op0_register = Register::fp,
                .op1_source = Op1Source::imm,
                .ap_update = ApUpdate::add1,
                .opcode = Opcode::assert_eq};
    EXPECT_EQ(decode("0x480680017fff8000"), expected);
    EXPECT_EQ(expected.size(), 2U);
    // call rel immediate
    expected = {.off_dst = 0,
                .off_op0 = 1,
                .off_op1 = 1,
                .op1_source = Op1Source::imm,
                .pc_update = PcUpdate::jump_rel,
                .ap_update = ApUpdate::add2,
                .fp_update = FpUpdate::ap_plus2,
                .opcode = Opcode::call};
    EXPECT_EQ(decode("0x1104800180018000"), expected);
    // ret
    expected = {.off_dst = -2,
                .off_op0 = -1,
                .off_op1 = -1,
                .dst_register = Register::fp,
                .op0_register = Register::fp,
                .op1_source = Op1Source::fp,
                .pc_update = PcUpdate::jump,
                .fp_update = FpUpdate::dst,
                .opcode = Opcode::ret};
    EXPECT_EQ(decode("0x208b7fff7fff7ffe"), expected);
    EXPECT_EQ(expected.size(), 1U);
    // jmp rel immediate if [fp - 3] != 0
    expected = {.off_dst = -3,
                .off_op0 = -1,
                .off_op1 = 1,
                .dst_register = Register::fp,
                .op0_register = Register::fp,
                .op1_source = Op1Source::imm,
                .res = Res::unconstrained,
                .pc_update = PcUpdate::jnz};
    EXPECT_EQ(decode("0x20780017fff7ffd"), expected);
    // [fp - 3] = [[ap - 1] + 2]
    expected = {.off_dst = -3,
                .off_op0 = -1,
                .off_op1 = 2,
                .dst_register = Register::fp,
                .op1_source = Op1Source::op0,
                .opcode = Opcode::assert_eq};
    EXPECT_EQ(*decode_instruction(word(1 | kAssert, 0, -3, -1, 2)), expected);
}

TEST(DecodeInstruction, EachCheckNamesItsField) {
    struct Case {
        Felt word;
        const char* error;
    };
    const std::vector<Case> cases{
        {Felt::from_canonical({0, 0, 1, 0}), "Instruction should be an int"},
        {word(3 << 2), "Invalid op1_register value: 3"},
        {word(5 << 2), "Invalid op1_register value: 5"},
        {word(3 << 7), "Invalid pc_update value: 3"},
        {word(3 << 5), "Invalid res value: 3"},
        {word(kJnz | kAdd), "Invalid res value: 1"},
        {word(3 << 12), "Invalid opcode value: 3"},
        {word(0, 4), "Invalid opcode extension value: 4"},
        {Felt::from_u128(0, UINT64_MAX), "Invalid opcode extension value: 36893488147419103230"},
        {word(3 << 10), "Invalid ap_update value: 3"},
        {word(kCall | kApAdd | kImm), "Invalid ap_update value: 1"},
        {word(kCall | kImm | kJumpRel, 0, 1), "Invalid opcode value: 1"},
        {word(kCall | kImm | kJumpRel | 1), "Invalid opcode value: 1"},
        {word(kRet | kFp | kJump | 1, 0, -2, -1, 1), "Invalid opcode value: 2"},
        {word(kRet | kFp | kJump, 0, -2, -1, -1), "Invalid opcode value: 2"},
        {word(kAssert | kFp, 1), "Blake2s opcode invalid flags 16392"},
        {word(kFp | kApAdd, 2), "Blake2s opcode invalid flags 1032"},
        {word(kAssert | kAdd, 3), "QM31 add mul opcode invalid flags 16416"},
        // The order of checks: op1, pc, res, opcode, extension.
        {word(3 << 2 | 3 << 7 | 3 << 5 | 3 << 12, 9), "Invalid op1_register value: 3"},
        {word(3 << 7 | 3 << 5 | 3 << 12, 9), "Invalid pc_update value: 3"},
        {word(3 << 5 | 3 << 12, 9), "Invalid res value: 3"},
        {word(3 << 12, 9), "Invalid opcode value: 3"},
        {word(3 << 10, 9), "Invalid opcode extension value: 9"},
    };
    for (const Case& c : cases) {
        const auto decoded = decode_instruction(c.word);
        ASSERT_TRUE(decoded.has_error()) << c.error;
        EXPECT_EQ(decoded.error().message(), c.error);
    }
}

TEST(DecodeInstruction, Extensions) {
    EXPECT_EQ(decode_instruction(word(kFp | kAp1, 1))->extension, OpcodeExtension::blake);
    EXPECT_EQ(decode_instruction(word(kAp, 2))->extension, OpcodeExtension::blake_finalize);
    EXPECT_EQ(decode_instruction(word(kAssert | kMul | kImm, 3))->extension, OpcodeExtension::qm31);
}

TEST(IsCall, OnlyCallsInTheTwoShapes) {
    EXPECT_TRUE(is_call_instruction(*Felt::from_hex("0x1104800180018000")));
    EXPECT_TRUE(is_call_instruction(word(kCall | kFp | kJump)));
    EXPECT_FALSE(is_call_instruction(word(kCall | kFp | kJump | kAdd)));
    EXPECT_FALSE(is_call_instruction(*Felt::from_hex("0x208b7fff7fff7ffe")));
    EXPECT_FALSE(is_call_instruction(Felt(std::uint64_t{1} << 63)));
    EXPECT_FALSE(is_call_instruction(Felt::from_canonical({0, 0, 1, 0})));
}

}  // namespace
}  // namespace blockexecd::vm
