// SPDX-License-Identifier: Apache-2.0
// Malformed class files are refused with the file, the place and the reason.
#include <gtest/gtest.h>

#include "executor/classes/class_definition.hpp"
#include "executor/classes/class_json.hpp"

namespace blockexecd::executor {
namespace {

struct Malformed {
    const char* json;
    const char* error;
};

TEST(ParseCasm, NamesWhatIsWrongAndWhere) {
    const Malformed cases[] = {
        {R"()", "F: $: Empty: no JSON found"},
        {R"([])", "F: $: The JSON element does not have the requested type."},
        {R"({"bytecode": []} {})", "F: $: Unexpected trailing content in the JSON input."},
        {R"({"hints": []})", R"(F: $: has no member "bytecode")"},
        {R"({"bytecode": [], "bytecode": []})", "F: $.bytecode: given twice"},
        {R"({"bytecode": ["0x1", "1"]})", "F: $.bytecode[1]: not a hexadecimal field element"},
        {R"({"bytecode": ["0x800000000000011000000000000000000000000000000000000000000000001"]})",
         "F: $.bytecode[0]: not a hexadecimal field element"},
        {R"({"bytecode": ["0x1"], "bytecode_segment_lengths": [1, [1]]})",
         "F: $.bytecode_segment_lengths: adds up to 2, but the bytecode has 1 felts"},
        {R"({"bytecode": ["0x1"], "bytecode_segment_lengths": [-1, 2]})",
         "F: $.bytecode_segment_lengths[0]: not an integer from 0 to 2^64-1"},
        {R"({"bytecode": ["0x1"], "bytecode_segment_lengths": [18446744073709551615, 2]})",
         "F: $.bytecode_segment_lengths[0]: too long"},
        {R"({"bytecode": ["0x1"], "bytecode_segment_lengths": []})",
         "F: $.bytecode_segment_lengths: an empty list of segments"},
        {R"({"bytecode": [], "entry_points_by_type": {"EXTERNAL": [{"selector": "0x1", "offset": "a", "builtins": []}]}})",
         "F: $.entry_points_by_type.EXTERNAL[0].offset: not an integer from 0 to 2^64-1"},
        {R"({"bytecode": [], "entry_points_by_type": {"EXTERNAL": [{"selector": "0x1", "offset": 0, "builtins": ["gas"]}]}})",
         R"(F: $.entry_points_by_type.EXTERNAL[0].builtins[0]: no builtin is called "gas")"},
        {R"({"bytecode": [], "entry_points_by_type": {}})", R"(F: $: has no member "hints")"},
    };
    for (const Malformed& malformed : cases) {
        const auto casm = parse_casm(JsonText::document("F", malformed.json));
        ASSERT_FALSE(casm.has_value()) << malformed.json;
        EXPECT_EQ(casm.error().message(), malformed.error);
    }
}

TEST(ParseCasm, BoundsTheNestingOfSegments) {
    const std::string deep = std::string(2000, '[') + "0" + std::string(2000, ']');
    const auto casm = parse_casm(
        JsonText::document("F", R"({"bytecode": [], "bytecode_segment_lengths": )" + deep + "}"));
    ASSERT_FALSE(casm.has_value());
}

TEST(ParseCasm, TakesBytecodeWithoutSegmentsAsOne) {
    const auto casm = parse_casm(JsonText::document(
        "F", R"({"bytecode": ["0x1", "0x2"], "entry_points_by_type": {}, "hints": []})"));
    ASSERT_TRUE(casm.has_value()) << casm.error().message();
    EXPECT_EQ(casm->segments.length, 2U);
    EXPECT_TRUE(casm->segments.children.empty());
}

TEST(ParseCairo0, TakesOffsetsAsIntegersAndAsHex) {
    const auto cairo0 = parse_cairo0(JsonText::document(
        "F",
        R"({"abi": null, "program": {"data": ["0x1"], "builtins": ["pedersen"]}, "entry_points_by_type":
              {"EXTERNAL": [{"selector": "0x5", "offset": "0x10"}, {"selector": "0x6", "offset": 16}]}})"));
    ASSERT_TRUE(cairo0.has_value()) << cairo0.error().message();
    EXPECT_EQ(cairo0->entry_points[0].at(0).offset, 16U);
    EXPECT_EQ(cairo0->entry_points[0].at(1).offset, 16U);
}

TEST(ParseSierra, NeedsAVersionInTheProgram) {
    const auto json = JsonText::document(
        "F",
        R"({"sierra_program": ["0x1", "0x2"], "contract_class_version": "0.1.0", "entry_points_by_type": {}, "abi": ""})");
    const auto sierra = parse_sierra(json);
    ASSERT_TRUE(sierra.has_value()) << sierra.error().message();
    const auto version = sierra_version(*sierra, json);
    ASSERT_FALSE(version.has_value());
    EXPECT_EQ(version.error().message(), "F: $: the Sierra program does not begin with a version");
}

TEST(ParseSierra, ReadsTheVersionOfTheFirstCompilersFromText) {
    const auto json = JsonText::document(
        "F", R"({"sierra_program": ["0x302e312e30", "0x1c", "0x52616e6765436865636b"],
              "contract_class_version": "0.1.0", "entry_points_by_type": {}, "abi": ""})");
    const auto sierra = parse_sierra(json);
    ASSERT_TRUE(sierra.has_value()) << sierra.error().message();
    EXPECT_EQ(*sierra_version(*sierra, json), (SierraVersion{0, 1, 0}));
}

TEST(CheckClassHash, NamesBothHashes) {
    ClassDefinition definition;
    definition.summary.class_hash = Felt(1);
    EXPECT_TRUE(check_class_hash(definition, Felt(1), "F").has_value());
    EXPECT_EQ(check_class_hash(definition, Felt(2), "F").error().message(),
              "F: its class hash is 0x1, not 0x2");
}

}  // namespace
}  // namespace blockexecd::executor
