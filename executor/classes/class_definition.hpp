// SPDX-License-Identifier: Apache-2.0
// What is known of a class at import: its code as compiled, what its declaration costs, and the
// hashes that name it, all computed from the JSON that a gateway serves, never taken from it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "executor/types/contract_class.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// A class's JSON and the name that errors call it by (a file's path, a class hash).
struct ClassSource {
    std::string_view name;
    std::string_view json;
};

struct ClassDefinition {
    // Without code: that is made from the fields below when the class is loaded.
    CompiledClass summary;
    std::vector<Felt> bytecode;
    // Cairo 1: CASM hints, Cairo 0: hints, identifiers, references and attributes, as class_codec
    // writes them.
    std::vector<std::uint8_t> program_extra;
};

// A Sierra class and its CASM, in the forms of the feeder gateway (get_class_by_hash,
// get_compiled_class_by_class_hash). Errors name the source, the JSON path and the reason.
vm::Result<ClassDefinition> parse_cairo1_class(const ClassSource& sierra, const ClassSource& casm);

// A Cairo 0 class (get_class_by_hash).
vm::Result<ClassDefinition> parse_cairo0_class(const ClassSource& source);

// An error that names both hashes unless the class has the hash that its source calls it by.
vm::Result<void> check_class_hash(const ClassDefinition& definition, const ClassHash& expected,
                                  std::string_view name);

// The class hash of a Sierra class alone, without its CASM.
vm::Result<ClassHash> sierra_class_hash(const ClassSource& sierra);

}  // namespace blockexecd::executor
