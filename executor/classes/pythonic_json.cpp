// SPDX-License-Identifier: Apache-2.0
#include "executor/classes/pythonic_json.hpp"

#include <algorithm>
#include <array>
#include <boost/algorithm/string/replace.hpp>
#include <charconv>
#include <utility>
#include <vector>

namespace blockexecd::executor {
namespace {

namespace ondemand = simdjson::ondemand;

void append_unicode_escape(std::uint32_t unit, std::string& out) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4)
        out += digits[unit >> shift & 15];
}

// The code point at `at`, which moves behind it. Precondition: valid UTF-8.
std::uint32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&] { return static_cast<std::uint8_t>(text[at++]); };
    const std::uint8_t first = byte();
    if (first < 0x80)
        return first;
    const int more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    std::uint32_t code_point = first & (0x3fU >> more);
    for (int i = 0; i < more; ++i)
        code_point = code_point << 6 | (byte() & 0x3fU);
    return code_point;
}

void append_string(std::string_view text, bool pythonic, std::string& out) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const std::uint32_t c = next_code_point(text, at);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += static_cast<char>(c);
        } else if (c >= ' ' && (c < 0x7f || !pythonic)) {
            out += text.substr(begin, at - begin);
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (c == '\b') {
            out += "\\b";
        } else if (c == '\f') {
            out += "\\f";
        } else if (c < 0x10000) {
            append_unicode_escape(c, out);
        } else {
            append_unicode_escape(0xd800 + ((c - 0x10000) >> 10), out);
            append_unicode_escape(0xdc00 + ((c - 0x10000) & 0x3ff), out);
        }
    }
    out += '"';
}

std::string spaced(std::string_view text) {
    std::string spaced = boost::replace_all_copy(std::string(text), ": ", " : ");
    boost::replace_all(spaced, "  :", " :");
    return spaced;
}

class Writer {
  public:
    Writer(const JsonStyle& style, std::string& out) : style_(style), out_(out) {}

    template <class Value>
    simdjson::error_code value(Value&& json, bool is_named_tuple) {
        ondemand::json_type type{};
        if (const auto code = json.type().get(type))
            return code;
        switch (type) {
            case ondemand::json_type::array:
                return array(json);
            case ondemand::json_type::object:
                return object(json);
            case ondemand::json_type::string: {
                std::string_view text;
                if (const auto code = json.get_string().get(text))
                    return code;
                append_string(is_named_tuple ? spaced(text) : text, style_.pythonic, out_);
                return simdjson::SUCCESS;
            }
            case ondemand::json_type::number: {
                // As written: values of constants are longer than any number type.
                return token(json);
            }
            case ondemand::json_type::boolean: {
                bool truth = false;
                if (const auto code = json.get_bool().get(truth))
                    return code;
                out_ += truth ? "true" : "false";
                return simdjson::SUCCESS;
            }
            case ondemand::json_type::null:
                if (!json.is_null())
                    return simdjson::N_ATOM_ERROR;
                out_ += "null";
                return simdjson::SUCCESS;
        }
        return simdjson::UNEXPECTED_ERROR;
    }

  private:
    template <class Value>
    simdjson::error_code token(Value&& json) {
        std::string_view text;
        if (const auto code =
                simdjson::simdjson_result<std::string_view>(json.raw_json_token()).get(text))
            return code;
        while (!text.empty() &&
               std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos)
            text.remove_suffix(1);
        if (text.find_first_not_of("0123456789-+.eE") != std::string_view::npos)
            return simdjson::NUMBER_ERROR;
        out_ += text;
        // Reading the token does not move past it.
        return simdjson::SUCCESS;
    }

    template <class Value>
    simdjson::error_code array(Value&& json) {
        ondemand::array elements;
        if (const auto code = json.get_array().get(elements))
            return code;
        out_ += '[';
        bool first = true;
        for (auto element : elements) {
            ondemand::value child;
            if (const auto code = element.get(child))
                return code;
            if (!std::exchange(first, false))
                out_ += style_.pythonic ? ", " : ",";
            if (const auto code = value(child, false))
                return code;
        }
        out_ += ']';
        return simdjson::SUCCESS;
    }

    template <class Value>
    simdjson::error_code object(Value&& json) {
        ondemand::object object;
        if (const auto code = json.get_object().get(object))
            return code;
        // Members are written as they come, and their texts sorted: parsing on demand goes over the
        // text once.
        std::vector<std::pair<std::string, std::string>> members;
        for (auto member : object) {
            std::string_view key;
            ondemand::value child;
            if (const auto code = member.unescaped_key().get(key))
                return code;
            if (const auto code = member.value().get(child))
                return code;
            auto& [name, text] = members.emplace_back(std::string(key), std::string());
            const bool is_named_tuple =
                style_.spaced_named_tuples && (name == "cairo_type" || name == "value");
            JsonStyle style = style_;
            style.integer_keys = false;
            if (const auto code = Writer(style, text).value(child, is_named_tuple))
                return code;
        }
        if (const auto code = sort(members))
            return code;
        out_ += '{';
        bool first = true;
        for (const auto& [name, text] : members) {
            if (!std::exchange(first, false))
                out_ += style_.pythonic ? ", " : ",";
            append_string(name, style_.pythonic, out_);
            out_ += style_.pythonic ? ": " : ":";
            out_ += text;
        }
        out_ += '}';
        return simdjson::SUCCESS;
    }

    simdjson::error_code sort(std::vector<std::pair<std::string, std::string>>& members) const {
        using Member = std::pair<std::string, std::string>;
        bool all_integers = true;
        const auto number = [&](const Member& member) {
            const std::string& key = member.first;
            std::uint64_t value = 0;
            const auto [end, code] = std::from_chars(key.data(), key.data() + key.size(), value);
            all_integers = all_integers && code == std::errc() && end == key.data() + key.size();
            return value;
        };
        if (style_.integer_keys)
            std::ranges::sort(members, {}, number);
        else
            std::ranges::sort(members, {}, &Member::first);
        const bool twice = std::ranges::adjacent_find(members, {}, &Member::first) != members.end();
        return twice || !all_integers ? simdjson::INCORRECT_TYPE : simdjson::SUCCESS;
    }

    JsonStyle style_;
    std::string& out_;
};

// [{"accessible_scopes": …, …}]: what compilers before 0.8.0 did not write is left out where it
// says nothing.
vm::Result<void> write_attributes(const JsonText& attributes, std::string& out) {
    out += '[';
    BX_TRY(const auto elements, attributes.elements());
    for (std::size_t i = 0; i < elements.size(); ++i) {
        out += i == 0 ? "{" : ", {";
        BX_TRY(const JsonObject attribute, elements[i].object());
        bool first = true;
        for (const auto& [key, value] : attribute.members()) {
            if (key == "flow_tracking_data" && value.is_null())
                continue;
            if (key == "accessible_scopes" && value.is_array()) {
                BX_TRY(const auto scopes, value.elements());
                if (scopes.empty())
                    continue;
            }
            if (!std::exchange(first, false))
                out += ", ";
            append_string(key, true, out);
            out += ": ";
            BX_CHECK(write_json(value, {}, out));
        }
        out += '}';
    }
    out += ']';
    return {};
}

}  // namespace

vm::Result<void> write_json(const JsonText& json, const JsonStyle& style, std::string& out) {
    return json.walk(
        [&](ondemand::document& document) { return Writer(style, out).value(document, false); });
}

vm::Result<std::string> hinted_class_json(const JsonText& program, const JsonText& abi,
                                          std::span<const vm::Felt> data) {
    BX_TRY(const JsonObject members, program.object());
    const JsonText* compiler_version = members.find("compiler_version");
    const bool has_version = compiler_version != nullptr && !compiler_version->is_null();
    std::string out = "{\"abi\": ";
    BX_CHECK(write_json(abi, {}, out));
    out += ", \"program\": {";
    if (const JsonText* attributes = members.find("attributes");
        attributes != nullptr && !attributes->is_null()) {
        BX_TRY(const auto elements, attributes->elements());
        if (!elements.empty()) {
            out += "\"attributes\": ";
            BX_CHECK(write_attributes(*attributes, out));
            out += ", ";
        }
    }
    // In the order of the keys.
    const auto write = [&](std::string_view key, const JsonStyle& style) -> vm::Result<void> {
        BX_TRY(const JsonText value, members.at(key));
        append_string(key, true, out);
        out += ": ";
        return write_json(value, style, out);
    };
    BX_CHECK(write("builtins", {}));
    out += ", ";
    if (has_version) {
        BX_CHECK(write("compiler_version", {}));
        out += ", ";
    }
    out += "\"data\": [";
    for (std::size_t i = 0; i < data.size(); ++i) {
        out += i == 0 ? "\"" : ", \"";
        out += data[i].to_hex();
        out += '"';
    }
    out += "], \"debug_info\": null, ";
    BX_CHECK(write("hints", {.integer_keys = true}));
    out += ", ";
    BX_CHECK(write("identifiers", {.spaced_named_tuples = !has_version}));
    out += ", ";
    BX_CHECK(write("main_scope", {}));
    out += ", ";
    BX_CHECK(write("prime", {}));
    out += ", ";
    BX_CHECK(write("reference_manager", {.spaced_named_tuples = !has_version}));
    out += "}}";
    return out;
}

vm::Result<std::uint64_t> compact_json_length(const JsonText& json) {
    std::string out;
    BX_CHECK(write_json(json, {.pythonic = false}, out));
    return out.size();
}

}  // namespace blockexecd::executor
