// SPDX-License-Identifier: Apache-2.0
// The command line: one table of subcommands; each option of the configuration is a flag of its own
// name.
#pragma once

#include "daemon/lifecycle/exit_code.hpp"

namespace blockexecd::daemon {

// Parses, and runs the subcommand. Throws what the subcommand throws.
ExitCode run_command_line(int argc, const char* const* argv);

}  // namespace blockexecd::daemon
