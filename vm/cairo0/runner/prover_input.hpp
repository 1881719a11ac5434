// SPDX-License-Identifier: Apache-2.0
// A run as the Stwo prover takes it: through the library, with addresses still in segments, so that
// the prover places them itself. The reference has one getter for each member.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "vm/cairo0/runner/program_runner.hpp"
#include "vm/memory/value.hpp"

namespace blockexecd::vm::cairo0 {

struct ProverInput {
    std::vector<TraceEntry> relocatable_trace;
    // By segment and offset; holes stay holes.
    std::vector<std::vector<std::optional<Value>>> relocatable_memory;
    std::map<std::int32_t, BuiltinName> builtin_segments;
    std::map<std::int32_t, std::vector<PublicCell>> public_memory_offsets;
};

// Precondition: the run ended, its segments are finalised, and its trace was kept in memory.
[[nodiscard]] ProverInput prover_input(const ProgramRunner& runner);

// The reference's cairo_run_stwo with its default settings: a canonical proof run with these
// builtins, no padding of the trace, and the secure checks. Errors: stwo_layout's and
// ProgramRunner's.
[[nodiscard]] Result<ProverInput> run_for_stwo(Arena& arena, const Cairo0Program& program,
                                               std::span<const BuiltinName> allowed_builtins);

}  // namespace blockexecd::vm::cairo0
