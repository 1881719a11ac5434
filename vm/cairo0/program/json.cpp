// SPDX-License-Identifier: Apache-2.0
// Access to a document's values.
#include "vm/cairo0/program/json.hpp"

#include <charconv>

namespace blockexecd::vm::cairo0 {

namespace {

Error expected(std::string_view where, std::string_view what) {
    return program_error(std::string(where) + ": expected " + std::string(what));
}

}  // namespace

Error program_error(std::string message) {
    return {ErrorKind::program, std::move(message)};
}

bool parse_unsigned(std::string_view text, std::uint64_t& value) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

const JsonValue* JsonValue::find(std::string_view name) const {
    const std::span<const JsonMember> all = members();
    for (auto i = all.rbegin(); i != all.rend(); ++i) {
        // Names of one length differ in the last character, mostly.
        if (i->name.size() == name.size() && (name.empty() || i->name.back() == name.back()) &&
            i->name == name)
            return &i->value;
    }
    return nullptr;
}

Result<const JsonValue*> JsonValue::member(std::string_view name) const {
    const JsonValue* const value = find(name);
    if (value == nullptr)
        return program_error("missing field `" + std::string(name) + "`");
    return value;
}

Result<std::string_view> JsonValue::as_string(std::string_view where) const {
    if (kind() != Kind::string)
        return expected(where, "a string");
    return text();
}

Result<std::uint64_t> JsonValue::as_unsigned(std::string_view where) const {
    std::uint64_t value = 0;
    if (kind() != Kind::number || !parse_unsigned(text(), value))
        return expected(where, "an integer from 0 to 2^64-1");
    return value;
}

Result<std::span<const JsonValue>> JsonValue::as_array(std::string_view where) const {
    if (kind() != Kind::array)
        return expected(where, "an array");
    return elements();
}

Result<std::span<const JsonMember>> JsonValue::as_object(std::string_view where) const {
    if (kind() != Kind::object)
        return expected(where, "an object");
    return members();
}

}  // namespace blockexecd::vm::cairo0
