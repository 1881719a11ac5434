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

Error JsonValue::missing(std::string_view name) {
    return program_error("missing field `" + std::string(name) + "`");
}

Result<std::string_view> JsonValue::as_string(std::string_view where) const {
    if (kind() != Kind::string)
        return expected(where, "a string");
    return text();
}

bool JsonValue::read_unsigned(std::uint64_t& value) const {
    return kind() == Kind::number && parse_unsigned(text(), value);
}

Error JsonValue::not_unsigned(std::string_view where) {
    return expected(where, "an integer from 0 to 2^64-1");
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
