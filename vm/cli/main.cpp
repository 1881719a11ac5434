// SPDX-License-Identifier: Apache-2.0
// cairovm PROGRAM [flags]: load, run, write what was asked for. Exit codes: 0, 1 for a program that
// cannot be loaded or fails, 2 for bad arguments.
#include <iostream>

#include "vm/cairo0/pie/pie_run.hpp"
#include "vm/cairo0/program/json.hpp"
#include "vm/cairo0/runner/input_file.hpp"
#include "vm/cairo0/runner/outputs.hpp"
#include "vm/cairo0/runner/process_heap.hpp"
#include "vm/cairo0/runner/program_runner.hpp"
#include "vm/cairo0/runner/trace_file.hpp"
#include "vm/cairo1/arguments.hpp"
#include "vm/cairo1/executable_file.hpp"
#include "vm/cli/class_run.hpp"
#include "vm/cli/files.hpp"
#include "vm/cli/options.hpp"
#include "vm/cli/resources_json.hpp"
#include "vm/hints/casm_hint_table.hpp"

namespace blockexecd::vm::cli {

namespace {

// An error of what a file holds, with the file's name. What a program is refused for keeps the
// reference's text.
Error in_file(const std::string& path, const Error& error) {
    return {error.kind(), path + ": " + error.message()};
}

Result<cairo0::Layout> choose_layout(const Options& options) {
    if (auto layout = cairo0::find_layout(options.layout))
        return std::move(*layout);
    BX_TRY(const std::string params, cairo0::read_file(options.layout_params_file));
    auto layout = cairo0::dynamic_layout(params);
    if (layout.has_error())
        return in_file(options.layout_params_file, layout.error());
    return layout;
}

cairo0::RunOptions run_options(const Options& options, TraceSink* trace_sink) {
    const bool proof = options.proof_mode;
    return {.mode = proof ? cairo0::RunMode::proof_canonical : cairo0::RunMode::execution,
            .allow_missing_builtins = options.allow_missing_builtins.value_or(proof),
            .secure_run = options.secure_run.value_or(!proof),
            .fill_holes = options.fill_holes.value_or(proof),
            .disable_trace_padding = options.disable_trace_padding,
            .trace = trace_sink != nullptr,
            .trace_sink = trace_sink};
}

Result<std::unique_ptr<cairo0::TraceFile>> trace_file(const Options& options,
                                                      const cairo0::Cairo0Program& program) {
    if (options.trace_file.empty())
        return std::unique_ptr<cairo0::TraceFile>();
    return cairo0::TraceFile::create(options.trace_file, program.data.size());
}

Result<void> report(const Options& options, cairo0::ProgramRunner& runner,
                    cairo0::TraceFile* trace) {
    if (options.print_output)
        std::cout << "Program Output:\n" << cairo0::output_lines(runner.vm());
    if (options.print_resources) {
        BX_TRY(const ExecutionResources resources, runner.resources());
        std::cout << resources_json(resources, runner.vm().builtins());
    }
    return write_files(options, runner, trace);
}

// A program with all that its kind of file has of its own.
struct LoadedProgram {
    cairo0::Cairo0Program program;
    std::shared_ptr<const Code> code;  // null: the program's own hints
    std::vector<Felt> arguments;
};

Result<LoadedProgram> load_executable(const Options& options, std::string_view json) {
    BX_TRY(const cairo1::ExecutableFile file, cairo1::parse_executable_file(json));
    LoadedProgram loaded;
    BX_TRY(loaded.program,
           cairo1::program_of(file, options.proof_mode ? cairo1::EntryKind::standalone
                                                       : cairo1::EntryKind::bootloader));
    BX_TRY(loaded.code, make_casm_code(file.bytecode, file.hints));
    BX_TRY(loaded.arguments, cairo1::parse_arguments(options.arguments));
    return loaded;
}

Result<LoadedProgram> load_cairo0(const Options& options, const cairo0::JsonDocument& json) {
    if (!options.arguments.empty())
        return Error(ErrorKind::program, "--args is for contract classes and executables");
    LoadedProgram loaded;
    BX_TRY(loaded.program, cairo0::parse_program(json, options.entrypoint));
    return loaded;
}

Result<void> run_program(const Options& options) {
    BX_TRY(const std::string json, cairo0::read_file(options.program));
    const auto parsed = cairo0::parse_json(json);
    if (parsed.has_error())
        return in_file(options.program, parsed.error());
    const cairo0::JsonDocument& document = *parsed;
    // What it holds tells the kind of a file; what is not of Cairo 1 is a Cairo 0 program.
    if (document.find("bytecode") != nullptr)
        return run_class(options, json);
    const bool executable = document.find("entrypoints") != nullptr;
    BX_TRY(const LoadedProgram loaded,
           executable ? load_executable(options, json) : load_cairo0(options, document));
    BX_TRY(cairo0::Layout layout, choose_layout(options));
    BX_TRY(const auto trace, trace_file(options, loaded.program));
    cairo0::RunOptions run = run_options(options, trace.get());
    if (executable)
        run.allow_missing_builtins = options.allow_missing_builtins.value_or(true);
    Arena arena;
    cairo0::ProgramRunner runner(arena, loaded.program, std::move(layout), run, loaded.code);
    if (executable)
        cairo1::prepare(runner.vm(), loaded.arguments);
    BX_CHECK(runner.run());
    return report(options, runner, trace.get());
}

Result<void> run_cairo_pie(const Options& options) {
    BX_TRY(const cairo0::LoadedPie loaded,
           cairo0::load_pie(cairo0::PieArchiveReader::from_file(options.program)));
    const cairo0::Cairo0Program program = cairo0::program_of(loaded.pie.metadata);
    BX_TRY(cairo0::Layout layout, choose_layout(options));
    BX_TRY(const auto trace, trace_file(options, program));
    RunResources resources{loaded.pie.n_steps};
    cairo0::RunOptions run = run_options(options, trace.get());
    run.resources = &resources;
    Arena arena;
    cairo0::ProgramRunner runner(arena, program, std::move(layout), run);
    BX_CHECK(cairo0::run_pie(runner, loaded));
    return report(options, runner, trace.get());
}

Result<void> run(const Options& options) {
    return options.run_from_cairo_pie ? run_cairo_pie(options) : run_program(options);
}

}  // namespace

}  // namespace blockexecd::vm::cli

int main(int argc, char** argv) {
    using namespace blockexecd::vm;
    cairo0::keep_freed_memory();
    cli::Options options;
    if (const auto code = cli::parse_options(argc, argv, options))
        return *code;
    if (const auto result = cli::run(options); result.has_error()) {
        std::cerr << result.error().message() << "\n";
        return 1;
    }
    return 0;
}
