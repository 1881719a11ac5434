// SPDX-License-Identifier: Apache-2.0
// The command line of cairovm: the flags of the reference's runner.
#pragma once

#include <cstdint>
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
    std::string air_public_input;
    std::string air_private_input;
    std::string cairo_pie_output;
    std::string arguments;           // of a contract class or an executable
    std::uint64_t gas = UINT64_MAX;  // of a contract class
    bool print_output = false;
    bool print_resources = false;
    bool proof_mode = false;
    bool disable_trace_padding = false;
    bool merge_extra_segments = false;
    bool run_from_cairo_pie = false;
    // Without the flag: what the mode has, of which proof mode's is the second.
    std::optional<bool> secure_run;              // true, false
    std::optional<bool> allow_missing_builtins;  // false, true
    std::optional<bool> fill_holes;              // false, true
};

// Prints help or what is wrong with the arguments. Returns the exit code when the program must stop
// there: 0 after help, 2 for bad arguments. Flags that do not go together are refused in the
// reference's words.
std::optional<int> parse_options(int argc, char** argv, Options& options);

}  // namespace blockexecd::vm::cli
