// SPDX-License-Identifier: Apache-2.0
// A JSON document as a tree whose numbers stay text: identifiers of Cairo 0 programs hold integers
// of any size. A value takes 16 bytes, so that a program's tree is no larger than its text.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>

#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

struct JsonMember;
struct JsonDocument;

class JsonValue {
  public:
    enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

    JsonValue() = default;
    // A value without its document would point nowhere.
    JsonValue(JsonDocument&&) = delete;
    explicit JsonValue(bool boolean) : JsonValue(Kind::boolean, boolean ? 1 : 0, nullptr) {}
    // Of a number or a string.
    JsonValue(Kind kind, std::string_view text) : JsonValue(kind, text.size(), text.data()) {}
    explicit JsonValue(std::span<const JsonValue> elements)
        : JsonValue(Kind::array, elements.size(), elements.data()) {}
    explicit JsonValue(std::span<const JsonMember> members);

    [[nodiscard]] Kind kind() const { return static_cast<Kind>(kind_and_size_ & 0xff); }
    [[nodiscard]] bool is_null() const { return kind() == Kind::null; }
    [[nodiscard]] bool is_string() const { return kind() == Kind::string; }
    [[nodiscard]] bool is_number() const { return kind() == Kind::number; }
    // Each is empty for other kinds.
    [[nodiscard]] bool boolean() const { return kind() == Kind::boolean && size() != 0; }
    [[nodiscard]] std::string_view text() const {
        return is_string() || is_number()
                   ? std::string_view(static_cast<const char*>(parts_), size())
                   : std::string_view();
    }
    [[nodiscard]] std::span<const JsonValue> elements() const {
        return kind() == Kind::array ? std::span(static_cast<const JsonValue*>(parts_), size())
                                     : std::span<const JsonValue>();
    }
    [[nodiscard]] std::span<const JsonMember> members() const;
    // Of an object: the last member of that name, as the reference's parser keeps it; null without.
    // In line, so that literal names are compared as words.
    [[nodiscard, gnu::always_inline]] inline const JsonValue* find(std::string_view name) const;

    // Errors: a `program` error that says what is expected at `where`.
    [[nodiscard, gnu::always_inline]] inline Result<const JsonValue*> member(
        std::string_view name) const;
    [[nodiscard]] Result<std::string_view> as_string(std::string_view where) const;
    [[nodiscard]] Result<std::uint64_t> as_unsigned(std::string_view where) const {
        std::uint64_t value = 0;
        if (!read_unsigned(value)) [[unlikely]]
            return not_unsigned(where);
        return value;
    }
    // False, with `value` as it was, for what is no integer from 0 to 2^64-1.
    [[nodiscard]] bool read_unsigned(std::uint64_t& value) const;
    [[nodiscard]] Result<std::span<const JsonValue>> as_array(std::string_view where) const;
    [[nodiscard]] Result<std::span<const JsonMember>> as_object(std::string_view where) const;

  private:
    static Error missing(std::string_view name);
    static Error not_unsigned(std::string_view where);
    JsonValue(Kind kind, std::size_t size, const void* parts)
        : kind_and_size_(static_cast<std::uint64_t>(kind) | size << 32), parts_(parts) {}
    [[nodiscard]] std::size_t size() const { return kind_and_size_ >> 32; }

    // One word, so that a value is passed on in two registers: 16 bytes that are read just after
    // they were written in parts wait for the writes.
    std::uint64_t kind_and_size_ = 0;
    const void* parts_ = nullptr;  // characters, elements or members
};
static_assert(sizeof(JsonValue) == 16);

struct JsonMember {
    std::string_view name;
    JsonValue value;
};

inline JsonValue::JsonValue(std::span<const JsonMember> members)
    : JsonValue(Kind::object, members.size(), members.data()) {}

inline std::span<const JsonMember> JsonValue::members() const {
    return kind() == Kind::object ? std::span(static_cast<const JsonMember*>(parts_), size())
                                  : std::span<const JsonMember>();
}

inline const JsonValue* JsonValue::find(std::string_view name) const {
    const std::span<const JsonMember> all = members();
    for (auto i = all.rbegin(); i != all.rend(); ++i)
        if (i->name.size() == name.size() &&
            std::memcmp(i->name.data(), name.data(), name.size()) == 0)
            return &i->value;
    return nullptr;
}

inline Result<const JsonValue*> JsonValue::member(std::string_view name) const {
    const JsonValue* const value = find(name);
    if (value == nullptr) [[unlikely]]
        return missing(name);
    return value;
}

// The root, and what the tree's values point into.
struct JsonDocument : JsonValue {
    std::unique_ptr<std::pmr::monotonic_buffer_resource> memory;
    std::unique_ptr<const std::string> kept_text;  // null when the caller keeps it
};

// The document points into `text`, which must outlive it. Errors: the reason and the place of the
// first byte that is not JSON (RFC 8259, UTF-8); nesting beyond 512 levels; more than 512 MiB.
[[nodiscard]] Result<JsonDocument> parse_json(std::string_view text);
// The same of a text that the document keeps.
[[nodiscard]] Result<JsonDocument> parse_json(std::string&& text);

[[nodiscard]] Error program_error(std::string message);

// Decimal digits of a 64-bit number; nothing else.
[[nodiscard]] bool parse_unsigned(std::string_view text, std::uint64_t& value);

}  // namespace blockexecd::vm::cairo0
