// SPDX-License-Identifier: Apache-2.0
// As the Sierra compiler writes it.
#include "vm/cairo1/class_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "vm/cairo1/json.hpp"
#include "vm/crypto/keccak.hpp"

namespace blockexecd::vm::cairo1 {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::array kEntryPointTypes{"EXTERNAL", "L1_HANDLER", "CONSTRUCTOR"};

const JsonReader kReader("CASM class");

Result<ClassEntryPoint> entry_point(const element& json, std::size_t length) {
    object fields;
    if (json.get(fields) != simdjson::SUCCESS)
        return kReader.bad("an entry point is no object");
    ClassEntryPoint read;
    BX_TRY(const element selector, kReader.member<element>(fields, "selector"));
    BX_TRY(read.selector, kReader.felt(selector, "selector"));
    BX_TRY(read.offset, kReader.offset(fields, length));
    BX_TRY(read.builtins, kReader.builtins(fields));
    return read;
}

}  // namespace

Result<ClassFile> parse_class_file(std::string_view json) {
    simdjson::dom::parser parser;
    object root;
    if (const auto error = parser.parse(json.data(), json.size()).get(root))
        return kReader.bad(simdjson::error_message(error));
    ClassFile file;
    BX_TRY(file.bytecode, kReader.felts(root, "bytecode"));
    BX_TRY(const element hints, kReader.member<element>(root, "hints"));
    BX_TRY(file.hints, parse_casm_hints(simdjson::minify(hints)));
    BX_TRY(const object by_type, kReader.member<object>(root, "entry_points_by_type"));
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
    std::uint64_t offset = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), offset);
    if (error == std::errc() && end == name.data() + name.size()) {
        const auto at = std::ranges::find(file.entry_points, offset, &ClassEntryPoint::offset);
        if (at == file.entry_points.end())
            return kReader.bad("there is no entry point at offset " + std::string(name));
        return *at;
    }
    const auto written = Felt::from_hex(name);
    const Felt selector = written ? *written : sn_keccak(name);
    const auto found = std::ranges::find(file.entry_points, selector, &ClassEntryPoint::selector);
    if (found == file.entry_points.end())
        return kReader.bad("there is no entry point " + std::string(name) + " (selector " +
                           selector.to_hex() + ")");
    return *found;
}

}  // namespace blockexecd::vm::cairo1
