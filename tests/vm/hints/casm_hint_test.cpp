// SPDX-License-Identifier: Apache-2.0
// CASM hints as data: the JSON of compiled classes, the binary form, what is refused.
#include "vm/hints/casm_hint.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <filesystem>
#include <set>

#include "vm/hints/casm_hint_table.hpp"

namespace blockexecd::vm {
namespace {

std::span<const std::uint8_t> bytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

TEST(CasmHints, ParsesEveryOperandForm) {
    const auto hints = parse_casm_hints(R"([
        [3, [{"TestLessThan": {"lhs": {"BinOp": {"op": "Add", "a": {"register": "AP", "offset": -1},
                                                "b": {"Immediate": "-0x1"}}},
                               "rhs": {"DoubleDeref": [{"register": "FP", "offset": -3}, 2]},
                               "dst": {"register": "AP", "offset": 0}}},
             "AssertAllKeysUsed"]],
        [9, [{"TestLessThanOrEqual": {"lhs": {"BinOp": {"op": "Mul", "a": {"register": "FP", "offset": 5},
                                                       "b": {"Deref": {"register": "AP", "offset": 7}}}},
                                      "rhs": {"Immediate": "0x1F"}, "dst": {"register": "FP", "offset": 1}}}]]])");
    ASSERT_TRUE(hints.has_value()) << hints.error().message();
    using Kind = HintOperand::Kind;
    ASSERT_EQ(hints->size(), 2U);
    EXPECT_EQ((*hints)[0].pc, 3U);
    ASSERT_EQ((*hints)[0].hints.size(), 2U);
    const auto& operands = (*hints)[0].hints[0].operands;
    ASSERT_EQ(operands.size(), 3U);
    EXPECT_EQ(operands[0], (HintOperand{Kind::add_immediate, {Register::ap, -1}, {}, 0, -Felt(1)}));
    EXPECT_EQ(operands[1], (HintOperand{Kind::double_deref, {Register::fp, -3}, {}, 2, Felt()}));
    EXPECT_EQ(operands[2], (HintOperand{Kind::deref, {Register::ap, 0}, {}, 0, Felt()}));
    EXPECT_EQ((*hints)[0].hints[1].id, CasmHintId::AssertAllKeysUsed);
    EXPECT_EQ((*hints)[1].hints[0].operands[0],
              (HintOperand{Kind::mul_deref, {Register::fp, 5}, {Register::ap, 7}, 0, Felt()}));
    EXPECT_EQ((*hints)[1].hints[0].operands[1].value, Felt(31));
    EXPECT_EQ(*decode_casm_hints(bytes(encode_casm_hints(*hints))), *hints);
}

TEST(CasmHints, RefusesByName) {
    const auto error = [](std::string_view json) {
        const auto hints = parse_casm_hints(json);
        return hints.has_error() ? hints.error().message() : "no error";
    };
    EXPECT_EQ(error(R"([[0, [{"Frobnicate": {}}]]])"), "CASM hints: unknown hint Frobnicate");
    EXPECT_EQ(error(R"([[0, ["Frobnicate"]]])"), "CASM hints: unknown hint Frobnicate");
    EXPECT_EQ(error(R"([[0, [{"AllocSegment": {}}]]])"), "CASM hints: missing or bad dst");
    EXPECT_EQ(error(R"([[0, [{"AllocSegment": {"dst": {"register": "PC", "offset": 0}}}]]])"),
              "CASM hints: unknown register PC");
    EXPECT_EQ(error(R"([[0, [{"AllocSegment": {"dst": {"register": "AP", "offset": 99999}}}]]])"),
              "CASM hints: offset 99999 is out of range");
    EXPECT_EQ(error(R"({})"), "CASM hints: not an array");
    EXPECT_EQ(error(R"([[0]])"), "CASM hints: an entry is not [pc, [hints]]");
}

TEST(CasmHints, RefusesDamagedBinary) {
    CasmHints hints{{5,
                     {{CasmHintId::AllocSegment, {HintOperand{}}},
                      {CasmHintId::FieldSqrt, {HintOperand{}, HintOperand{}}}}}};
    hints[0].hints[1].operands[0] = {HintOperand::Kind::immediate, {}, {}, 0, -Felt(7)};
    const std::string good = encode_casm_hints(hints);
    EXPECT_EQ(*decode_casm_hints(bytes(good)), hints);
    for (std::size_t length = 0; length < good.size(); ++length)
        EXPECT_TRUE(decode_casm_hints(bytes(good.substr(0, length))).has_error()) << length;
    EXPECT_TRUE(decode_casm_hints(bytes(good + "x")).has_error());
    std::string other = good;
    other[0] = 2;
    EXPECT_EQ(decode_casm_hints(bytes(other)).error().message(), "CASM hints: unknown version 2");
}

TEST(CasmHints, BuffersTakeNoOtherOperand) {
    const CasmHints hints{{0,
                           {{CasmHintId::AllocFelt252Dict,
                             {HintOperand{HintOperand::Kind::immediate, {}, {}, 0, Felt(1)}}}}}};
    EXPECT_EQ(resolve_casm_hints(hints).error().message(),
              "CASM hint AllocFelt252Dict: illegal argument for a buffer");
}

// Every compiled class among the test data loads, survives the binary form and resolves.
TEST(CasmHints, CompiledClassesLoad) {
    std::size_t classes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("tests/data")) {
        if (!entry.path().string().ends_with(".casm.json"))
            continue;
        simdjson::dom::parser parser;
        simdjson::dom::element root;
        ASSERT_EQ(parser.load(entry.path().string()).get(root), simdjson::SUCCESS) << entry.path();
        const auto hints = parse_casm_hints(simdjson::minify(root["hints"]));
        ASSERT_TRUE(hints.has_value()) << entry.path() << ": " << hints.error().message();
        EXPECT_FALSE(hints->empty());
        EXPECT_EQ(*decode_casm_hints(bytes(encode_casm_hints(*hints))), *hints);
        std::vector<Felt> words;
        for (const std::string_view word : root["bytecode"])
            words.push_back(*Felt::from_hex(word));
        const auto code = make_casm_code(words, *hints);
        ASSERT_TRUE(code.has_value()) << entry.path() << ": " << code.error().message();
        for (const CasmHintsAtPc& at : *hints)
            EXPECT_EQ((*code)->hints_at(at.pc).size(), at.hints.size());
        ++classes;
    }
    EXPECT_GE(classes, 3U);
}

}  // namespace
}  // namespace blockexecd::vm
