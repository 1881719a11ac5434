// SPDX-License-Identifier: Apache-2.0
// As the Cairo compiler writes it.
#include "vm/cairo1/executable_file.hpp"

#include <algorithm>

#include "vm/cairo1/json.hpp"
#include "vm/hints/casm_state.hpp"

namespace blockexecd::vm::cairo1 {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

const JsonReader kReader("executable");

// ap += the number of builtins; call the entry point; then a jump to itself, where a proof ends.
constexpr std::uint64_t kStandaloneEnd = 4;

Result<ExecutableEntryPoint> entry_point(const element& json, std::size_t length) {
    object fields;
    if (json.get(fields) != simdjson::SUCCESS)
        return kReader.bad("an entry point is no object");
    ExecutableEntryPoint read;
    BX_TRY(const std::string_view kind, kReader.member<std::string_view>(fields, "kind"));
    if (kind == "Bootloader")
        read.kind = EntryKind::bootloader;
    else if (kind != "Standalone")
        return kReader.bad("no kind of entry point is called " + std::string(kind));
    BX_TRY(read.offset, kReader.offset(fields, length));
    BX_TRY(read.builtins, kReader.builtins(fields));
    return read;
}

}  // namespace

Result<ExecutableFile> parse_executable_file(std::string_view json) {
    simdjson::dom::parser parser;
    object root;
    if (const auto error = parser.parse(json.data(), json.size()).get(root))
        return kReader.bad(simdjson::error_message(error));
    ExecutableFile file;
    BX_TRY(const object program, kReader.member<object>(root, "program"));
    BX_TRY(file.bytecode, kReader.felts(program, "bytecode"));
    BX_TRY(const element hints, kReader.member<element>(program, "hints"));
    BX_TRY(file.hints, parse_casm_hints(simdjson::minify(hints)));
    BX_TRY(const array list, kReader.member<array>(root, "entrypoints"));
    for (const element each : list) {
        BX_TRY(ExecutableEntryPoint read, entry_point(each, file.bytecode.size()));
        file.entry_points.push_back(std::move(read));
    }
    return file;
}

Result<cairo0::Cairo0Program> program_of(const ExecutableFile& file, EntryKind kind) {
    const auto found = std::ranges::find(file.entry_points, kind, &ExecutableEntryPoint::kind);
    if (found == file.entry_points.end())
        return kReader.bad(kind == EntryKind::standalone ? "there is no standalone entry point"
                                                         : "there is no bootloader entry point");
    cairo0::Cairo0Program program;
    program.data = file.bytecode;
    program.builtins = found->builtins;
    if (kind == EntryKind::standalone) {
        program.start_label = found->offset;
        program.end_label = found->offset + kStandaloneEnd;
    } else {
        program.main = found->offset;
    }
    return program;
}

void prepare(VirtualMachine& vm, const std::vector<Felt>& arguments) {
    auto& state = vm.hint_state<CasmState>();
    state.run_parameters = {arguments};
    state.temporary_dictionaries = true;
}

}  // namespace blockexecd::vm::cairo1
