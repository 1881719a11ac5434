// SPDX-License-Identifier: Apache-2.0
// simdjson's tree; it bounds depth and size.
#include "vm/cairo1/class_file.hpp"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <string>

#include "vm/crypto/keccak.hpp"

namespace blockexecd::vm::cairo1 {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::array kEntryPointTypes{"EXTERNAL", "L1_HANDLER", "CONSTRUCTOR"};

Error bad(const std::string& what) {
    return {ErrorKind::program, "CASM class: " + what};
}

template <class T>
Result<T> member(const object& parent, std::string_view name) {
    T value;
    if (parent[name].get(value) != simdjson::SUCCESS)
        return bad(std::string(name) + " is missing or of another type");
    return value;
}

Result<Felt> felt(const element& json, std::string_view where) {
    std::string_view text;
    if (json.get(text) == simdjson::SUCCESS)
        if (const auto value = Felt::from_hex(text))
            return *value;
    return bad(std::string(where) + " holds what is no felt: " + simdjson::minify(json));
}

Result<ClassEntryPoint> entry_point(const element& json, std::size_t length) {
    object fields;
    if (json.get(fields) != simdjson::SUCCESS)
        return bad("an entry point is no object");
    ClassEntryPoint read;
    BX_TRY(const element selector, member<element>(fields, "selector"));
    BX_TRY(read.selector, felt(selector, "selector"));
    BX_TRY(read.offset, member<std::uint64_t>(fields, "offset"));
    if (read.offset >= length)
        return bad("the offset " + std::to_string(read.offset) + " is behind the bytecode of " +
                   std::to_string(length) + " felts");
    BX_TRY(const array names, member<array>(fields, "builtins"));
    for (const element name : names) {
        std::string_view text;
        const auto known =
            name.get(text) == simdjson::SUCCESS ? builtin_from_name(text) : std::nullopt;
        if (!known)
            return bad("no builtin is called " + simdjson::minify(name));
        read.builtins.push_back(*known);
    }
    return read;
}

}  // namespace

bool is_class_file(std::string_view json) {
    simdjson::dom::parser parser;
    object root;
    return parser.parse(json.data(), json.size()).get(root) == simdjson::SUCCESS &&
           root["bytecode"].error() == simdjson::SUCCESS;
}

Result<ClassFile> parse_class_file(std::string_view json) {
    simdjson::dom::parser parser;
    object root;
    if (const auto error = parser.parse(json.data(), json.size()).get(root))
        return bad(simdjson::error_message(error));
    ClassFile file;
    BX_TRY(const array words, member<array>(root, "bytecode"));
    for (const element word : words) {
        BX_TRY(const Felt value, felt(word, "bytecode"));
        file.bytecode.push_back(value);
    }
    BX_TRY(const element hints, member<element>(root, "hints"));
    BX_TRY(file.hints, parse_casm_hints(simdjson::minify(hints)));
    BX_TRY(const object by_type, member<object>(root, "entry_points_by_type"));
    for (const char* const type : kEntryPointTypes) {
        array list;
        if (by_type[type].get(list) != simdjson::SUCCESS)
            continue;
        for (const element each : list) {
            BX_TRY(ClassEntryPoint read, entry_point(each, file.bytecode.size()));
            file.entry_points.push_back(std::move(read));
        }
    }
    return file;
}

Result<ClassEntryPoint> find_entry_point(const ClassFile& file, std::string_view name) {
    const auto written = Felt::from_hex(name);
    const Felt selector = written ? *written : sn_keccak(name);
    const auto found = std::ranges::find(file.entry_points, selector, &ClassEntryPoint::selector);
    if (found == file.entry_points.end())
        return bad("there is no entry point " + std::string(name) + " (selector " +
                   selector.to_hex() + ")");
    return *found;
}

}  // namespace blockexecd::vm::cairo1
