// SPDX-License-Identifier: Apache-2.0
// The gateway's JSON forms of classes, as far as hashes and execution need them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "executor/classes/class_definition.hpp"
#include "executor/classes/json_text.hpp"
#include "vm/hints/casm_hint.hpp"

namespace blockexecd::executor {

struct SierraEntryPoint {
    EntryPointSelector selector;
    std::uint64_t function_idx = 0;
};

struct SierraClass {
    std::vector<Felt> program;
    std::string contract_class_version;
    std::array<std::vector<SierraEntryPoint>, 3> entry_points;  // by EntryPointType
    std::string abi;                                            // as its author wrote it
};

struct CasmClass {
    std::vector<Felt> bytecode;
    std::array<std::vector<EntryPoint>, 3> entry_points;
    BytecodeSegment segments;
    vm::CasmHints hints;
};

struct Cairo0Class {
    std::vector<Felt> data;
    std::vector<std::string> builtins;  // as written: they are hashed
    std::array<std::vector<EntryPoint>, 3> entry_points;
    JsonText program;
    JsonText abi;  // null if the class has none
};

vm::Result<SierraClass> parse_sierra(const JsonText& json);
// Also an error: segment lengths that do not add up to the bytecode.
vm::Result<CasmClass> parse_casm(const JsonText& json);
vm::Result<Cairo0Class> parse_cairo0(const JsonText& json);

// The first three felts of a Sierra program; 0.1.0 for those of the first compilers, as the Cairo
// compiler reads them.
vm::Result<SierraVersion> sierra_version(const SierraClass& sierra, const JsonText& json);

}  // namespace blockexecd::executor
