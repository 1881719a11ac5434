// SPDX-License-Identifier: Apache-2.0
// A JSON document as a tree whose numbers stay text: identifiers of Cairo 0 programs hold integers
// of any size.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

struct JsonMember;

struct JsonValue {
    enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
    Kind kind = Kind::null;
    bool boolean = false;
    std::string text;  // of a string or a number
    std::vector<JsonValue> elements;
    std::vector<JsonMember> members;

    [[nodiscard]] bool is_null() const { return kind == Kind::null; }
    // Of an object: the last member of that name, as the reference's parser keeps it; null without.
    [[nodiscard]] const JsonValue* find(std::string_view name) const;

    // Errors: a `program` error that says what is expected at `where`.
    [[nodiscard]] Result<const JsonValue*> member(std::string_view name) const;
    [[nodiscard]] Result<std::string_view> as_string(std::string_view where) const;
    [[nodiscard]] Result<std::uint64_t> as_unsigned(std::string_view where) const;
    [[nodiscard]] Result<const std::vector<JsonValue>*> as_array(std::string_view where) const;
    [[nodiscard]] Result<const std::vector<JsonMember>*> as_object(std::string_view where) const;
};

struct JsonMember {
    std::string name;
    JsonValue value;
};

// Errors: the parser's reason and the place of the first byte that is not JSON; nesting beyond 512
// levels; more than 512 MiB.
[[nodiscard]] Result<JsonValue> parse_json(std::string_view text);

[[nodiscard]] Error program_error(std::string message);

// Decimal digits of a 64-bit number; nothing else.
[[nodiscard]] bool parse_unsigned(std::string_view text, std::uint64_t& value);

}  // namespace blockexecd::vm::cairo0
