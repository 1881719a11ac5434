// SPDX-License-Identifier: Apache-2.0
// In the reference's order, so that of two failures the same one is reported.
#include "vm/cli/files.hpp"

#include <filesystem>

#include "vm/cairo0/pie/pie_run.hpp"
#include "vm/cairo0/runner/air_input.hpp"
#include "vm/cairo0/runner/flat_memory.hpp"
#include "vm/cairo0/runner/output_file.hpp"

namespace blockexecd::vm::cli {

namespace {

using cairo0::JsonOutput;
using cairo0::OutputFile;

// `write` gets a pretty JsonOutput into the file.
template <class Write>
Result<void> write_json(const std::string& path, Write&& write) {
    BX_TRY(const auto file, OutputFile::create(path));
    JsonOutput out(JsonOutput::Shape::pretty, [&](std::string_view text) { file->write(text); });
    BX_CHECK(write(out));
    return file->commit();
}

// Absolute and without links where that can be had.
std::string canonical(const std::string& path) {
    std::error_code error;
    const std::filesystem::path found = std::filesystem::canonical(path, error);
    return error ? path : found.string();
}

}  // namespace

Result<void> write_files(const Options& options, cairo0::ProgramRunner& runner,
                         cairo0::TraceFile* trace_file) {
    const std::vector<std::uint64_t> sizes = runner.segment_sizes();
    if (!options.memory_file.empty() || !options.air_public_input.empty()) {
        BX_TRY(const auto memory,
               cairo0::FlatMemory::make(runner.vm().memory(), sizes, options.run_from_cairo_pie));
        if (trace_file != nullptr)
            BX_CHECK(trace_file->commit(runner.vm().trace(), memory.table()));
        if (!options.memory_file.empty()) {
            BX_TRY(const auto file, OutputFile::create(options.memory_file));
            memory.write(*file);
            BX_CHECK(file->commit());
        }
        if (!options.air_public_input.empty())
            BX_CHECK(write_json(options.air_public_input, [&](JsonOutput& out) {
                return cairo0::write_air_public_input(runner, memory, out);
            }));
    } else if (trace_file != nullptr) {
        BX_CHECK(trace_file->commit(runner.vm().trace(), cairo0::relocation_table(sizes)));
    }
    if (!options.air_private_input.empty())
        BX_CHECK(write_json(options.air_private_input, [&](JsonOutput& out) {
            cairo0::write_air_private_input(
                runner, {canonical(options.trace_file), canonical(options.memory_file)}, out);
            return Result<void>();
        }));
    if (!options.cairo_pie_output.empty()) {
        BX_TRY(const cairo0::CairoPie pie, cairo0::make_pie(runner));
        BX_CHECK(
            cairo0::write_pie(runner, pie, options.cairo_pie_output, options.merge_extra_segments));
    }
    return {};
}

}  // namespace blockexecd::vm::cli
