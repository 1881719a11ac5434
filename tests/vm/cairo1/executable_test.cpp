// SPDX-License-Identifier: Apache-2.0
// Every line of tests/data/executable/cases.txt equals the reference: output, resources, trace,
// memory and AIR inputs, or the error's text.
#include <gtest/gtest.h>

#include <sstream>

#include "tests/vm/cairo0/canonical_json.hpp"
#include "tests/vm/cairo0/golden_files.hpp"
#include "vm/cairo0/runner/air_input.hpp"
#include "vm/cairo0/runner/flat_memory.hpp"
#include "vm/cairo0/runner/outputs.hpp"
#include "vm/cairo0/runner/program_runner.hpp"
#include "vm/cairo0/runner/trace_file.hpp"
#include "vm/cairo1/arguments.hpp"
#include "vm/cairo1/executable_file.hpp"
#include "vm/hints/casm_hint_table.hpp"

namespace blockexecd::vm::cairo1 {
namespace {

using cairo0::canonical_json;
using cairo0::JsonOutput;
using cairo0::JsonValue;
using cairo0::parse_json;
using cairo0::read_file;
using cairo0::sha256_hex;

const std::string kData = "tests/data/executable/";

struct Case {
    std::string name, program, kind, layout, arguments;
};

std::vector<Case> read_cases() {
    std::vector<Case> cases;
    std::istringstream lines(read_file(kData + "cases.txt"));
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line.starts_with('#'))
            continue;
        std::istringstream words(line);
        Case read;
        words >> read.name >> read.program >> read.kind >> read.layout;
        std::getline(words, read.arguments);
        cases.push_back(std::move(read));
    }
    return cases;
}

// GoogleTest prints parameters.
void PrintTo(const Case& value, std::ostream* out) {
    *out << value.name;
}

template <class Write>
Result<std::string> json_hash(Write&& write) {
    std::string text;
    JsonOutput out(JsonOutput::Shape::pretty, [&text](std::string_view part) { text += part; });
    BX_CHECK(write(out));
    return sha256_hex(canonical_json(*parse_json(text)));
}

// The golden's keys, as this VM has them.
using Outcome = std::map<std::string, std::string>;

Result<Outcome> run(const Case& each) {
    BX_TRY(const ExecutableFile file,
           parse_executable_file(read_file(kData + each.program + ".executable.json")));
    const bool proof = each.kind == "standalone";
    BX_TRY(const cairo0::Cairo0Program program,
           program_of(file, proof ? EntryKind::standalone : EntryKind::bootloader));
    BX_TRY(auto code, make_casm_code(file.bytecode, file.hints));
    BX_TRY(const std::vector<Felt> arguments, parse_arguments(each.arguments));
    const cairo0::ScratchFolder scratch;
    BX_TRY(const auto trace, cairo0::TraceFile::create(scratch.file("trace"), program.data.size()));
    Arena arena;
    cairo0::ProgramRunner runner(
        arena, program, cairo0::find_layout(each.layout).value(),
        {.mode = proof ? cairo0::RunMode::proof_canonical : cairo0::RunMode::execution,
         .allow_missing_builtins = true,
         .secure_run = !proof,
         .fill_holes = proof,
         .trace = true,
         .trace_sink = trace.get()},
        std::move(code));
    prepare(runner.vm(), arguments);
    BX_CHECK(runner.run());
    const auto sizes = runner.segment_sizes();
    BX_TRY(const auto memory, cairo0::FlatMemory::make(runner.vm().memory(), sizes));
    BX_CHECK(trace->commit(runner.vm().trace(), memory.table()));
    BX_TRY(const auto memory_file, cairo0::OutputFile::create(scratch.file("memory")));
    memory.write(*memory_file);
    BX_CHECK(memory_file->commit());
    BX_TRY(const ExecutionResources resources, runner.resources());
    Outcome outcome{{"output", cairo0::output_lines(runner.vm())},
                    {"n_steps", std::to_string(resources.n_steps)},
                    {"n_memory_holes", std::to_string(resources.n_memory_holes)},
                    {"trace_sha256", sha256_hex(read_file(scratch.file("trace")))},
                    {"memory_sha256", sha256_hex(read_file(scratch.file("memory")))}};
    for (const Builtin& builtin : runner.vm().builtins().all())
        outcome["builtin_instance_counter"] += std::string(builtin_name(builtin.name)) + ":" +
                                               std::to_string(resources[builtin.name]) + " ";
    if (proof) {
        BX_TRY(outcome["air_public_input_sha256"], json_hash([&](JsonOutput& out) {
                   return write_air_public_input(runner, memory, out);
               }));
        BX_TRY(outcome["air_private_input_sha256"], json_hash([&](JsonOutput& out) {
                   write_air_private_input(runner, {"trace", "memory"}, out);
                   return Result<void>();
               }));
    }
    return outcome;
}

class ExecutableTest : public testing::TestWithParam<Case> {};

TEST_P(ExecutableTest, EqualsTheReference) {
    const auto golden = parse_json(read_file(kData + "goldens/" + GetParam().name + ".json"));
    ASSERT_TRUE(golden.has_value());
    const auto outcome = run(GetParam());
    if (const JsonValue* const error = golden->find("error")) {
        ASSERT_FALSE(outcome.has_value()) << "expected: " << error->text();
        EXPECT_EQ(outcome.error().message(), error->text());
        return;
    }
    ASSERT_TRUE(outcome.has_value()) << outcome.error().message();
    for (const auto& [key, found] : *outcome) {
        const JsonValue* const expected = golden->find(key);
        ASSERT_NE(expected, nullptr) << key;
        std::string text(expected->text());
        for (const auto& counter : expected->members()) {
            EXPECT_NE(found.find(std::string(counter.name) + ":" +
                                 std::string(counter.value.text()) + " "),
                      found.npos)
                << counter.name << " " << counter.value.text() << " in " << found;
            text = found;
        }
        EXPECT_EQ(found, text) << key;
    }
}

INSTANTIATE_TEST_SUITE_P(Executables, ExecutableTest, testing::ValuesIn(read_cases()),
                         [](const auto& info) { return info.param.name; });

TEST(ExecutableFile, RefusesWhatIsNone) {
    const auto reason = [](const std::string& json) {
        const auto file = parse_executable_file(json);
        return file.has_error() ? file.error().message() : std::string();
    };
    EXPECT_NE(reason("["), "");
    EXPECT_EQ(reason("{}"), "executable: program is missing or of another type");
    const std::string begin =
        R"({"program":{"bytecode":["0x1","-0x1"],"hints":[]},"entrypoints":[)";
    EXPECT_EQ(reason(begin + "]}"), "");
    EXPECT_EQ(reason(begin + R"({"kind":"Airport","offset":0,"builtins":[]}]})"),
              "executable: no kind of entry point is called Airport");
    EXPECT_EQ(reason(begin + R"({"kind":"Bootloader","offset":2,"builtins":[]}]})"),
              "executable: the offset 2 is behind the bytecode of 2 felts");
    const auto file =
        parse_executable_file(begin + R"({"kind":"Bootloader","offset":0,"builtins":[]}]})");
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->bytecode[1], -Felt(1));
    EXPECT_TRUE(program_of(*file, EntryKind::bootloader).has_value());
    EXPECT_EQ(program_of(*file, EntryKind::standalone).error().message(),
              "executable: there is no standalone entry point");
}

}  // namespace
}  // namespace blockexecd::vm::cairo1
