// SPDX-License-Identifier: Apache-2.0
// cairovm PROGRAM [flags]: load, run, write what was asked for. Exit codes: 0, 1 for a program that
// cannot be loaded or fails, 2 for bad arguments.
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include "vm/cairo0/runner/outputs.hpp"
#include "vm/cairo0/runner/program_runner.hpp"
#include "vm/cli/options.hpp"

namespace blockexecd::vm::cli {

namespace {

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return Error(ErrorKind::program, path + ": cannot be read");
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

Result<cairo0::Layout> choose_layout(const Options& options) {
    if (auto layout = cairo0::find_layout(options.layout))
        return std::move(*layout);
    BX_TRY(const std::string params, read_file(options.layout_params_file));
    return cairo0::dynamic_layout(params);
}

template <class Write>
Result<void> write_file(const std::string& path, Write&& write) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    BX_CHECK(write(file));
    file.close();
    if (!file)
        return Error(ErrorKind::program, path + ": cannot be written");
    return {};
}

std::string resources_json(const ExecutionResources& resources, const Builtins& builtins) {
    std::ostringstream out;
    out << R"({"n_steps":)" << resources.n_steps << R"(,"n_memory_holes":)"
        << resources.n_memory_holes << R"(,"builtin_instance_counter":{)";
    const char* separator = "";
    for (std::size_t i = 0; i < kBuiltinCount; ++i) {
        const auto name = static_cast<BuiltinName>(i);
        if (builtins.find(name) == nullptr)
            continue;
        out << separator << '"' << builtin_name(name) << R"(_builtin":)" << resources[name];
        separator = ",";
    }
    out << "}}\n";
    return out.str();
}

Result<void> run(const Options& options) {
    BX_TRY(const std::string json, read_file(options.program));
    BX_TRY(const cairo0::Cairo0Program program, cairo0::parse_program(json, options.entrypoint));
    BX_TRY(cairo0::Layout layout, choose_layout(options));
    Arena arena;
    cairo0::ProgramRunner runner(arena, program, std::move(layout),
                                 {.allow_missing_builtins = options.allow_missing_builtins,
                                  .secure_run = options.secure_run,
                                  .trace = !options.trace_file.empty()});
    BX_CHECK(runner.run());
    const VirtualMachine& vm = runner.vm();
    if (options.print_output)
        std::cout << "Program Output:\n" << cairo0::output_lines(vm);
    if (options.print_resources) {
        BX_TRY(const ExecutionResources resources, runner.resources());
        std::cout << resources_json(resources, vm.builtins());
    }
    const std::vector<std::uint64_t> table = cairo0::relocation_table(vm);
    if (!options.trace_file.empty())
        BX_CHECK(write_file(options.trace_file, [&](std::ostream& out) {
            return cairo0::write_trace(vm, table, out);
        }));
    if (!options.memory_file.empty())
        BX_CHECK(write_file(options.memory_file, [&](std::ostream& out) {
            return cairo0::write_memory(vm, table, out);
        }));
    return {};
}

}  // namespace

}  // namespace blockexecd::vm::cli

int main(int argc, char** argv) {
    using namespace blockexecd::vm;
    cli::Options options;
    if (const auto code = cli::parse_options(argc, argv, options))
        return *code;
    if (const auto result = cli::run(options); result.has_error()) {
        std::cerr << result.error().message() << "\n";
        return 1;
    }
    return 0;
}
