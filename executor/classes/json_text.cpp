// SPDX-License-Identifier: Apache-2.0
#include "executor/classes/json_text.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace blockexecd::executor {
namespace {

namespace ondemand = simdjson::ondemand;

// The text of a value, without blanks around it.
simdjson::error_code raw_text(ondemand::value value, std::string_view& text) {
    ondemand::json_type type{};
    if (const auto code = value.type().get(type))
        return code;
    simdjson::error_code code = simdjson::SUCCESS;
    if (type == ondemand::json_type::array) {
        ondemand::array array;
        code = value.get_array().get(array);
        if (!code)
            code = array.raw_json().get(text);
    } else if (type == ondemand::json_type::object) {
        ondemand::object object;
        code = value.get_object().get(object);
        if (!code)
            code = object.raw_json().get(text);
    } else {
        text = value.raw_json_token();
    }
    while (!code && !text.empty() &&
           std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos)
        text.remove_suffix(1);
    return code;
}

simdjson::error_code expect_end(ondemand::document& document) {
    const bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    return at_end ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
}

std::optional<std::uint64_t> parse_integer(std::string_view text, int base) {
    std::uint64_t value = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (code != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

}  // namespace

JsonText::JsonText(std::shared_ptr<Document> document, std::string path, std::string_view text)
    : document_(std::move(document)), path_(std::move(path)), text_(text) {}

JsonText JsonText::document(std::string_view source, std::string_view json) {
    auto document = std::make_shared<Document>();
    document->source = source;
    document->json = simdjson::padded_string(json);
    const std::string_view text(document->json);
    return {std::move(document), "$", text};
}

JsonText JsonText::child(std::string_view path_step, std::string_view text) const {
    return {document_, path_ + std::string(path_step), text};
}

vm::Error JsonText::error(std::string_view reason) const {
    return {vm::ErrorKind::program, document_->source + ": " + path_ + ": " + std::string(reason)};
}

simdjson::error_code JsonText::open(ondemand::document& document) const {
    const std::string_view all(document_->json);
    const auto offset = static_cast<std::size_t>(text_.data() - all.data());
    const simdjson::padded_string_view padded(text_.data(), text_.size(),
                                              all.size() - offset + simdjson::SIMDJSON_PADDING);
    return document_->parser.iterate(padded).get(document);
}

vm::Result<JsonObject> JsonText::object() const {
    JsonObject members(*this);
    BX_CHECK(walk([&](ondemand::document& document) {
        ondemand::object object;
        if (const auto code = document.get_object().get(object))
            return code;
        for (auto member : object) {
            std::string_view key;
            ondemand::value value;
            std::string_view text;
            if (const auto code = member.unescaped_key().get(key))
                return code;
            if (const auto code = member.value().get(value))
                return code;
            const std::string name(key);
            if (const auto code = raw_text(value, text))
                return code;
            members.members_.emplace_back(name, child("." + name, text));
        }
        return expect_end(document);
    }));
    auto& list = members.members_;
    std::ranges::sort(list, {}, &std::pair<std::string, JsonText>::first);
    const auto twice =
        std::ranges::adjacent_find(list, {}, &std::pair<std::string, JsonText>::first);
    if (twice != list.end())
        return twice->second.error("given twice");
    return members;
}

vm::Result<std::vector<JsonText>> JsonText::elements() const {
    std::vector<JsonText> elements;
    BX_CHECK(walk([&](ondemand::document& document) {
        ondemand::array array;
        if (const auto code = document.get_array().get(array))
            return code;
        for (auto element : array) {
            ondemand::value value;
            std::string_view text;
            if (const auto code = element.get(value))
                return code;
            if (const auto code = raw_text(value, text))
                return code;
            elements.push_back(child("[" + std::to_string(elements.size()) + "]", text));
        }
        return expect_end(document);
    }));
    return elements;
}

vm::Result<std::string> JsonText::string() const {
    std::string_view text;
    BX_CHECK(walk([&](ondemand::document& document) { return document.get_string().get(text); }));
    return std::string(text);
}

vm::Result<std::uint64_t> JsonText::integer() const {
    const auto value = parse_integer(text_, 10);
    if (!value)
        return error("not an integer from 0 to 2^64-1");
    return *value;
}

vm::Result<std::uint64_t> JsonText::integer_or_hex() const {
    if (!text_.starts_with('"'))
        return integer();
    const std::string_view digits = text_.substr(1, text_.size() - 2);
    const auto value =
        digits.starts_with("0x") ? parse_integer(digits.substr(2), 16) : std::nullopt;
    if (!value)
        return error("not a hexadecimal integer from 0x0 to 2^64-1");
    return *value;
}

vm::Result<vm::Felt> JsonText::felt() const {
    BX_TRY(const std::string digits, string());
    const auto value = vm::Felt::from_hex(digits);
    if (!value)
        return error("not a hexadecimal field element");
    return *value;
}

vm::Result<std::vector<vm::Felt>> JsonText::felts() const {
    std::vector<vm::Felt> felts;
    bool all_felts = true;
    BX_CHECK(walk([&](ondemand::document& document) {
        ondemand::array array;
        if (const auto code = document.get_array().get(array))
            return code;
        for (auto element : array) {
            std::string_view digits;
            if (const auto code = element.get_string().get(digits))
                return code;
            const auto value = vm::Felt::from_hex(digits);
            if (!value) {
                all_felts = false;
                return simdjson::SUCCESS;
            }
            felts.push_back(*value);
        }
        return expect_end(document);
    }));
    if (!all_felts)
        return child("[" + std::to_string(felts.size()) + "]", {})
            .error("not a hexadecimal field element");
    return felts;
}

const JsonText* JsonObject::find(std::string_view key) const {
    const auto at =
        std::ranges::lower_bound(members_, key, {}, &std::pair<std::string, JsonText>::first);
    return at != members_.end() && at->first == key ? &at->second : nullptr;
}

vm::Result<JsonText> JsonObject::at(std::string_view key) const {
    const JsonText* member = find(key);
    if (member == nullptr)
        return self_.error("has no member \"" + std::string(key) + "\"");
    return *member;
}

}  // namespace blockexecd::executor
