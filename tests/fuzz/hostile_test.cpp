// SPDX-License-Identifier: Apache-2.0
// Deep nesting, huge lengths and negative offsets, loader by loader: each gives one error that
// names the thing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/load.hpp"
#include "executor/classes/class_codec.hpp"
#include "executor/classes/class_definition.hpp"
#include "storage/archive/block_json.hpp"
#include "storage/schema/codec.hpp"
#include "tests/fuzz/target.hpp"
#include "vm/cairo0/program/program.hpp"
#include "vm/cairo1/class_file.hpp"
#include "vm/hints/casm_hint.hpp"

namespace blockexecd::fuzz {
namespace {

using testing::HasSubstr;

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += text;
    return all;
}
std::string nested(std::size_t depth) {
    return repeated("[", depth) + repeated("]", depth);
}
std::string replaced(std::string text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    EXPECT_NE(at, text.npos) << what;
    return at == text.npos ? text : text.replace(at, what.size(), with);
}

template <class Result>
std::string reason(const Result& result) {
    return result.has_error() ? result.error().message() : "taken";
}

// A program with one of everything.
const std::string kProgram =
    R"({"prime":"0x800000000000011000000000000000000000000000000000000000000000001","builtins":[],"data":["0x1"],)"
    R"("identifiers":{"__main__.main":{"pc":0,"type":"function"}},"hints":{"0":[{"code":"x","accessible_scopes":[],)"
    R"("flow_tracking_data":{"ap_tracking":{"group":0,"offset":0},"reference_ids":{"a":0}}}]},)"
    R"("reference_manager":{"references":[{"ap_tracking_data":{"group":0,"offset":0},"pc":0,"value":"[cast(fp, felt*)]"}]},)"
    R"("attributes":[{"name":"error_message","start_pc":0,"end_pc":1,"value":"text"}]})";

std::string program_reason(const std::string& json) {
    return reason(vm::cairo0::parse_program(json, "main"));
}

TEST(HostileCairo0Program, IsRefusedByName) {
    EXPECT_EQ(program_reason(kProgram), "taken");
    EXPECT_THAT(program_reason(replaced(kProgram, R"("0x1")", nested(600))), HasSubstr("too deep"));
    EXPECT_THAT(program_reason(replaced(kProgram, R"("pc":0,"type")", R"("pc":-1,"type")")),
                HasSubstr("pc"));
    EXPECT_THAT(program_reason(
                    replaced(kProgram, R"("pc":0,"type")", R"("pc":18446744073709551616,"type")")),
                HasSubstr("pc"));
    EXPECT_THAT(program_reason(replaced(kProgram, R"({"0":[)", R"({"-1":[)")),
                HasSubstr("hints: -1 is no pc"));
    EXPECT_THAT(program_reason(replaced(kProgram, R"({"0":[)", R"({"18446744073709551615":[)")),
                HasSubstr("Hint PC (18446744073709551615)"));
    EXPECT_THAT(program_reason(replaced(kProgram, R"("a":0)", R"("a":4000000000)")),
                HasSubstr("reference_ids"));
    EXPECT_THAT(program_reason(replaced(kProgram, R"("group":0)", R"("group":-5)")),
                HasSubstr("ap_tracking.group"));
    EXPECT_THAT(program_reason(replaced(kProgram, R"("end_pc":1)", R"("end_pc":-1)")),
                HasSubstr("end_pc"));
    EXPECT_THAT(
        program_reason(replaced(kProgram, R"("0x1")", "\"0x" + repeated("f", 100000) + "\"")),
        HasSubstr("representative out of range"));
}

TEST(HostileCairo0Program, NumbersOfAnyLengthAreQuick) {
    const std::string digits = repeated("9", 2'000'000);
    for (const std::string& number :
         {digits, "-" + digits, digits + "e5", std::string("1e99999999999999999999")})
        (void)program_reason(
            replaced(kProgram, R"("__main__.main")",
                     R"("c":{"type":"const","value":)" + number + R"(},"__main__.main")"));
}

TEST(HostileCairo0Program, AReferenceBeyondEveryOffsetIsUnreadable) {
    EXPECT_EQ(program_reason(replaced(kProgram, "cast(fp,", "cast(fp + (99999999999),")), "taken");
    EXPECT_EQ(program_reason(replaced(kProgram, "cast(fp,", "cast(" + repeated("[", 5000) + "fp,")),
              "taken");
}

const std::string kCasm =
    R"({"bytecode":["0x1","0x2"],"bytecode_segment_lengths":[1,1],"hints":[[0,[{"AllocSegment":{"dst":{"register":"AP",)"
    R"("offset":0}}}]]],"entry_points_by_type":{"EXTERNAL":[{"selector":"0x5","offset":1,"builtins":[]}]}})";
const std::string kSierra =
    R"({"sierra_program":["0x1","0x7","0x0"],"contract_class_version":"0.1.0","entry_points_by_type":{"EXTERNAL":[)"
    R"({"selector":"0x5","function_idx":0}]},"abi":"[]"})";

std::string casm_reason(const std::string& casm) {
    return reason(executor::parse_cairo1_class({"sierra", kSierra}, {"casm", casm}));
}
std::string sierra_reason(const std::string& sierra) {
    return reason(executor::parse_cairo1_class({"sierra", sierra}, {"casm", kCasm}));
}

TEST(HostileCasmClass, IsRefusedByName) {
    EXPECT_EQ(casm_reason(kCasm), "taken");
    EXPECT_THAT(casm_reason(replaced(kCasm, "[1,1]", nested(2000))), HasSubstr("casm"));
    EXPECT_THAT(casm_reason(replaced(kCasm, "[1,1]", "[18446744073709551615,3]")),
                HasSubstr("bytecode_segment_lengths"));
    EXPECT_THAT(casm_reason(replaced(kCasm, "[1,1]", "[-1,3]")),
                HasSubstr("bytecode_segment_lengths"));
    EXPECT_THAT(casm_reason(replaced(kCasm, R"("offset":1)", R"("offset":-1)")),
                HasSubstr("offset"));
    EXPECT_THAT(casm_reason(replaced(kCasm, "[[0,[", "[[-1,[")), HasSubstr("hints"));
    EXPECT_THAT(casm_reason(replaced(kCasm, R"("offset":0)", R"("offset":32768)")),
                HasSubstr("32768"));
    EXPECT_THAT(casm_reason(replaced(kCasm, R"("0x2")", "\"0x" + repeated("f", 100000) + "\"")),
                HasSubstr("bytecode"));
}

TEST(HostileCasmClass, IsRefusedByCairovmToo) {
    EXPECT_EQ(reason(vm::cairo1::parse_class_file(kCasm)), "taken");
    EXPECT_THAT(reason(vm::cairo1::parse_class_file(replaced(kCasm, "[1,1]", nested(3000)))),
                HasSubstr("CASM class"));
    EXPECT_THAT(reason(vm::cairo1::parse_class_file(replaced(kCasm, "[[0,[", "[[-1,["))),
                HasSubstr("CASM hints"));
}

TEST(HostileSierraClass, IsRefusedByName) {
    EXPECT_EQ(sierra_reason(kSierra), "taken");
    EXPECT_THAT(sierra_reason(replaced(kSierra, R"("0x0"])", R"("0x0",)" + nested(2000) + "]")),
                HasSubstr("sierra"));
    EXPECT_THAT(sierra_reason(replaced(kSierra, R"("function_idx":0)", R"("function_idx":-1)")),
                HasSubstr("function_idx"));
    EXPECT_THAT(sierra_reason(replaced(kSierra, R"("0.1.0")", "\"" + repeated("1", 100000) + "\"")),
                HasSubstr("contract_class_version"));
}

// Lengths of 2^64 - 1 in front of nothing: nothing is allocated for them.
TEST(HostileStoredBytes, AreRefusedByName) {
    const std::string huge = repeated("\xff", 64);
    for (char version = 0; version < 4; ++version) {
        EXPECT_THAT(reason(executor::decode_class(bytes_of(version + huge))),
                    HasSubstr("stored class"));
        EXPECT_NE(reason(vm::decode_casm_hints(bytes_of(version + huge))), "taken");
        EXPECT_NE(reason(vm::cairo0::decode_extra(version + huge)), "taken");
    }
    const auto refused =
        storage::decode<std::vector<executor::Transaction>>(huge, "transactions of block 7");
    ASSERT_TRUE(refused.has_error());
    EXPECT_THAT(refused.error().message, HasSubstr("transactions of block 7"));
}

TEST(HostileSettings, AreRefusedByName) {
    const auto problems = [](const std::string& text) {
        const auto loaded = config::load_text(text, "blockexecd.toml");
        return loaded.problems.empty() ? std::string("taken") : loaded.problems.front().to_string();
    };
    EXPECT_THAT(problems("[execution]\nvms = -1\n"), HasSubstr("vms"));
    EXPECT_THAT(problems("[execution]\nvms = 99999999999999999999999\n"),
                HasSubstr("blockexecd.toml"));
    EXPECT_THAT(problems("x = " + nested(5000) + "\n"), HasSubstr("blockexecd.toml"));
    EXPECT_THAT(problems("[execution]\nvms = \"" + repeated("9", 1'000'000) + "\"\n"),
                HasSubstr("vms"));
}

TEST(HostileArchive, IsRefusedByName) {
    const auto refusal = [](const std::string& json) {
        const auto file = storage::JsonFile::parse(json, "blocks/1.json");
        if (file.has_error())
            return file.error().message;
        (void)storage::read_block_json((*file)->root());
        return (*file)->failure() ? (*file)->failure()->message : std::string("taken");
    };
    EXPECT_THAT(refusal(nested(5000)), HasSubstr("blocks/1.json"));
    EXPECT_THAT(refusal(R"({"block_number":-1})"), HasSubstr("block_number"));
    EXPECT_THAT(refusal(R"({"block_number":18446744073709551616})"), HasSubstr("blocks/1.json"));
}

}  // namespace
}  // namespace blockexecd::fuzz
