// SPDX-License-Identifier: Apache-2.0
// One random program with everything that its run needs, as plain data: what both engines are
// given.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "vm/builtin_name.hpp"
#include "vm/hints/casm_hint.hpp"
#include "vm/memory/value.hpp"

namespace blockexecd::vm::random {

// A variable of a hint: its name and the reference string of the place where it lives.
struct RandomId {
    std::string name;
    std::string reference;
};

struct RandomHint {
    std::uint64_t pc = 0;
    std::string text;
    std::vector<RandomId> ids;
};

struct RandomSignature {
    Relocatable public_key;
    Felt r, s;
};

// How a program is run.
enum class Flow : std::uint8_t {
    main,      // whole, to its stop pointers
    function,  // as the executor calls an entry point
    casm,      // the same with Cairo 1 hints
};

struct RandomProgram {
    std::uint64_t seed = 0;
    Flow flow = Flow::main;
    std::uint64_t steps = 0;  // limit
    std::vector<BuiltinName> builtins;
    std::vector<Felt> data;
    std::uint64_t main = 0;
    std::vector<RandomHint> hints;  // ascending pc
    CasmHints casm_hints;           // ascending pc; of the flow casm, which has no others
    std::vector<std::pair<std::string, Felt>> constants;
    // Instructions [first, second) fail with this text in front.
    std::vector<std::pair<std::pair<std::uint64_t, std::uint64_t>, std::string>> attributes;
    // Not of the flow main.
    std::vector<Value> arguments;
    // Segments beyond those that every run has, and the cells written before the first step, in
    // order.
    std::uint64_t segments = 0;
    std::uint64_t temporary = 0;
    std::vector<std::pair<Relocatable, Value>> cells;
    std::vector<RandomSignature> signatures;
};

// What a run of the comparison is about: Cairo 0 hints, or Cairo 1 hints.
enum class Dialect : std::uint8_t { cairo0, casm };

// The same program for the same seed on every machine.
[[nodiscard]] RandomProgram make_random_program(std::uint64_t seed, Dialect dialect);

// One line of JSON that begins with {"seed":N, : what the reference's runner reads.
[[nodiscard]] std::string to_json(const RandomProgram& program);
// The hints as a CASM class carries them.
[[nodiscard]] std::string casm_hints_json(const CasmHints& hints);
// The compiler's JSON of the program alone.
[[nodiscard]] std::string to_program_json(const RandomProgram& program);

}  // namespace blockexecd::vm::random
