// SPDX-License-Identifier: Apache-2.0
// JSON as Python's json.dumps(sort_keys=True) writes it: the class hash of a Cairo 0 class covers
// that text, byte by byte.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "executor/classes/json_text.hpp"

namespace blockexecd::executor {

struct JsonStyle {
    // ", " and ": " and ASCII only, as Python; or the shortest form with UTF-8 left as it is, as
    // serde_json.
    bool pythonic = true;
    // "a : b" for "a: b" in types and values: as compilers before 0.10.0 wrote them.
    bool spaced_named_tuples = false;
    // Keys are integers and sorted as such.
    bool integer_keys = false;
};

// Appends the value, object keys sorted, numbers as written. Errors: not JSON; a key given twice.
vm::Result<void> write_json(const JsonText& json, const JsonStyle& style, std::string& out);

// What the hinted class hash of a Cairo 0 class is taken of.
vm::Result<std::string> hinted_class_json(const JsonText& program, const JsonText& abi,
                                          std::span<const vm::Felt> data);

// Length in bytes of the shortest form: a Cairo 0 class's abi length.
vm::Result<std::uint64_t> compact_json_length(const JsonText& json);

}  // namespace blockexecd::executor
