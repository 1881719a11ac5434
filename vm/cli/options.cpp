// SPDX-License-Identifier: Apache-2.0
// CLI11 parses; what the reference's flags demand of each other is checked here.
#include "vm/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <iostream>
#include <vector>

#include "vm/cairo0/runner/layout.hpp"
#include "vm/memory/cell.hpp"

namespace blockexecd::vm::cli {

namespace {

constexpr int kBadArguments = 2;

// Flags of the reference that need proof mode or PIEs.
constexpr std::string_view kUnavailable[]{
    "--proof_mode",           "--air_public_input",   "--air_private_input", "--cairo_pie_output",
    "--merge_extra_segments", "--run_from_cairo_pie", "--fill-holes",        "--tracer",
};

int refuse(const std::string& reason) {
    std::cerr << "error: " << reason << "\n";
    return kBadArguments;
}

}  // namespace

std::optional<int> parse_options(int argc, char** argv, Options& options) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        for (const std::string_view flag : kUnavailable)
            if (argument == flag || argument.starts_with(std::string(flag) + "="))
                return refuse(std::string(flag) + " is not available in this version");
    }
    CLI::App app{"Runs a compiled Cairo 0 program.", "cairovm"};
    const auto names = cairo0::layout_names();
    app.add_option("program", options.program, "Compiled program (JSON)")->required();
    app.add_option("--entrypoint", options.entrypoint, "Function of __main__ to run")
        ->capture_default_str();
    app.add_option("--layout", options.layout, "Builtins that the run can have")
        ->check(CLI::IsMember(std::vector<std::string>(names.begin(), names.end())))
        ->capture_default_str();
    app.add_option("--cairo_layout_params_file", options.layout_params_file,
                   "Parameters (JSON) of the layout `dynamic`");
    app.add_option("--trace_file", options.trace_file, "Write the trace here");
    app.add_option("--memory_file", options.memory_file, "Write the memory here");
    app.add_flag("--print_output", options.print_output, "Print the output segment");
    app.add_flag("--print_resources", options.print_resources,
                 "Print steps, memory holes and builtin instances as JSON");
    app.add_option("--secure_run", options.secure_run, "Check the run's memory accesses")
        ->capture_default_str();
    app.add_option("--allow_missing_builtins", options.allow_missing_builtins,
                   "Run without the builtins that the layout lacks")
        ->capture_default_str();
    app.set_version_flag("--version",
                         "cairovm " BLOCKEXECD_VERSION ", cell layout " + std::string(Cell::kName));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kBadArguments;
    }
    const bool dynamic = options.layout == "dynamic";
    if (dynamic && options.layout_params_file.empty())
        return refuse("--layout dynamic needs --cairo_layout_params_file");
    if (!dynamic && !options.layout_params_file.empty())
        return refuse("--cairo_layout_params_file goes with --layout dynamic only");
    return std::nullopt;
}

}  // namespace blockexecd::vm::cli
