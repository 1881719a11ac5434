// SPDX-License-Identifier: Apache-2.0
// cairovm on a contract class compiled to CASM: one entry point, without a chain.
#pragma once

#include <string_view>

#include "vm/cli/options.hpp"
#include "vm/error.hpp"

namespace blockexecd::vm::cli {

// Runs the entry point that --entrypoint names (function, selector or offset) on --args with --gas,
// and prints and writes what the options ask for. Errors: the class, the arguments, flags that are
// for programs only, the run; a panic of the entry point with its data.
Result<void> run_class(const Options& options, std::string_view json);

}  // namespace blockexecd::vm::cli
