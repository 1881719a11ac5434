// SPDX-License-Identifier: Apache-2.0
// The two JSON files that a prover gets beside trace and memory: what the verifier sees too, and
// the builtins' inputs.
#pragma once

#include <string>

#include "vm/cairo0/runner/flat_memory.hpp"
#include "vm/cairo0/runner/json_output.hpp"
#include "vm/cairo0/runner/program_runner.hpp"
#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

// Precondition: the run was traced, in proof mode, and its segments are finalised. Errors:
// NoStopPointer, MemoryNotFound, NoRangeCheckLimits, EmptyTrace.
Result<void> write_air_public_input(const ProgramRunner& runner, const FlatMemory& memory,
                                    JsonOutput& out);

// Where the prover finds the two other files.
struct ProverFiles {
    std::string trace_path;
    std::string memory_path;
};
void write_air_private_input(const ProgramRunner& runner, const ProverFiles& files,
                             JsonOutput& out);

}  // namespace blockexecd::vm::cairo0
