// SPDX-License-Identifier: Apache-2.0
// What our engine makes of a random program, in the same words as the reference's runner
// (tests/vm/random/README.md).
#pragma once

#include <map>
#include <string>

#include "tests/vm/random/random_program.hpp"
#include "vm/memory/arena.hpp"

namespace blockexecd::vm::random {

struct Outcome {
    std::string
        stage;  // where it ended: load, initialize, prepare, run, end, return, secure, relocate, ok
    std::string error;    // empty for ok
    std::string machine;  // registers, trace, every cell, resources
    // False for a program that needs more memory than a comparison should take: it is left out.
    bool comparable = true;

    // SEED, hash of the machine, stage, error; separated by tabs.
    [[nodiscard]] std::string line(std::uint64_t seed) const;
};

// Executed instructions by their form, builtins present and whatever else the report counts.
using Tally = std::map<std::string, std::uint64_t>;

// `tally` may be null. The arena is left as it was found.
[[nodiscard]] Outcome run_random_program(const RandomProgram& program, Arena& arena,
                                         Tally* tally = nullptr);

}  // namespace blockexecd::vm::random
