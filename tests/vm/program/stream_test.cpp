// SPDX-License-Identifier: Apache-2.0
// The stream against a model of it: what the decoder says of each word, put into the names of
// forms.hpp.
#include "vm/program/stream.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "vm/memory/cell.hpp"
#include "vm/program/instruction.hpp"

namespace blockexecd::vm {
namespace {

std::string name_of(Register base) {
    return base == Register::fp ? "fp" : "ap";
}

struct Entry {
    std::string form = "general";
    std::int32_t dst = 0, op0 = 0, op1 = 0;
    std::uint64_t immediate = 0;
    std::uint32_t negative = 0;
};

// Felts that count cells or words: below 2^61.
std::optional<std::uint64_t> small(const Felt& felt) {
    const auto value = felt.to_u64();
    return value && *value < std::uint64_t{1} << 61 ? value : std::nullopt;
}

Entry assertion(const Instruction& i, Entry entry, const Felt* immediate) {
    const std::string registers =
        name_of(i.dst_register) + (i.ap_update == ApUpdate::add1 ? "_add1" : "_regular");
    if (i.op1_source == Op1Source::op0) {
        if (i.res != Res::op1)
            return entry;
        entry.form = "deref_" + name_of(i.op0_register) + "_" + registers;
        entry.op1 = i.off_op1;
        return entry;
    }
    std::string op1 = i.op1_source == Op1Source::ap ? "ap" : "fp";
    if (immediate != nullptr) {
        const auto value = small(*immediate);
        const auto negated = small(-*immediate);
        op1 = value ? "small" : "imm";
        entry.immediate = value ? *value : negated.value_or(0);
        entry.negative = !value && negated ? 1 : 0;
    }
    if (i.res == Res::op1)
        entry.form = "assign_" + op1 + "_" + registers;
    else
        entry.form = (i.res == Res::add ? "add_" : "mul_") + op1 + "_" + name_of(i.op0_register) +
                     "_" + registers;
    return entry;
}

// Of the word at pc.
Entry model(const std::vector<Felt>& words, std::uint64_t pc) {
    const auto decoded = decode_instruction(words[pc]);
    if (decoded.has_error())
        return {};
    const Instruction& i = *decoded;
    constexpr auto kCell = static_cast<std::int32_t>(sizeof(Cell));
    const Entry general{
        .dst = i.off_dst * kCell, .op0 = i.off_op0 * kCell, .op1 = i.off_op1 * kCell};
    const bool has_immediate = i.op1_source == Op1Source::imm;
    if (i.extension != OpcodeExtension::stone ||
        (has_immediate && (i.off_op1 != 1 || pc + 1 == words.size())))
        return general;
    const Felt* const immediate = has_immediate ? &words[pc + 1] : nullptr;

    const bool unused_op0 = i.op0_register == Register::fp && i.off_op0 == -1;
    const bool assigns = i.res == Res::op1 && i.op1_source != Op1Source::op0;
    const bool simple_ap = i.ap_update == ApUpdate::regular || i.ap_update == ApUpdate::add1;
    const bool jumps_rel = i.pc_update == PcUpdate::jump_rel && i.res == Res::op1;
    const bool is_jnz = i.pc_update == PcUpdate::jnz;
    Entry entry = general;
    if (i.opcode == Opcode::assert_eq && i.pc_update == PcUpdate::regular && simple_ap)
        return assigns && !unused_op0 ? general : assertion(i, entry, immediate);
    if (i.opcode == Opcode::ret && unused_op0 && i.ap_update == ApUpdate::regular) {
        entry.form = "ret";
        return entry;
    }
    if (immediate == nullptr)
        return general;
    if (i.opcode == Opcode::nop && i.pc_update == PcUpdate::regular && i.res == Res::op1 &&
        i.ap_update == ApUpdate::add && unused_op0 && i.dst_register == Register::fp &&
        *immediate < Felt(UINT32_MAX)) {
        entry.form = "ap_add";
        entry.immediate = *immediate->to_u64();
        return entry;
    }
    const auto target = (Felt(pc) + *immediate).to_u64();
    if (!target || *target > words.size())
        return general;
    entry.immediate = *target;
    if (i.opcode == Opcode::call && jumps_rel) {
        entry.form = "call_rel";
        return entry;
    }
    if (i.opcode != Opcode::nop || !unused_op0 || !simple_ap || !(jumps_rel || is_jnz))
        return general;
    entry.form = std::string(is_jnz ? "jnz_" : "jump_rel_") + name_of(i.dst_register) +
                 (i.ap_update == ApUpdate::add1 ? "_add1" : "_regular");
    return entry;
}

// Whether the stream has what the model says at the pc.
::testing::AssertionResult agrees(const std::vector<Felt>& words, std::uint64_t pc) {
    std::vector<DecodedInstruction> stream(words.size() + 2);
    for (DecodedInstruction& entry : stream)
        entry.hint_range = entry.negative = 0xabcd;
    decode_stream(words, stream.data());
    const DecodedInstruction& found = stream[pc];
    const Entry expected = model(words, pc);
    if (form_name(found.form) == expected.form && found.real_form == found.form &&
        found.dst == expected.dst && found.op0 == expected.op0 && found.op1 == expected.op1 &&
        found.immediate == expected.immediate && found.negative == expected.negative &&
        found.hint_range == 0)
        return ::testing::AssertionSuccess();
    return ::testing::AssertionFailure()
           << words[pc].to_hex() << " is " << form_name(found.form) << " and not " << expected.form;
}

struct Offsets {
    std::uint64_t dst, op0, op1;  // biased
};

Felt word(std::uint64_t flags, const Offsets& offsets, std::uint64_t extension = 0) {
    return Felt::from_u128(
        offsets.dst | offsets.op0 << 16 | offsets.op1 << 32 | flags << 48 | extension << 63,
        extension >> 1);
}

// What compilers write for assertions, calls and ret, and others.
constexpr std::array kOffsets{
    Offsets{0x8000, 0x7fff, 0x8001}, Offsets{0x8000, 0x8001, 0x8001},
    Offsets{0x7ffe, 0x7fff, 0x7fff}, Offsets{0x7ffd, 0x8000, 0x8001},
    Offsets{0, 0xffff, 0},           Offsets{0xffff, 0x7fff, 0x8002},
};

TEST(Stream, AgreesWithTheModelOnAllFlags) {
    const std::vector<Felt> immediates{
        Felt(0),
        Felt(5),
        Felt(6),
        -Felt(2),
        -Felt(3),
        Felt(UINT32_MAX),
        Felt((std::uint64_t{1} << 61) - 1),
        Felt(std::uint64_t{1} << 61),
        -Felt((std::uint64_t{1} << 61) - 1),
        -Felt(std::uint64_t{1} << 61),
        Felt::from_u128(1, 1),
    };
    for (std::uint64_t flags = 0; flags < 1 << 15; ++flags)
        for (const Offsets& offsets : kOffsets) {
            const Felt tried = word(flags, offsets);
            // None of the words around it is an instruction.
            const Felt other(std::uint64_t{3} << 50);
            for (const Felt& immediate : immediates)
                ASSERT_TRUE(agrees({other, other, tried, immediate, other, other, other}, 2))
                    << immediate.to_hex();
            ASSERT_TRUE(agrees({other, tried}, 1));
        }
}

TEST(Stream, LeavesExtensionsAndLargeWordsGeneral) {
    for (std::uint64_t flags = 0; flags < 1 << 15; ++flags)
        for (std::uint64_t extension = 1; extension <= 4; ++extension)
            ASSERT_TRUE(agrees({word(flags, kOffsets[0], extension), Felt(1), Felt(1)}, 0));
    ASSERT_TRUE(agrees({Felt::from_canonical({0x480680017fff8000, 0, 1, 0}), Felt(1)}, 0));
}

TEST(Stream, EndsInTwoEntriesOutside) {
    std::array<DecodedInstruction, 2> stream{};
    decode_stream({}, stream.data());
    for (const DecodedInstruction& entry : stream) {
        EXPECT_EQ(entry.form, Form::outside);
        EXPECT_EQ(entry.real_form, Form::outside);
    }
}

}  // namespace
}  // namespace blockexecd::vm
