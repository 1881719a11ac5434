// SPDX-License-Identifier: Apache-2.0
// Every program of tests/data/cairo0, run as its line in cases.txt says, equals the reference VM:
// trace, memory, output and resources, or the error's text.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>

#include "tests/vm/cairo0/run_case.hpp"
#include "vm/cairo0/program/json.hpp"
#include "vm/cairo0/runner/flat_memory.hpp"
#include "vm/cairo0/runner/outputs.hpp"
#include "vm/cairo0/runner/program_runner.hpp"
#include "vm/cairo0/runner/trace_file.hpp"

namespace blockexecd::vm::cairo0 {
namespace {

std::vector<RunCase> read_cases() {
    return read_run_cases(kCairo0Data + "cases.txt", CaseLines::by_program);
}

class GoldenTest : public testing::TestWithParam<RunCase> {};

struct Outcome {
    std::string output;
    std::string trace;
    std::string memory;
    ExecutionResources resources;
    std::vector<BuiltinName> builtins;
    std::vector<std::uint64_t> segment_sizes;
};

Result<Outcome> run(const RunCase& run) {
    BX_TRY(const Cairo0Program program,
           parse_program(read_file(kCairo0Data + run.program + ".json"),
                         run.option("entrypoint", "main")));
    BX_TRY(Layout layout, layout_of(run));
    RunResources steps{std::stoull(run.option("n_steps", "0"))};
    const ScratchFolder scratch;
    BX_TRY(const auto trace_file, TraceFile::create(scratch.file("trace"), program.data.size()));
    Arena arena;
    ProgramRunner runner(arena, program, std::move(layout),
                         {.allow_missing_builtins = run.flag("allow_missing_builtins", false),
                          .secure_run = run.flag("secure_run", true),
                          .trace = true,
                          .trace_sink = trace_file.get(),
                          .resources = run.options.contains("n_steps") ? &steps : nullptr});
    BX_CHECK(runner.run());
    Outcome outcome;
    outcome.output = output_lines(runner.vm());
    outcome.segment_sizes = runner.segment_sizes();
    BX_TRY(const FlatMemory memory, FlatMemory::make(runner.vm().memory(), outcome.segment_sizes));
    BX_CHECK(trace_file->commit(runner.vm().trace(), memory.table()));
    BX_TRY(const auto memory_file, OutputFile::create(scratch.file("memory")));
    memory.write(*memory_file);
    BX_CHECK(memory_file->commit());
    outcome.trace = read_file(scratch.file("trace"));
    outcome.memory = read_file(scratch.file("memory"));
    BX_TRY(outcome.resources, runner.resources());
    for (const Builtin& builtin : runner.vm().builtins().all())
        outcome.builtins.push_back(builtin.name);
    return outcome;
}

std::uint64_t number(const JsonValue& golden, std::string_view key) {
    const JsonValue* const value = golden.find(key);
    return value == nullptr ? ~std::uint64_t{0} : std::stoull(std::string(value->text()));
}

TEST_P(GoldenTest, EqualsTheReference) {
    const auto golden = parse_json(read_file(kCairo0Data + "goldens/" + GetParam().name + ".json"));
    ASSERT_TRUE(golden.has_value());
    const auto outcome = run(GetParam());
    if (const JsonValue* const error = golden->find("error")) {
        ASSERT_FALSE(outcome.has_value()) << "expected: " << error->text();
        EXPECT_EQ(outcome.error().message(), error->text());
        return;
    }
    ASSERT_TRUE(outcome.has_value()) << outcome.error().message();
    EXPECT_EQ(outcome->output, golden->find("output")->text());
    EXPECT_EQ(outcome->resources.n_steps, number(*golden, "n_steps"));
    EXPECT_EQ(outcome->resources.n_memory_holes, number(*golden, "n_memory_holes"));
    const JsonValue& counters = *golden->find("builtin_instance_counter");
    EXPECT_EQ(counters.members().size(), outcome->builtins.size());
    for (const BuiltinName builtin : outcome->builtins)
        EXPECT_EQ(outcome->resources[builtin], number(counters, builtin_name(builtin)))
            << builtin_name(builtin);
    std::vector<std::uint64_t> sizes;
    for (const JsonValue& size : golden->find("segment_sizes")->elements())
        sizes.push_back(std::stoull(std::string(size.text())));
    EXPECT_EQ(outcome->segment_sizes, sizes);
    EXPECT_EQ(outcome->trace.size(), number(*golden, "trace_bytes"));
    EXPECT_EQ(sha256_hex(outcome->trace), golden->find("trace_sha256")->text());
    EXPECT_EQ(outcome->memory.size(), number(*golden, "memory_bytes"));
    EXPECT_EQ(sha256_hex(outcome->memory), golden->find("memory_sha256")->text());
}

INSTANTIATE_TEST_SUITE_P(Cairo0, GoldenTest, testing::ValuesIn(read_cases()),
                         [](const auto& info) { return info.param.name; });

TEST(Cairo0Data, EveryProgramIsACase) {
    std::map<std::string, int> used;
    for (const RunCase& each : read_cases())
        ++used[each.program];
    for (const auto& entry : std::filesystem::directory_iterator(kCairo0Data)) {
        if (entry.path().extension() != ".cairo")
            continue;
        EXPECT_TRUE(used.contains(entry.path().stem().string())) << entry.path();
    }
}

}  // namespace
}  // namespace blockexecd::vm::cairo0
