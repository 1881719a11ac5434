// SPDX-License-Identifier: Apache-2.0
// A JSON document as a tree whose numbers stay text: identifiers of Cairo 0 programs hold integers
// of any size. The tree and the text that it points into live in one block of memory.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

struct JsonMember;
struct JsonDocument;

struct JsonValue {
    JsonValue() = default;
    // A value without its document would point nowhere.
    JsonValue(JsonDocument&&) = delete;

    enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
    Kind kind = Kind::null;
    bool boolean = false;
    std::string_view text;  // of a string or a number
    std::span<const JsonValue> elements;
    std::span<const JsonMember> members;

    [[nodiscard]] bool is_null() const { return kind == Kind::null; }
    // Of an object: the last member of that name, as the reference's parser keeps it; null without.
    [[nodiscard]] const JsonValue* find(std::string_view name) const;

    // Errors: a `program` error that says what is expected at `where`.
    [[nodiscard]] Result<const JsonValue*> member(std::string_view name) const;
    [[nodiscard]] Result<std::string_view> as_string(std::string_view where) const;
    [[nodiscard]] Result<std::uint64_t> as_unsigned(std::string_view where) const;
    [[nodiscard]] Result<const std::span<const JsonValue>*> as_array(std::string_view where) const;
    [[nodiscard]] Result<const std::span<const JsonMember>*> as_object(
        std::string_view where) const;
};

struct JsonMember {
    std::string_view name;
    JsonValue value;
};

// The root, and what all of the tree's values point into.
struct JsonDocument : JsonValue {
    std::unique_ptr<std::pmr::monotonic_buffer_resource> memory;
};

// Errors: the parser's reason and the place of the first byte that
// is not JSON; nesting beyond 512 levels; more than 512 MiB.
[[nodiscard]] Result<JsonDocument> parse_json(std::string_view text);

[[nodiscard]] Error program_error(std::string message);

// Decimal digits of a 64-bit number; nothing else.
[[nodiscard]] bool parse_unsigned(std::string_view text, std::uint64_t& value);

}  // namespace blockexecd::vm::cairo0
