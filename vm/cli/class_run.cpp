// SPDX-License-Identifier: Apache-2.0
// Results go where those of Cairo 0 programs go.
#include "vm/cli/class_run.hpp"

#include <iostream>
#include <vector>

#include "vm/cairo0/runner/flat_memory.hpp"
#include "vm/cairo0/runner/output_file.hpp"
#include "vm/cairo0/runner/trace_file.hpp"
#include "vm/cairo1/arguments.hpp"
#include "vm/cairo1/contract_runner.hpp"
#include "vm/cli/resources_json.hpp"
#include "vm/runner/resources.hpp"

namespace blockexecd::vm::cli {

namespace {

Error bad(std::string message) {
    return {ErrorKind::program, std::move(message)};
}

Result<void> refuse_program_flags(const Options& options) {
    const std::pair<std::string_view, bool> flags[]{
        {"--proof_mode", options.proof_mode},
        {"--cairo_pie_output", !options.cairo_pie_output.empty()},
    };
    for (const auto& [flag, given] : flags)
        if (given)
            return bad(std::string(flag) + " cannot be used with a contract class");
    return {};
}

Result<void> write_files(const Options& options, VirtualMachine& vm, cairo0::TraceFile* trace) {
    const std::vector<std::uint64_t> sizes = used_sizes(vm);
    if (trace != nullptr)
        BX_CHECK(trace->commit(vm.trace(), cairo0::relocation_table(sizes)));
    if (options.memory_file.empty())
        return {};
    BX_TRY(const auto memory, cairo0::FlatMemory::make(vm.memory(), sizes));
    BX_TRY(const auto file, cairo0::OutputFile::create(options.memory_file));
    memory.write(*file);
    return file->commit();
}

Result<void> report(const Options& options, const cairo1::ContractResult& result,
                    FunctionRunner& runner, cairo0::TraceFile* trace) {
    if (options.print_output && !result.panicked) {
        std::cout << "Program Output:\n";
        for (const Felt& felt : result.retdata)
            std::cout << felt.to_signed_decimal() << "\n";
    }
    if (options.print_resources) {
        BX_TRY(const ExecutionResources resources, runner.resources());
        std::cout << resources_json(resources, runner.vm().builtins(), result.gas_left);
    }
    return write_files(options, runner.vm(), trace);
}

}  // namespace

Result<void> run_class(const Options& options, std::string_view json) {
    BX_CHECK(refuse_program_flags(options));
    BX_TRY(const cairo1::ClassFile file, cairo1::parse_class_file(json));
    BX_TRY(const cairo1::ClassEntryPoint entry_point,
           cairo1::find_entry_point(file, options.entrypoint));
    BX_TRY(const std::vector<Felt> calldata, cairo1::parse_arguments(options.arguments));
    std::unique_ptr<cairo0::TraceFile> trace;
    if (!options.trace_file.empty()) {
        BX_TRY(trace, cairo0::TraceFile::create(options.trace_file, file.bytecode.size()));
    }
    Arena arena;
    BX_TRY(cairo1::ContractRunner runner, cairo1::ContractRunner::make(arena, file));
    BX_TRY(const cairo1::ContractResult result,
           runner.run(entry_point,
                      {.calldata = calldata, .gas = options.gas, .trace_sink = trace.get()}));
    BX_CHECK(report(options, result, runner.function(), trace.get()));
    if (result.panicked)
        return bad("Run panicked with: " + cairo1::panic_text(result.retdata));
    return {};
}

}  // namespace blockexecd::vm::cli
