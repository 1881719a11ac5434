// SPDX-License-Identifier: Apache-2.0
// A JSON document as a tree whose numbers stay text: identifiers of Cairo 0 programs hold integers
// of any size. A value takes 16 bytes, so that a program's tree is no larger than its text.
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

class JsonValue {
  public:
    enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

    JsonValue() = default;
    // A value without its document would point nowhere.
    JsonValue(JsonDocument&&) = delete;
    explicit JsonValue(bool boolean) : kind_(Kind::boolean), boolean_(boolean) {}
    // Of a number or a string.
    JsonValue(Kind kind, std::string_view text)
        : kind_(kind), size_(static_cast<std::uint32_t>(text.size())), parts_(text.data()) {}
    explicit JsonValue(std::span<const JsonValue> elements)
        : kind_(Kind::array),
          size_(static_cast<std::uint32_t>(elements.size())),
          parts_(elements.data()) {}
    explicit JsonValue(std::span<const JsonMember> members);

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] bool is_null() const { return kind_ == Kind::null; }
    [[nodiscard]] bool is_string() const { return kind_ == Kind::string; }
    [[nodiscard]] bool is_number() const { return kind_ == Kind::number; }
    // Each is empty for other kinds.
    [[nodiscard]] bool boolean() const { return boolean_; }
    [[nodiscard]] std::string_view text() const {
        return kind_ == Kind::string || kind_ == Kind::number
                   ? std::string_view(static_cast<const char*>(parts_), size_)
                   : std::string_view();
    }
    [[nodiscard]] std::span<const JsonValue> elements() const {
        return kind_ == Kind::array ? std::span(static_cast<const JsonValue*>(parts_), size_)
                                    : std::span<const JsonValue>();
    }
    [[nodiscard]] std::span<const JsonMember> members() const;
    // Of an object: the last member of that name, as the reference's parser keeps it; null without.
    [[nodiscard]] const JsonValue* find(std::string_view name) const;

    // Errors: a `program` error that says what is expected at `where`.
    [[nodiscard]] Result<const JsonValue*> member(std::string_view name) const;
    [[nodiscard]] Result<std::string_view> as_string(std::string_view where) const;
    [[nodiscard]] Result<std::uint64_t> as_unsigned(std::string_view where) const;
    [[nodiscard]] Result<std::span<const JsonValue>> as_array(std::string_view where) const;
    [[nodiscard]] Result<std::span<const JsonMember>> as_object(std::string_view where) const;

  private:
    Kind kind_ = Kind::null;
    bool boolean_ = false;
    std::uint32_t size_ = 0;
    const void* parts_ = nullptr;  // characters, elements or members
};
static_assert(sizeof(JsonValue) == 16);

struct JsonMember {
    std::string_view name;
    JsonValue value;
};

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
