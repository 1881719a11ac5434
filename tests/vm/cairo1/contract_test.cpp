// SPDX-License-Identifier: Apache-2.0
// Every line of tests/data/casm/cases.txt, run without a chain, equals the reference VM: result,
// gas, resources, trace and memory, or the error's text. And what is no class is refused by name.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/vm/cairo0/golden_files.hpp"
#include "tests/vm/random/string_sink.hpp"
#include "vm/cairo0/program/json.hpp"
#include "vm/cairo0/runner/flat_memory.hpp"
#include "vm/cairo0/runner/outputs.hpp"
#include "vm/cairo1/arguments.hpp"
#include "vm/cairo1/contract_runner.hpp"
#include "vm/runner/resources.hpp"

namespace blockexecd::vm::cairo1 {
namespace {

using cairo0::read_file;
using cairo0::sha256_hex;

const std::string kData = "tests/data/casm/";

struct Case {
    std::string name;
    std::string class_name;
    std::size_t entry_point = 0;
    std::uint64_t gas = UINT64_MAX;
    std::optional<std::uint64_t> n_steps;
    std::vector<Felt> calldata;
};

Felt felt(const std::string& word) {
    if (word.starts_with("0x"))
        return *Felt::from_hex(word);
    return word.starts_with('-') ? -Felt(std::stoull(word.substr(1))) : Felt(std::stoull(word));
}

std::vector<Case> read_cases() {
    std::vector<Case> cases;
    std::istringstream lines(read_file(kData + "cases.txt"));
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.starts_with('#'))
            continue;
        std::istringstream words(line);
        Case read;
        words >> read.name >> read.class_name >> read.entry_point;
        for (std::string word; words >> word;) {
            if (word.starts_with("gas="))
                read.gas = std::stoull(word.substr(4));
            else if (word.starts_with("n_steps="))
                read.n_steps = std::stoull(word.substr(8));
            else
                read.calldata.push_back(felt(word));
        }
        cases.push_back(std::move(read));
    }
    return cases;
}

// GoogleTest prints parameters.
void PrintTo(const Case& value, std::ostream* out) {
    *out << value.name;
}

class ContractTest : public testing::TestWithParam<Case> {};

TEST_P(ContractTest, EqualsTheReference) {
    const Case& run = GetParam();
    const auto golden = cairo0::parse_json(read_file(kData + "goldens/" + run.name + ".json"));
    ASSERT_TRUE(golden.has_value());
    const auto file = parse_class_file(read_file(kData + run.class_name + ".casm.json"));
    ASSERT_TRUE(file.has_value()) << file.error().message();
    Arena arena;
    auto runner = ContractRunner::make(arena, *file);
    ASSERT_TRUE(runner.has_value()) << runner.error().message();
    RunResources steps{run.n_steps.value_or(0)};
    const auto result = runner->run(file->entry_points[run.entry_point],
                                    {.calldata = run.calldata,
                                     .gas = run.gas,
                                     .trace = true,
                                     .resources = run.n_steps ? &steps : nullptr});
    if (const auto* const error = golden->find("error")) {
        ASSERT_FALSE(result.has_value()) << "expected: " << error->text();
        EXPECT_EQ(result.error().message(), error->text());
        return;
    }
    ASSERT_TRUE(result.has_value()) << result.error().message();
    EXPECT_EQ(result->gas_left.to_hex(), golden->find("gas_left")->text());
    EXPECT_EQ(result->panicked, golden->find("panicked")->boolean());
    std::vector<std::string> retdata, expected;
    for (const Felt& value : result->retdata)
        retdata.push_back(value.to_hex());
    for (const auto& value : golden->find("retdata")->elements())
        expected.emplace_back(value.text());
    EXPECT_EQ(retdata, expected);
    const auto resources = runner->function().resources();
    ASSERT_TRUE(resources.has_value());
    EXPECT_EQ(std::to_string(resources->n_steps), golden->find("n_steps")->text());
    EXPECT_EQ(std::to_string(resources->n_memory_holes), golden->find("n_memory_holes")->text());
    for (const auto& counter : golden->find("builtin_instance_counter")->members())
        EXPECT_EQ(std::to_string((*resources)[*builtin_from_name(counter.name)]),
                  counter.value.text())
            << counter.name;
    const VirtualMachine& vm = runner->function().vm();
    const auto flat = cairo0::FlatMemory::make(vm.memory(), used_sizes(vm));
    ASSERT_TRUE(flat.has_value()) << flat.error().message();
    random::StringSink trace, memory;
    flat->write(memory);
    ASSERT_TRUE(cairo0::write_trace(vm.trace(), flat->table(), trace).has_value());
    EXPECT_EQ(sha256_hex(trace.bytes), golden->find("trace_sha256")->text());
    EXPECT_EQ(sha256_hex(memory.bytes), golden->find("memory_sha256")->text());
}

INSTANTIATE_TEST_SUITE_P(Casm, ContractTest, testing::ValuesIn(read_cases()),
                         [](const auto& info) { return info.param.name; });

TEST(ClassFile, RefusesWhatIsNoClass) {
    const auto reason = [](const std::string& json) {
        const auto file = parse_class_file(json);
        return file.has_error() ? file.error().message() : std::string();
    };
    EXPECT_NE(reason("["), "");
    EXPECT_EQ(reason("{}"), "CASM class: bytecode is missing or of another type");
    EXPECT_EQ(reason(R"({"bytecode":["5"]})"), "CASM class: bytecode holds what is no felt: \"5\"");
    EXPECT_EQ(reason(R"({"bytecode":["0x1"]})"), "CASM class: hints is missing or of another type");
    const std::string begin =
        R"({"bytecode":["0x1"],"hints":[],"entry_points_by_type":{"EXTERNAL":[)";
    EXPECT_EQ(reason(begin + R"({"selector":"0x5","offset":1,"builtins":[]}]}})"),
              "CASM class: the offset 1 is behind the bytecode of 1 felts");
    EXPECT_EQ(reason(begin + R"({"selector":"0x5","offset":-1,"builtins":[]}]}})"),
              "CASM class: offset is missing or of another type");
    EXPECT_EQ(reason(begin + R"({"selector":"0x5","offset":0,"builtins":["abacus"]}]}})"),
              "CASM class: no builtin is called \"abacus\"");
    EXPECT_EQ(reason(R"({"bytecode":["0x1"],"hints":[[0,["Sing"]]]})"),
              "CASM hints: unknown hint Sing");
}

TEST(ClassFile, FindsEntryPointsByNameAndSelector) {
    const auto file = parse_class_file(
        R"({"bytecode":["0x1"],"hints":[],"entry_points_by_type":{"EXTERNAL":[
            {"selector":"0x83afd3f4caedc6eebf44246fe54e38c95e3179a5ec9ea81740eca5b482d12e","offset":0,"builtins":[]}]}})");
    ASSERT_TRUE(file.has_value()) << file.error().message();
    EXPECT_TRUE(find_entry_point(*file, "transfer").has_value());
    EXPECT_TRUE(
        find_entry_point(*file, "0x83afd3f4caedc6eebf44246fe54e38c95e3179a5ec9ea81740eca5b482d12e")
            .has_value());
    EXPECT_FALSE(find_entry_point(*file, "mint").has_value());
}

TEST(Arguments, AreFeltsAndListsWithTheirLength) {
    const auto parsed = [](std::string_view text) {
        const auto felts = parse_arguments(text);
        return felts ? *felts : std::vector<Felt>();
    };
    EXPECT_EQ(parsed(" 7 0x10\t-1"), (std::vector<Felt>{7, 16, -Felt(1)}));
    EXPECT_EQ(parsed("[1 2] [] 3"), (std::vector<Felt>{2, 1, 2, 0, 3}));
    EXPECT_EQ(parsed("[[1, 2], [3]]"), (std::vector<Felt>{2, 2, 1, 2, 1, 3}));
}

}  // namespace
}  // namespace blockexecd::vm::cairo1
