// SPDX-License-Identifier: Apache-2.0
// Code: shared cells, forms, hint ranges.
#include "vm/program/code.hpp"

#include <gtest/gtest.h>

namespace blockexecd::vm {
namespace {

Felt hex(const char* text) {
    return *Felt::from_hex(text);
}

Result<void> no_hint(VirtualMachine& /*vm*/, const void* /*operands*/) {
    return {};
}

TEST(Code, ChoosesAFormForEachWord) {
    const std::vector<Felt> words{
        hex("0x480680017fff8000"),    Felt(7),     // [ap] = 7; ap++
        hex("0x480680017fff8000"),    -Felt(1),    // [ap] = -1; ap++
        hex("0x482480017ffe8000"),    -Felt(1),    // [ap] = [ap - 2] + (-1); ap++
        hex("0x20780017fff7ffd"),     Felt(4),     // jmp rel 4 if [fp - 3] != 0
        hex("0x10780017fff7fff"),     Felt(1000),  // jmp rel 1000: out of the program
        hex("0x1104800180018000"),    -Felt(10),   // call rel -10
        hex("0x208b7fff7fff7ffe"),                 // ret
        hex("0x40780017fff7fff"),     Felt(2),     // ap += 2
        Felt(std::uint64_t{3} << 50),              // no instruction
        hex("0x480680017fff8000"),                 // an immediate that is not there
    };
    const auto code = Code::make(words, {});
    ASSERT_EQ(code->length(), words.size());
    const DecodedInstruction* const i = code->instructions();
    EXPECT_EQ(form_name(i[0].form), "assign_small_ap_add1");
    EXPECT_EQ(i[0].immediate, 7U);
    EXPECT_EQ(form_name(i[2].form), "assign_imm_ap_add1");
    EXPECT_EQ(form_name(i[4].form), "add_imm_ap_ap_add1");
    EXPECT_EQ(i[4].negative, 1U);
    EXPECT_EQ(i[4].immediate, 1U);
    EXPECT_EQ(i[4].op0, -2 * static_cast<std::int32_t>(sizeof(Cell)));
    EXPECT_EQ(form_name(i[6].form), "jnz_fp_regular");
    EXPECT_EQ(i[6].immediate, 10U);
    EXPECT_EQ(form_name(i[8].form), "general");
    EXPECT_EQ(form_name(i[10].form), "call_rel");
    EXPECT_EQ(i[10].immediate, 0U);
    EXPECT_EQ(form_name(i[12].form), "ret");
    EXPECT_EQ(form_name(i[13].form), "ap_add");
    EXPECT_EQ(form_name(i[15].form), "general");
    EXPECT_EQ(form_name(i[16].form), "general");
    EXPECT_EQ(form_name(i[17].form), "outside");
    EXPECT_EQ(form_name(i[18].form), "outside");
}

TEST(Code, LeavesSecondWordsAloneButNotWhatIsJumpedTo) {
    const std::vector<Felt> words{
        hex("0x1104800180018000"), Felt(3),  // call rel 3
        hex("0x480680017fff8000"),           // data that looks like [ap] = …; ap++
        hex("0x208b7fff7fff7ffe"),           // ret
        hex("0x480680017fff8000"), hex("0x208b7fff7fff7ffe"),  // [ap] = what looks like ret; ap++
        hex("0x1104800180018000"), Felt(2),                    // call rel 2: behind the last word
    };
    const auto code = Code::make(words, {});
    const DecodedInstruction* const i = code->instructions();
    EXPECT_EQ(form_name(i[1].form), "general");
    EXPECT_EQ(form_name(i[3].form), "ret");
    EXPECT_EQ(form_name(i[5].form), "general");
    EXPECT_EQ(form_name(i[6].form), "call_rel");
    EXPECT_EQ(i[6].immediate, words.size());
    EXPECT_EQ(form_name(i[8].form), "outside");
}

TEST(Code, CellsAreMarkedAccessed) {
    const std::vector<Felt> words{Felt(1), -Felt(1)};
    const auto code = Code::make(words, {});
    for (std::size_t i = 0; i < words.size(); ++i) {
        EXPECT_TRUE(code->cells()[i].is_accessed());
        EXPECT_EQ(code->cells()[i].load(), Value(words[i]));
    }
}

TEST(Code, HintsComeFirstAtTheirPc) {
    const std::vector<Felt> words{hex("0x208b7fff7fff7ffe"), hex("0x208b7fff7fff7ffe")};
    HintTable table;
    const int operand = 0;
    table.add(1, no_hint, &operand);
    table.add(1, no_hint, nullptr);
    table.add(9, no_hint, nullptr);
    const auto code = Code::make(words, std::move(table));
    EXPECT_TRUE(code->hints_at(0).empty());
    ASSERT_EQ(code->hints_at(1).size(), 2U);
    EXPECT_EQ(code->hints_at(1)[0].operands, &operand);
    EXPECT_TRUE(code->hints_at(9).empty());
    EXPECT_EQ(code->instructions()[1].form, Form::hinted);
    EXPECT_EQ(code->instructions()[1].real_form, Form::ret);
}

}  // namespace
}  // namespace blockexecd::vm
