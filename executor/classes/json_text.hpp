// SPDX-License-Identifier: Apache-2.0
// A piece of a JSON document as text, with the path that leads to it, so that each error says where
// and why. Pieces are taken apart level by level: the members' order does not matter, and numbers
// beyond 64 bits stay as written.
#pragma once

#include <simdjson.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vm/error.hpp"
#include "vm/felt/felt.hpp"

namespace blockexecd::executor {

class JsonObject;

class JsonText {
  public:
    // Copies the text. `source` is what errors call the document.
    static JsonText document(std::string_view source, std::string_view json);

    [[nodiscard]] vm::Error error(std::string_view reason) const;
    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] bool is_null() const { return text_ == "null"; }
    [[nodiscard]] bool is_array() const { return text_.starts_with('['); }

    // Errors, of all below: text that is not JSON, or not of that type.
    // Also: a member given twice.
    [[nodiscard]] vm::Result<JsonObject> object() const;
    [[nodiscard]] vm::Result<std::vector<JsonText>> elements() const;
    [[nodiscard]] vm::Result<std::string> string() const;
    // An integer from 0 to 2^64-1; as_hex_too: or a string of hexadecimal digits after 0x.
    [[nodiscard]] vm::Result<std::uint64_t> integer() const;
    [[nodiscard]] vm::Result<std::uint64_t> integer_or_hex() const;
    [[nodiscard]] vm::Result<vm::Felt> felt() const;
    [[nodiscard]] vm::Result<std::vector<vm::Felt>> felts() const;

    // `visit` walks the text: simdjson::error_code(simdjson::ondemand::document&).
    template <class Visit>
    [[nodiscard]] vm::Result<void> walk(Visit&& visit) const {
        simdjson::ondemand::document document;
        if (const auto code = open(document))
            return error(simdjson::error_message(code));
        if (const simdjson::error_code code = visit(document))
            return error(simdjson::error_message(code));
        return {};
    }

  private:
    friend class JsonObject;
    struct Document {
        std::string source;
        simdjson::padded_string json;
        simdjson::ondemand::parser parser;
    };
    JsonText(std::shared_ptr<Document> document, std::string path, std::string_view text);
    [[nodiscard]] JsonText child(std::string_view path_step, std::string_view text) const;
    simdjson::error_code open(simdjson::ondemand::document& document) const;

    std::shared_ptr<Document> document_;
    std::string path_;
    std::string_view text_;
};

// The members of a JSON object.
class JsonObject {
  public:
    // Null if absent.
    [[nodiscard]] const JsonText* find(std::string_view key) const;
    // An error that names the object and the key if absent.
    [[nodiscard]] vm::Result<JsonText> at(std::string_view key) const;
    [[nodiscard]] const std::vector<std::pair<std::string, JsonText>>& members() const {
        return members_;
    }

  private:
    friend class JsonText;
    explicit JsonObject(JsonText self) : self_(std::move(self)) {}
    JsonText self_;
    std::vector<std::pair<std::string, JsonText>> members_;  // by key
};

}  // namespace blockexecd::executor
