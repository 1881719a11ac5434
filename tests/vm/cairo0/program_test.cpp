// SPDX-License-Identifier: Apache-2.0
// Loading Cairo 0 programs: references, both JSON forms, the stored form, and what is refused.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "vm/cairo0/hints/registry.hpp"
#include "vm/cairo0/program/json.hpp"
#include "vm/cairo0/program/program.hpp"

namespace blockexecd::vm::cairo0 {
namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, text.npos) << from;
    return at == text.npos ? text : text.replace(at, from.size(), to);
}

std::string error_of(const std::string& json, std::optional<std::string_view> entrypoint = "main") {
    const auto program = parse_program(json, entrypoint);
    return program.has_value() ? "loaded" : program.error().message();
}

TEST(ReferenceParser, ReadsTheCompilersForms) {
    const Reference pointer = parse_reference("[cast(fp + (-3), felt*)]");
    EXPECT_TRUE(pointer.outer_dereference);
    EXPECT_FALSE(pointer.inner_dereference);
    EXPECT_TRUE(pointer.term1.is_register);
    EXPECT_EQ(pointer.term1.reg, Register::fp);
    EXPECT_EQ(pointer.term1.offset, -3);
    EXPECT_TRUE(pointer.has_felt_type);

    const Reference sum = parse_reference("[cast([ap + 2] + (-5), a.b.Struct**)]");
    EXPECT_TRUE(sum.term1.dereference);
    EXPECT_EQ(sum.term1.reg, Register::ap);
    EXPECT_EQ(sum.term2.integer, -Felt(5));
    EXPECT_FALSE(sum.has_felt_type);
    EXPECT_TRUE(sum.uses_ap());

    const Reference difference = parse_reference("cast([fp + 1] - [ap + (-2)], felt)");
    EXPECT_TRUE(difference.term2.dereference);
    EXPECT_FALSE(difference.term2.positive);

    const Reference inner = parse_reference("cast([fp + 1], felt*)");
    EXPECT_TRUE(inner.inner_dereference);
    EXPECT_FALSE(inner.term1.dereference);

    EXPECT_EQ(parse_reference("cast(17, felt)").term1.integer, Felt(17));
    // An integer beyond 32 bits is not read: it counts as 0.
    EXPECT_EQ(parse_reference("cast(99999999999, felt)").term1.integer, Felt(0));
}

TEST(ReferenceParser, GivesNinetyNineForWhatItCannotRead) {
    for (const char* text :
         {"", "fp", "cast(", "cast(fp", "cast(fp)", "cast(fp,felt)", "[cast(fp"}) {
        const Reference reference = parse_reference(text);
        EXPECT_EQ(reference.term1.integer, Felt(99)) << text;
        EXPECT_EQ(reference.term2.integer, Felt(99)) << text;
        EXPECT_FALSE(reference.term1.is_register) << text;
    }
}

std::string json_error(std::string_view text) {
    const auto document = parse_json(text);
    return document.has_value() ? "none" : document.error().message();
}

TEST(Json, KeepsNumbersAsText) {
    const std::string text = R"( [0, -1 ,1.5e+3,123456789012345678901234567890,-0.0E-7] )";
    const auto document = parse_json(text);
    ASSERT_TRUE(document.has_value());
    std::vector<std::string_view> numbers;
    for (const JsonValue& value : document->elements())
        numbers.push_back(value.text());
    EXPECT_EQ(numbers, (std::vector<std::string_view>{
                           "0", "-1", "1.5e+3", "123456789012345678901234567890", "-0.0E-7"}));
}

TEST(Json, ReadsEscapesAndUtf8) {
    const std::string text =
        R"({"a \"long\" name":"\u0041\n\/\u00e9\ud83d\ude00 and more than sixteen bytes","b":"é😀"})";
    const auto document = parse_json(text);
    ASSERT_TRUE(document.has_value()) << document.error().message();
    EXPECT_EQ(document->find("a \"long\" name")->text(), "A\n/é😀 and more than sixteen bytes");
    EXPECT_EQ(document->find("b")->text(), "é😀");
}

TEST(Json, KeepsTheLastOfEqualNames) {
    const auto document = parse_json(std::string(R"({"a":1,"a":[true,null,{}]})"));
    ASSERT_TRUE(document.has_value());
    EXPECT_EQ(document->find("a")->elements().size(), 3U);
    EXPECT_TRUE(document->find("a")->elements()[0].boolean());
    EXPECT_EQ(document->find("b"), nullptr);
}

TEST(Json, SaysWhereTheTextIsWrong) {
    EXPECT_EQ(json_error("{\"a\":\n  [1,]}"), "no value at line 2 column 6");
    EXPECT_EQ(json_error("[1 2]"), "expected a comma or the array's end at line 1 column 4");
    EXPECT_EQ(json_error("{a:1}"), "expected a name at line 1 column 2");
    EXPECT_EQ(json_error("[01]"), "a number with a leading zero at line 1 column 3");
    EXPECT_EQ(json_error("[\"\x01\"]"), "a control character in a string at line 1 column 3");
    EXPECT_EQ(json_error("[]]"), "characters behind the value at line 1 column 3");
    EXPECT_EQ(json_error("[\"abc"), "the text ends too early at line 1 column 6");
    for (const char* text : {"",
                             " ",
                             "nul",
                             "+1",
                             ".5",
                             "1.",
                             "1e",
                             "-",
                             "'a'",
                             "[1}",
                             "{\"a\" 1}",
                             "\"\\x\"",
                             "\"\\u12g4\"",
                             "\"\\ud800\"",
                             "\"\\ud800\\u0041\"",
                             "\"\\udc00\"",
                             "\"\xc0\x80\"",
                             "\"\xed\xa0\x80\"",
                             "\"\xf5\x80\x80\x80\"",
                             "\"\xe2\x82\"",
                             "\"\xff\"",
                             "[1],"})
        EXPECT_NE(json_error(text), "none") << text;
}

TEST(Loader, TakesProgramsAndContractClasses) {
    const std::string json = read_file("tests/data/cairo0/math.json");
    const auto alone = parse_program(json, "main");
    ASSERT_TRUE(alone.has_value()) << alone.error().message();
    const auto inside = parse_program(R"({"abi":[],"program":)" + json + "}", "main");
    ASSERT_TRUE(inside.has_value());
    EXPECT_EQ(alone->data, inside->data);
    EXPECT_EQ(alone->main, inside->main);
    EXPECT_EQ(alone->builtins, (std::vector{BuiltinName::output, BuiltinName::range_check}));
}

TEST(Loader, KnowsEveryHintOfTheOraclesContracts) {
    int contracts = 0;
    for (const auto& entry : std::filesystem::directory_iterator("tests/oracle/contracts")) {
        if (!entry.path().string().ends_with(".cairo0.json"))
            continue;
        ++contracts;
        const auto program = parse_program(read_file(entry.path()));
        ASSERT_TRUE(program.has_value()) << entry.path() << ": " << program.error().message();
        for (const HintSource& hint : program->extra.hints)
            EXPECT_NE(hint.known, nullptr) << entry.path() << ": " << hint.text();
        EXPECT_NE(make_code(program->data, program->extra), nullptr);
    }
    EXPECT_GT(contracts, 5);
}

TEST(Loader, RefusesWhatTheReferenceRefuses) {
    const std::string json = read_file("tests/data/cairo0/dict.json");
    EXPECT_EQ(error_of(json), "loaded");
    EXPECT_EQ(error_of(json, "nothing"), "Entrypoint nothing not found");
    EXPECT_EQ(error_of(replaced(json, "\"prime\":\"0x8", "\"prime\":\"0x9")),
              "Expected prime 0x800000000000011000000000000000000000000000000000000000000000001, "
              "got 0x900000000000011000000000000000000000000000000000000000000000001");
    EXPECT_EQ(error_of(replaced(json, "\"data\":", "\"dota\":")), "missing field `data`");
    EXPECT_EQ(error_of(replaced(json, "\"builtins\":[\"output\"", "\"builtins\":[\"outputs\"")),
              "unknown builtin `outputs`");
    EXPECT_EQ(error_of(replaced(json, "\"data\":[\"", "\"data\":[\"0xz")).substr(0, 56),
              "failed to create Felt from string: invalid hex string (0");
    EXPECT_NE(error_of("{\"hints\":[}"), "loaded");
    EXPECT_NE(error_of(""), "loaded");
    EXPECT_NE(error_of(json + "x"), "loaded");
}

TEST(Loader, RefusesHintsOutsideOfTheProgram) {
    const std::string json = read_file("tests/data/cairo0/unknown_hint.json");
    EXPECT_EQ(error_of(replaced(json, "\"hints\":{\"0\"", "\"hints\":{\"77\"")),
              "Hint PC (77) is greater or equal to program length (1)");
}

TEST(Loader, RefusesDeepNesting) {
    const std::string deep = std::string(100000, '[') + std::string(100000, ']');
    EXPECT_NE(error_of(deep).find("deep"), std::string::npos) << error_of(deep);
}

TEST(Loader, RefusesEveryTruncation) {
    const std::string json = read_file("tests/data/cairo0/error_message.json");
    for (std::size_t size = 0; size + 2 < json.size(); size += 1 + json.size() / 500)
        EXPECT_NE(error_of(json.substr(0, size)), "loaded") << size;
}

TEST(Loader, ReadsConstantsOfAnySize) {
    const std::string program =
        R"({"prime":"0x800000000000011000000000000000000000000000000000000000000000001",
        "builtins":[],"data":["0x1"],"hints":{},"reference_manager":{"references":[]},"identifiers":{
        "a.MAX_HIGH":{"type":"const","value":VALUE}}})";
    const auto value = [&](const std::string& text) {
        const auto parsed = parse_program(replaced(program, "VALUE", text));
        return parsed.has_value() ? parsed->extra.constants.at(0).value.to_signed_decimal()
                                  : parsed.error().message();
    };
    EXPECT_EQ(value("-5"), "-5");
    EXPECT_EQ(value("1e27"), "1000000000000000013287555072");
    EXPECT_EQ(value("3618502788666131213697322783095070105623107215331596699973092056135872020483"),
              "2");
    EXPECT_EQ(value("null"), "identifiers.a.MAX_HIGH.value: felt_from_number parse error");
    EXPECT_EQ(value("\"5\""), "identifiers.a.MAX_HIGH.value: felt_from_number parse error");
}

TEST(Loader, RefusesEndlessNumbersThatNoHintAsksFor) {
    const std::string program =
        R"({"prime":"0x800000000000011000000000000000000000000000000000000000000000001",
        "builtins":[],"data":["0x1"],"hints":{},"reference_manager":{"references":[]},"identifiers":{
        "a.b":{"type":"TYPE","value":VALUE}}})";
    const auto error = [&](const std::string& type, std::size_t digits) {
        const std::string of_type = replaced(program, "TYPE", type);
        const auto parsed = parse_program(replaced(of_type, "VALUE", std::string(digits, '9')));
        return parsed.has_value() ? "none" : parsed.error().message();
    };
    for (const std::string type : {"const", "reference"}) {
        for (const std::size_t digits : {1U, 78U, 79U, 308U})
            EXPECT_EQ(error(type, digits), "none") << digits;
        EXPECT_EQ(error(type, 400), "identifiers.a.b.value: felt_from_number parse error");
    }
}

TEST(StoredForm, KeepsWhatHintsNeed) {
    const auto program = parse_program(read_file("tests/data/cairo0/error_message.json"));
    ASSERT_TRUE(program.has_value());
    const std::string bytes = encode_extra(program->extra);
    const auto decoded = decode_extra(bytes);
    ASSERT_TRUE(decoded.has_value()) << decoded.error().message();
    EXPECT_EQ(encode_extra(*decoded), bytes);
    EXPECT_EQ(decoded->attributes.size(), program->extra.attributes.size());
    EXPECT_EQ(decoded->references->size(), program->extra.references->size());
}

TEST(StoredForm, RefusesDamage) {
    const auto program = parse_program(read_file("tests/data/cairo0/dict.json"));
    ASSERT_TRUE(program.has_value());
    const std::string bytes = encode_extra(program->extra);
    EXPECT_LT(bytes.size(), read_file("tests/data/cairo0/dict.json").size() / 2);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(decode_extra(std::string_view(bytes).substr(0, size)).has_value()) << size;
    EXPECT_FALSE(decode_extra(bytes + "x").has_value());
    std::string other_version = bytes;
    other_version[0] = 9;
    EXPECT_EQ(decode_extra(other_version).error().message(),
              "stored program: version 9, expected 1");
}

}  // namespace
}  // namespace blockexecd::vm::cairo0
