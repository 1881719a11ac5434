// SPDX-License-Identifier: Apache-2.0
// Cairo PIEs: archives from elsewhere, loaded within small limits and run for few steps; and their
// JSON by itself, since a changed archive is mostly a damaged one.
#include "tests/fuzz/target.hpp"
#include "vm/cairo0/pie/pie_json.hpp"
#include "vm/cairo0/pie/pie_run.hpp"

namespace blockexecd::fuzz {

namespace {

constexpr vm::cairo0::PieLimits kLimits{.json_bytes = 1 << 16, .cells = 1 << 16};
constexpr std::uint64_t kMaxSteps = 10000;

// What was read is written and read again: the same text must come of it.
template <class Parse, class Write>
void read_twice(std::string_view text, Parse&& parse, Write&& write) {
    vm::cairo0::CairoPie first, second;
    const vm::Result<void> read = parse(text, first);
    if (read.has_error()) {
        if (read.error().message().empty())
            broken("an error without a text");
        return;
    }
    const std::string written = write(first);
    if (parse(written, second).has_error() || write(second) != written)
        broken("JSON that was written is read as another one");
}

}  // namespace

void run_cairo_pie(Bytes input) {
    const auto loaded = vm::cairo0::load_pie(
        vm::cairo0::PieArchiveReader::from_bytes(std::as_bytes(input)), kLimits);
    if (loaded.has_error()) {
        if (loaded.error().message().empty())
            broken("an error without a text");
        return;
    }
    if (loaded->pie.n_steps > kMaxSteps)
        return;
    const vm::cairo0::Cairo0Program program = vm::cairo0::program_of(loaded->pie.metadata);
    vm::RunResources resources{loaded->pie.n_steps};
    vm::Arena arena;
    vm::cairo0::ProgramRunner runner(arena, program, *vm::cairo0::find_layout("all_cairo"),
                                     {.resources = &resources});
    const auto ran = vm::cairo0::run_pie(runner, *loaded);
    if (ran.has_error() && ran.error().message().empty())
        broken("an error without a text");
}

std::vector<std::string> seeds_cairo_pie() {
    std::vector<std::string> seeds;
    for (const char* const name : {"output", "relocate", "ecdsa", "pedersen", "mod_circuit"})
        seeds.push_back(
            read_file("tests/data/cairo0/proof/pies/" + std::string(name) + "_pie.zip"));
    return seeds;
}

// The first byte says which entry the rest is.
void run_cairo_pie_json(Bytes input) {
    using namespace vm::cairo0;
    if (input.empty())
        return;
    const std::string_view text = text_of(input.subspan(1));
    switch (input[0] % 3) {
        case 0:
            return read_twice(
                text,
                [](std::string_view from, CairoPie& pie) {
                    return parse_metadata_json(from, pie.metadata);
                },
                [](const CairoPie& pie) {
                    (void)check_pie_metadata(pie.metadata);
                    return metadata_json(pie.metadata);
                });
        case 1:
            return read_twice(text, parse_additional_data_json, additional_data_json);
        default:
            return read_twice(text, parse_execution_resources_json, execution_resources_json);
    }
}

std::vector<std::string> seeds_cairo_pie_json() {
    constexpr std::string_view kSegments =
        R"("program_segment":{"index":0,"size":1},"execution_segment":{"index":1,"size":5},)"
        R"("ret_fp_segment":{"index":3,"size":0},"ret_pc_segment":{"index":4,"size":0},)"
        R"("builtin_segments":{"output":{"index":2,"size":3}},"extra_segments":[{"index":5,"size":2}]})";
    return {
        std::string(1, '\0') +
            R"({"program":{"data":[2345108766317314046],"builtins":["output"],)" +
            R"("main":0,"prime":)" + std::string(vm::cairo0::kPrimeDigits) + "}," +
            std::string(kSegments),
        std::string(1, '\1') +
            R"({"output_builtin":{"pages":{"1":[0,2]},"attributes":{"a":[1,2]}},)"
            R"("pedersen_builtin":[[3,2],[3,5]],"ecdsa_builtin":[[[4,0],[1,2]]],)"
            R"("bitwise_builtin":null})",
        std::string(1, '\2') + R"({"n_steps":8,"n_memory_holes":0,)"
                               R"("builtin_instance_counter":{"output_builtin":3}})",
    };
}

}  // namespace blockexecd::fuzz
