// SPDX-License-Identifier: Apache-2.0
// Every case of tests/data/cairo0/proof in a proof mode equals the reference VM: trace, memory, AIR
// inputs and resources, or the error's text.
#include <gtest/gtest.h>

#include <array>

#include "tests/vm/cairo0/canonical_json.hpp"
#include "tests/vm/cairo0/proof_cases.hpp"
#include "vm/cairo0/runner/air_input.hpp"
#include "vm/cairo0/runner/outputs.hpp"
#include "vm/cairo0/runner/prover_input.hpp"
#include "vm/cairo0/runner/trace_file.hpp"

namespace blockexecd::vm::cairo0 {
namespace {

template <class Write>
Result<std::string> json_text(Write&& write) {
    std::string text;
    JsonOutput out(JsonOutput::Shape::pretty, [&text](std::string_view part) { text += part; });
    BX_CHECK(write(out));
    return text;
}

std::string canonical_hash(const std::string& text) {
    const auto document = parse_json(text);
    EXPECT_TRUE(document.has_value()) << text.substr(0, 300);
    return document.has_value() ? sha256_hex(canonical_json(*document)) : std::string();
}

// The golden's keys that are texts, as this VM has them.
using Outcome = std::map<std::string, std::string>;

std::string joined(const std::vector<std::uint64_t>& numbers) {
    std::string text;
    for (const std::uint64_t number : numbers)
        text += (text.empty() ? "" : ",") + std::to_string(number);
    return "[" + text + "]";
}

// Cairo 1 programs leave their return values to the caller, who finds the stop pointers himself.
Result<void> run_cairo1(ProgramRunner& runner) {
    BX_CHECK(runner.initialize());
    BX_CHECK(runner.run_to_end());
    BX_CHECK(runner.end());
    return runner.finalize_segments();
}

Result<Outcome> run(const RunCase& each) {
    BX_TRY(const Cairo0Program program, parse_program(proof_program(each.program), "main"));
    BX_TRY(Layout layout, layout_of(each));
    const ScratchFolder scratch;
    BX_TRY(const auto trace_file, TraceFile::create(scratch.file("trace"), program.data.size()));
    RunOptions options = run_options(each);
    options.trace_sink = trace_file.get();
    Arena arena;
    ProgramRunner runner(arena, program, std::move(layout), options);
    BX_CHECK(mode_of(each) == "cairo1" ? run_cairo1(runner) : runner.run());
    const std::vector<std::uint64_t> sizes = runner.segment_sizes();
    BX_TRY(const FlatMemory memory, FlatMemory::make(runner.vm().memory(), sizes));
    BX_CHECK(trace_file->commit(runner.vm().trace(), memory.table()));
    BX_TRY(const auto memory_file, OutputFile::create(scratch.file("memory")));
    memory.write(*memory_file);
    BX_CHECK(memory_file->commit());
    BX_TRY(const ExecutionResources resources, runner.resources());
    BX_TRY(const std::string public_input,
           json_text([&](JsonOutput& out) { return write_air_public_input(runner, memory, out); }));
    BX_TRY(const std::string private_input, json_text([&](JsonOutput& out) {
               write_air_private_input(runner, {"trace", "memory"}, out);
               return Result<void>();
           }));
    return Outcome{{"n_steps", std::to_string(resources.n_steps)},
                   {"n_memory_holes", std::to_string(resources.n_memory_holes)},
                   {"output_sha256", sha256_hex(output_lines(runner.vm()))},
                   {"segment_sizes", joined(sizes)},
                   {"trace_sha256", sha256_hex(read_file(scratch.file("trace")))},
                   {"memory_sha256", sha256_hex(read_file(scratch.file("memory")))},
                   {"air_public_input_sha256", canonical_hash(public_input)},
                   {"air_private_input_sha256", canonical_hash(private_input)}};
}

class ProofTest : public testing::TestWithParam<RunCase> {};

TEST_P(ProofTest, EqualsTheReference) {
    const JsonValue& golden = proof_golden(GetParam().name);
    const auto outcome = run(GetParam());
    if (const JsonValue* const error = golden.find("error")) {
        ASSERT_FALSE(outcome.has_value()) << "expected: " << error->text();
        EXPECT_EQ(outcome.error().message(), error->text());
        return;
    }
    ASSERT_TRUE(outcome.has_value()) << outcome.error().message();
    for (const auto& [key, found] : *outcome) {
        const JsonValue* const expected = golden.find(key);
        ASSERT_NE(expected, nullptr) << key;
        EXPECT_EQ(found, expected->kind() == JsonValue::Kind::string ? expected->text()
                                                                     : canonical_json(*expected))
            << key;
    }
}

const auto kNameOf = [](const auto& info) { return info.param.name; };
INSTANTIATE_TEST_SUITE_P(Canonical, ProofTest, testing::ValuesIn(proof_cases("proof")), kNameOf);
INSTANTIATE_TEST_SUITE_P(Cairo1, ProofTest, testing::ValuesIn(proof_cases("cairo1")), kNameOf);

// The getters of the reference's runner, as its Stwo adapter reads them.
void put(std::string& bytes, std::uint64_t word) {
    bytes.append(reinterpret_cast<const char*>(&word), sizeof(word));
}

std::string trace_bytes(const ProverInput& input) {
    std::string bytes;
    for (const TraceEntry& entry : input.relocatable_trace) {
        put(bytes, static_cast<std::uint64_t>(entry.pc.segment));
        put(bytes, entry.pc.offset);
        put(bytes, entry.ap);
        put(bytes, entry.fp);
    }
    return bytes;
}

std::string memory_bytes(const ProverInput& input) {
    std::string bytes;
    for (const auto& segment : input.relocatable_memory) {
        put(bytes, segment.size());
        for (const std::optional<Value>& value : segment) {
            bytes += static_cast<char>(!value ? 0 : value->is_felt() ? 1 : 2);
            if (!value)
                continue;
            if (value->is_felt()) {
                for (const std::uint64_t limb : value->felt().limbs())
                    put(bytes, limb);
            } else {
                put(bytes, static_cast<std::uint64_t>(value->relocatable().segment));
                put(bytes, value->relocatable().offset);
            }
        }
    }
    return bytes;
}

std::string public_memory_text(const ProverInput& input) {
    std::map<std::string, std::string> segments;
    for (const auto& [segment, cells] : input.public_memory_offsets) {
        std::string list;
        for (const PublicCell& cell : cells)
            list += (list.empty() ? "[" : ",[") + std::to_string(cell.offset) + "," +
                    std::to_string(cell.page) + "]";
        if (!list.empty())
            segments[std::to_string(segment)] = "[" + list + "]";
    }
    std::string text;
    for (const auto& [segment, list] : segments)
        text += (text.empty() ? "\"" : ",\"") + segment + "\":" + list;
    return "{" + text + "}";
}

class ProverInputTest : public testing::TestWithParam<RunCase> {};

TEST_P(ProverInputTest, EqualsTheReferencesGetters) {
    const JsonValue& golden = *proof_golden(GetParam().name).find("prover_input");
    const auto program = parse_program(proof_program(GetParam().program), "main");
    ASSERT_TRUE(program.has_value());
    Arena arena;
    ProgramRunner runner(arena, *program, *layout_of(GetParam()), run_options(GetParam()));
    const auto ran = runner.run();
    ASSERT_TRUE(ran.has_value()) << ran.error().message();
    const ProverInput input = prover_input(runner);
    EXPECT_EQ(sha256_hex(trace_bytes(input)), golden.find("relocatable_trace_sha256")->text());
    EXPECT_EQ(sha256_hex(memory_bytes(input)), golden.find("relocatable_memory_sha256")->text());
    EXPECT_EQ(sha256_hex(public_memory_text(input)),
              golden.find("public_memory_offsets_sha256")->text());
    std::map<std::string, std::string> builtins, expected;
    for (const auto& [segment, name] : input.builtin_segments)
        builtins[std::to_string(segment)] = builtin_name(name);
    for (const JsonMember& member : golden.find("builtin_segments")->members())
        expected[std::string(member.name)] = member.value.text();
    EXPECT_EQ(builtins, expected);
}

std::vector<RunCase> prover_cases() {
    std::vector<RunCase> cases;
    for (const RunCase& each : proof_cases("proof"))
        if (each.flag("prover_input", false) && proof_golden(each.name).find("error") == nullptr)
            cases.push_back(each);
    return cases;
}
INSTANTIATE_TEST_SUITE_P(Stwo, ProverInputTest, testing::ValuesIn(prover_cases()), kNameOf);

constexpr std::array kStwoBuiltins{
    BuiltinName::output,        BuiltinName::pedersen, BuiltinName::range_check,
    BuiltinName::bitwise,       BuiltinName::ec_op,    BuiltinName::poseidon,
    BuiltinName::range_check96, BuiltinName::add_mod,  BuiltinName::mul_mod,
};

// With the builtins of the layout all_cairo_stwo a run for Stwo is one of that layout without
// padding, as in the reference's own test; these programs leave no holes to fill.
TEST(RunForStwo, EqualsTheLayoutsRun) {
    for (const std::string name : {"fibonacci", "output", "math", "uint256"}) {
        const auto program = parse_program(proof_program(name), "main");
        ASSERT_TRUE(program.has_value());
        Arena arena;
        const auto input = run_for_stwo(arena, *program, kStwoBuiltins);
        ASSERT_TRUE(input.has_value()) << input.error().message();
        const JsonValue& golden = *proof_golden(name + "_prover").find("prover_input");
        EXPECT_EQ(sha256_hex(trace_bytes(*input)), golden.find("relocatable_trace_sha256")->text());
        EXPECT_EQ(sha256_hex(memory_bytes(*input)),
                  golden.find("relocatable_memory_sha256")->text());
        EXPECT_EQ(sha256_hex(public_memory_text(*input)),
                  golden.find("public_memory_offsets_sha256")->text());
    }
}

TEST(RunForStwo, RefusesBuiltinsThatStwoLacks) {
    const auto program = parse_program(proof_program("keccak_builtin"), "main");
    ASSERT_TRUE(program.has_value());
    Arena arena;
    EXPECT_EQ(run_for_stwo(arena, *program, kStwoBuiltins).error().message(),
              "Builtin keccak_builtin is not supported in Stwo mode");
    constexpr std::array kWithEcdsa{BuiltinName::output, BuiltinName::ecdsa};
    EXPECT_EQ(run_for_stwo(arena, *program, kWithEcdsa).error().message(),
              "Builtin ecdsa_builtin is not supported in Stwo mode");
}

}  // namespace
}  // namespace blockexecd::vm::cairo0
