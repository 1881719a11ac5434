// SPDX-License-Identifier: Apache-2.0
// CLI11 parses; what the reference's flags demand of each other is a table here.
#include "vm/cli/options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <span>
#include <vector>

#include "vm/cairo0/runner/layout.hpp"
#include "vm/memory/cell.hpp"

namespace blockexecd::vm::cli {

namespace {

constexpr int kBadArguments = 2;

// A flag that is refused without, or together with, others.
struct FlagRule {
    std::string_view flag;
    std::span<const std::string_view> others;
};

constexpr std::string_view kProofMode[]{"--proof_mode"};
constexpr std::string_view kProofFiles[]{"--proof_mode", "--trace_file", "--memory_file"};
constexpr std::string_view kProofFlags[]{"--proof_mode", "--air_private_input",
                                         "--air_public_input"};
constexpr std::string_view kPieFlags[]{"--cairo_pie_output", "--run_from_cairo_pie"};

constexpr FlagRule kRequires[]{
    {"--air_public_input", kProofMode},
    {"--air_private_input", kProofFiles},
    {"--disable_trace_padding", kProofMode},
};
// Both ways round: the flag that was given first is named first.
constexpr FlagRule kConflicts[]{
    {"--cairo_pie_output", kProofFlags}, {"--run_from_cairo_pie", kProofFlags},
    {"--proof_mode", kPieFlags},         {"--air_private_input", kPieFlags},
    {"--air_public_input", kPieFlags},
};

int refuse(const std::string& reason) {
    std::cerr << "error: " << reason << "\n\nFor more information, try '--help'.\n";
    return kBadArguments;
}

// As the reference's usage has it: --trace_file <TRACE_FILE>.
std::string usage(const CLI::App& app, std::string_view flag) {
    std::string text(flag);
    if (app.get_option(text)->get_expected_max() == 0)
        return text;
    std::string value(flag.substr(2));
    std::ranges::transform(value, value.begin(), [](unsigned char c) {
        return c == '-' ? '_' : static_cast<char>(std::toupper(c));
    });
    return text + " <" + value + ">";
}

bool given(const CLI::App& app, std::string_view flag) {
    return app.get_option(std::string(flag))->count() != 0;
}

std::optional<int> check_conflicts(const CLI::App& app) {
    for (const CLI::Option* const option : app.parse_order()) {
        const auto rule = std::ranges::find(kConflicts, option->get_name(), &FlagRule::flag);
        if (rule == std::end(kConflicts))
            continue;
        // In the order of the command line, each once.
        std::vector<std::string> found;
        for (const CLI::Option* const other : app.parse_order())
            if (std::ranges::find(rule->others, other->get_name()) != rule->others.end())
                if (std::string text = usage(app, other->get_name());
                    std::ranges::find(found, text) == found.end())
                    found.push_back(std::move(text));
        if (found.empty())
            continue;
        const std::string beginning =
            "the argument '" + usage(app, rule->flag) + "' cannot be used with";
        if (found.size() == 1)
            return refuse(beginning + " '" + found[0] + "'");
        std::string list = beginning + ":";
        for (const std::string& each : found)
            list += "\n  " + each;
        return refuse(list);
    }
    return std::nullopt;
}

std::optional<int> check_required(const CLI::App& app, const Options& options) {
    std::vector<std::string_view> missing;
    const auto require = [&](std::string_view flag) {
        if (!given(app, flag) && std::ranges::find(missing, flag) == missing.end())
            missing.push_back(flag);
    };
    for (const FlagRule& rule : kRequires)
        if (given(app, rule.flag))
            for (const std::string_view other : rule.others)
                require(other);
    if (options.layout == "dynamic")
        require("--cairo_layout_params_file");
    if (missing.empty())
        return std::nullopt;
    std::string text = "the following required arguments were not provided:";
    for (const std::string_view flag : missing)
        text += "\n  " + usage(app, flag);
    return refuse(text);
}

void add_files(CLI::App& app, Options& options) {
    app.add_option("--trace_file", options.trace_file, "Write the trace here");
    app.add_option("--memory_file", options.memory_file, "Write the memory here");
    app.add_option("--air_public_input", options.air_public_input,
                   "Write here what the verifier sees (JSON; with --proof_mode)");
    app.add_option("--air_private_input", options.air_private_input,
                   "Write the builtins' inputs here (JSON; with --proof_mode, --trace_file and "
                   "--memory_file)");
    app.add_option("--cairo_pie_output", options.cairo_pie_output,
                   "Write a Cairo PIE of the run here (not with --proof_mode)");
    app.add_flag("--merge_extra_segments", options.merge_extra_segments,
                 "Make one segment of the PIE's extra segments");
}

void add_modes(CLI::App& app, Options& options) {
    app.add_flag("--proof_mode", options.proof_mode,
                 "Run from __start__ to __end__ and pad the trace for a proof");
    app.add_flag("--disable_trace_padding", options.disable_trace_padding,
                 "Leave the proof's trace as long as the run (with --proof_mode)");
    app.add_flag("--run_from_cairo_pie", options.run_from_cairo_pie,
                 "The program is a Cairo PIE: run it again and compare");
    app.add_option("--secure_run", options.secure_run,
                   "Check the run's memory accesses [default: true, in proof mode false]");
    app.add_option("--allow_missing_builtins", options.allow_missing_builtins,
                   "Run without the builtins that the layout lacks [default: false, in proof mode "
                   "true]");
    app.add_option("--fill-holes", options.fill_holes,
                   "Write deducible cells of builtins that were not read [default: false, in proof "
                   "mode true]");
}

}  // namespace

std::optional<int> parse_options(int argc, char** argv, Options& options) {
    CLI::App app{
        "Runs a compiled Cairo 0 program, a Cairo 1 executable, or an entry point of a contract "
        "class.",
        "cairovm"};
    const auto names = cairo0::layout_names();
    app.add_option("program", options.program, "Compiled program or contract class (JSON)")
        ->required();
    app.add_option(
           "--entrypoint", options.entrypoint,
           "Function of __main__ to run; of a contract class a function, selector (0x…) or offset")
        ->capture_default_str();
    app.add_option(
        "--args", options.arguments,
        "Arguments of an executable, calldata of a contract class: felts, and [lists] of them");
    app.add_option("--gas", options.gas, "Gas that a contract class's entry point begins with")
        ->default_str("all there can be");
    app.add_option("--layout", options.layout, "Builtins that the run can have")
        ->check(CLI::IsMember(std::vector<std::string>(names.begin(), names.end())))
        ->capture_default_str();
    app.add_option("--cairo_layout_params_file", options.layout_params_file,
                   "Parameters (JSON) of the layout `dynamic`; others take no notice of it");
    app.add_flag("--print_output", options.print_output, "Print the output segment");
    app.add_flag("--print_resources", options.print_resources,
                 "Print steps, memory holes and builtin instances as JSON");
    add_files(app, options);
    add_modes(app, options);
    app.set_version_flag("--version",
                         "cairovm " BLOCKEXECD_VERSION ", cell layout " + std::string(Cell::kName));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : kBadArguments;
    }
    if (const auto refused = check_conflicts(app))
        return refused;
    return check_required(app, options);
}

}  // namespace blockexecd::vm::cli
