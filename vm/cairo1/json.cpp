// SPDX-License-Identifier: Apache-2.0
// Felts, builtins and offsets as compilers write them.
#include "vm/cairo1/json.hpp"

namespace blockexecd::vm::cairo1 {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

Result<Felt> JsonReader::felt(const element& json, std::string_view where) const {
    std::string_view text;
    if (json.get(text) == simdjson::SUCCESS) {
        const bool negative = text.starts_with('-');
        if (const auto value = Felt::from_hex(text.substr(negative ? 1 : 0)))
            return negative ? -*value : *value;
    }
    return bad(std::string(where) + " holds what is no felt: " + simdjson::minify(json));
}

Result<std::vector<Felt>> JsonReader::felts(const object& parent, std::string_view name) const {
    BX_TRY(const array words, member<array>(parent, name));
    std::vector<Felt> read;
    for (const element word : words) {
        BX_TRY(const Felt value, felt(word, name));
        read.push_back(value);
    }
    return read;
}

Result<std::vector<BuiltinName>> JsonReader::builtins(const object& parent) const {
    BX_TRY(const array names, member<array>(parent, "builtins"));
    std::vector<BuiltinName> read;
    for (const element name : names) {
        std::string_view text;
        const auto known =
            name.get(text) == simdjson::SUCCESS ? builtin_from_name(text) : std::nullopt;
        if (!known)
            return bad("no builtin is called " + simdjson::minify(name));
        read.push_back(*known);
    }
    return read;
}

Result<std::uint64_t> JsonReader::offset(const object& parent, std::size_t length) const {
    BX_TRY(const std::uint64_t offset, member<std::uint64_t>(parent, "offset"));
    if (offset >= length)
        return bad("the offset " + std::to_string(offset) + " is behind the bytecode of " +
                   std::to_string(length) + " felts");
    return offset;
}

}  // namespace blockexecd::vm::cairo1
