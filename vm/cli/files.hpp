// SPDX-License-Identifier: Apache-2.0
// The files that a finished run leaves.
#pragma once

#include "vm/cairo0/runner/program_runner.hpp"
#include "vm/cairo0/runner/trace_file.hpp"
#include "vm/cli/options.hpp"
#include "vm/error.hpp"

namespace blockexecd::vm::cli {

// Trace (null: none), memory, AIR public input, AIR private input, Cairo PIE, in this order: those
// that were asked for. Errors: the run's memory has no flat form; a file cannot be written.
Result<void> write_files(const Options& options, cairo0::ProgramRunner& runner,
                         cairo0::TraceFile* trace_file);

}  // namespace blockexecd::vm::cli
