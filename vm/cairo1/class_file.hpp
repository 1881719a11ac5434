// SPDX-License-Identifier: Apache-2.0
// A contract class compiled to CASM, as its JSON file has it, reduced to what running one of its
// entry points needs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "vm/builtin_name.hpp"
#include "vm/error.hpp"
#include "vm/felt/felt.hpp"
#include "vm/hints/casm_hint.hpp"

namespace blockexecd::vm::cairo1 {

struct ClassEntryPoint {
    Felt selector;
    std::uint64_t offset = 0;
    std::vector<BuiltinName> builtins;  // in the order of its parameters
};

struct ClassFile {
    std::vector<Felt> bytecode;
    CasmHints hints;
    // External ones, then L1 handlers, then constructors.
    std::vector<ClassEntryPoint> entry_points;
};

// Errors (kind program) name the member that is missing, of another type or not a value of its
// kind; an offset behind the bytecode; a hint that is none.
[[nodiscard]] Result<ClassFile> parse_class_file(std::string_view json);

// By selector ("0x…"), by offset (decimal digits), or by function name, of which sn_keccak gives
// the selector: `constructor` too. Error: the class has none there.
[[nodiscard]] Result<ClassEntryPoint> find_entry_point(const ClassFile& file,
                                                       std::string_view name);

}  // namespace blockexecd::vm::cairo1
