// SPDX-License-Identifier: Apache-2.0
// Cairo 0 programs as JSON: a load gives a value or one error with a text. What loads is run for a
// few steps.
#include "tests/fuzz/target.hpp"
#include "vm/cairo0/runner/program_runner.hpp"

namespace blockexecd::fuzz {

namespace {

constexpr std::size_t kArena = std::size_t{64} << 20;
constexpr std::uint64_t kSteps = 2000;

}  // namespace

void run_cairo0_program(Bytes input) {
    using namespace vm::cairo0;
    const auto program = parse_program(text_of(input), "main");
    expect_reason(program);
    if (program.has_error())
        return;
    static vm::Arena arena(kArena);
    const auto mark = arena.mark();
    {
        vm::RunResources steps{kSteps};
        ProgramRunner runner(arena, *program, *find_layout("all_cairo"),
                             {.allow_missing_builtins = true, .trace = true, .resources = &steps});
        expect_reason(runner.run());
    }
    arena.rewind(mark);
}

std::vector<std::string> seeds_cairo0_program() {
    return read_files("tests/data/cairo0", ".json");
}

}  // namespace blockexecd::fuzz
