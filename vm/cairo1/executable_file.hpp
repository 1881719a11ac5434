// SPDX-License-Identifier: Apache-2.0
// A Cairo 1 executable (the JSON of cairo-lang-executable), reduced to what running it needs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "vm/builtin_name.hpp"
#include "vm/cairo0/program/program.hpp"
#include "vm/error.hpp"
#include "vm/felt/felt.hpp"
#include "vm/hints/casm_hint.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm::cairo1 {

// How an executable is entered: as a program of its own, which ends in a loop that a proof can pad,
// or as a function, to which a bootloader gives the builtins.
enum class EntryKind : std::uint8_t { standalone, bootloader };

struct ExecutableEntryPoint {
    EntryKind kind = EntryKind::standalone;
    std::uint64_t offset = 0;
    std::vector<BuiltinName> builtins;
};

struct ExecutableFile {
    std::vector<Felt> bytecode;
    CasmHints hints;
    std::vector<ExecutableEntryPoint> entry_points;
};

// Errors (kind program) name the member that is missing, of another type or not a value of its
// kind; an offset behind the bytecode; a hint that is none.
[[nodiscard]] Result<ExecutableFile> parse_executable_file(std::string_view json);

// The program that starts at the entry point of that kind. Its hints are apart: make_casm_code()
// resolves them. Error: the file has no such entry point.
[[nodiscard]] Result<cairo0::Cairo0Program> program_of(const ExecutableFile& file, EntryKind kind);

// Gives a machine that has not begun its program's arguments, serialised.
void prepare(VirtualMachine& vm, const std::vector<Felt>& arguments);

}  // namespace blockexecd::vm::cairo1
