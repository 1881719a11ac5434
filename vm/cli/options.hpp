// SPDX-License-Identifier: Apache-2.0
// The command line of cairovm: the flags of the reference's runner.
#pragma once

#include <optional>
#include <string>

namespace blockexecd::vm::cli {

struct Options {
    std::string program;
    std::string entrypoint = "main";
    std::string layout = "plain";
    std::string layout_params_file;
    std::string trace_file;
    std::string memory_file;
    bool print_output = false;
    bool print_resources = false;
    bool secure_run = true;
    bool allow_missing_builtins = false;
};

// Prints help or what is wrong with the arguments. Returns the exit code when the program must stop
// there: 0 after help, 2 for bad arguments and for flags that are not available yet.
std::optional<int> parse_options(int argc, char** argv, Options& options);

}  // namespace blockexecd::vm::cli
