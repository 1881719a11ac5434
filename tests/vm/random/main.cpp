// SPDX-License-Identifier: Apache-2.0
// vm_random_programs: writes random programs and what our engine makes of them, for the comparison
// with the reference.
#include <array>
#include <charconv>
#include <fstream>
#include <iostream>
#include <string>

#include "tests/vm/random/outcome.hpp"

namespace blockexecd::vm::random {
namespace {

constexpr std::array kFlows{"main", "function", "casm"};
constexpr std::size_t kArena = std::size_t{256} << 20;

int usage() {
    std::cerr << "usage: vm_random_programs compare DIALECT SEED COUNT PROGRAMS OUTCOMES [TALLY]   "
                 "programs and our outcomes\n"
                 "       vm_random_programs show DIALECT SEED                     one program, its "
                 "outcome "
                 "and machine\n";
    return 2;
}

// COUNT programs from SEED on, those that are too large passed over. Lines of TALLY: a number, a
// tab, what it counts.
int compare(Dialect dialect, std::uint64_t seed, std::uint64_t count,
            const std::string& programs_path, const std::string& outcomes_path,
            const char* tally_path) {
    std::ofstream programs(programs_path), outcomes(outcomes_path);
    Arena arena(kArena);
    Tally tally;
    for (std::uint64_t made = 0; made < count; ++seed) {
        const RandomProgram program = make_random_program(seed, dialect);
        const Outcome outcome = run_random_program(program, arena, &tally);
        if (!outcome.comparable) {
            ++tally["programs left out: too large"];
            continue;
        }
        programs << to_json(program) << '\n';
        outcomes << outcome.line(seed) << '\n';
        ++made;
        ++tally["programs"];
        ++tally[std::string("flow ") + kFlows[static_cast<std::size_t>(program.flow)]];
        ++tally["stage " + outcome.stage];
        for (const BuiltinName name : program.builtins)
            ++tally["builtin " + std::string(builtin_name(name))];
        if (!program.hints.empty() || !program.casm_hints.empty())
            ++tally["with hints"];
        if (program.temporary != 0)
            ++tally["with temporary segments from the start"];
    }
    if (tally_path != nullptr) {
        std::ofstream out(tally_path);
        for (const auto& [name, number] : tally)
            out << number << '\t' << name << '\n';
    }
    std::cout << seed << '\n';
    return programs && outcomes ? 0 : 1;
}

int show(Dialect dialect, std::uint64_t seed) {
    Arena arena(kArena);
    const RandomProgram program = make_random_program(seed, dialect);
    const Outcome outcome = run_random_program(program, arena);
    std::cout << to_json(program) << '\n' << outcome.line(seed) << '\n' << outcome.machine;
    return 0;
}

bool number(const char* text, std::uint64_t& value) {
    const std::string_view digits(text);
    return std::from_chars(digits.data(), digits.data() + digits.size(), value).ec == std::errc();
}

}  // namespace
}  // namespace blockexecd::vm::random

int main(int argc, char** argv) {
    using namespace blockexecd::vm::random;
    const std::string verb = argc > 1 ? argv[1] : "";
    const std::string name = argc > 2 ? argv[2] : "";
    if (name != "cairo0" && name != "casm")
        return usage();
    const Dialect dialect = name == "casm" ? Dialect::casm : Dialect::cairo0;
    std::uint64_t seed = 0;
    std::uint64_t count = 0;
    if (verb == "show" && argc == 4 && number(argv[3], seed))
        return show(dialect, seed);
    if (verb == "compare" && (argc == 7 || argc == 8) && number(argv[3], seed) &&
        number(argv[4], count))
        return compare(dialect, seed, count, argv[5], argv[6], argc == 8 ? argv[7] : nullptr);
    return usage();
}
