// SPDX-License-Identifier: Apache-2.0
#include "config/option.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace blockexecd::config {
namespace {

constexpr Range between(Integer low, Integer high) {
    return {low, high, {}};
}
constexpr Range one_of(std::string_view choices) {
    return {0, 0, choices};
}
constexpr Range any() {
    return {};
}
constexpr Change live = Change::live;
constexpr Change restart = Change::restart;

const std::array kOptions{
#define BX_ROW(section_, key_, type, value, range_, unit_, change_, doc)      \
    Option{.section = #section_,                                              \
           .key = #key_,                                                      \
           .default_value = type{value},                                      \
           .range = range_,                                                   \
           .unit = unit_,                                                     \
           .change = change_,                                                 \
           .documentation = doc,                                              \
           .get = [](const Settings& s) -> Value { return s.section_.key_; }, \
           .set = [](Settings& s, const Value& v) { s.section_.key_ = std::get<type>(v); }},
#define BX_ROWS(section, rows, doc) rows(BX_ROW)
    BLOCKEXECD_SECTIONS(BX_ROWS)
#undef BX_ROWS
#undef BX_ROW
};

constexpr std::array kSections{
#define BX_SECTION(section, rows, doc) Section{#section, doc},
    BLOCKEXECD_SECTIONS(BX_SECTION)
#undef BX_SECTION
};

}  // namespace

std::string Option::name() const {
    return std::string(section) + "." + std::string(key);
}

std::string Option::environment_name() const {
    std::string name = "BLOCKEXECD_" + std::string(section) + "_" + std::string(key);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::toupper(c); });
    return name;
}

std::string_view Option::type_name() const {
    constexpr std::array<std::string_view, 3> names{"an integer", "true or false", "a text"};
    return names[default_value.index()];
}

std::span<const Option> options() {
    return kOptions;
}

std::span<const Section> sections() {
    return kSections;
}

const Option* find_option(std::string_view section, std::string_view key) {
    const auto found = std::ranges::find_if(
        kOptions, [&](const Option& o) { return o.section == section && o.key == key; });
    return found == kOptions.end() ? nullptr : &*found;
}

std::string to_toml(const Value& value) {
    if (const auto* integer = std::get_if<Integer>(&value))
        return std::to_string(*integer);
    if (const auto* boolean = std::get_if<Boolean>(&value))
        return *boolean ? "true" : "false";
    std::string text = "\"";
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (const char c : std::get<Text>(value)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            text += {'\\', c};
        else if (byte < 0x20 || byte == 0x7f)
            text += {'\\', 'u', '0', '0', hex[byte >> 4], hex[byte & 15]};
        else
            text += c;
    }
    return text + '"';
}

std::string describe_range(const Option& option) {
    if (!option.range.choices.empty()) {
        std::string words(option.range.choices);
        for (auto bar = words.find('|'); bar != std::string::npos; bar = words.find('|', bar))
            words.replace(bar, 1, words.find('|', bar + 1) == std::string::npos ? " or " : ", ");
        return words;
    }
    if (option.range.high == 0)
        return {};
    return "from " + std::to_string(option.range.low) + " to " + std::to_string(option.range.high) +
           (option.unit.empty() ? "" : " " + std::string(option.unit));
}

bool in_range(const Option& option, const Value& value) {
    if (const auto* integer = std::get_if<Integer>(&value))
        return option.range.high == 0 ||
               (*integer >= option.range.low && *integer <= option.range.high);
    const auto* text = std::get_if<Text>(&value);
    if (text == nullptr || option.range.choices.empty())
        return true;
    std::string_view rest = option.range.choices;
    while (true) {
        const auto bar = rest.find('|');
        if (rest.substr(0, bar) == *text)
            return true;
        if (bar == std::string_view::npos)
            return false;
        rest.remove_prefix(bar + 1);
    }
}

std::optional<Value> parse_text(const Option& option, std::string_view text) {
    if (std::holds_alternative<Text>(option.default_value))
        return Text(text);
    if (std::holds_alternative<Boolean>(option.default_value)) {
        if (text == "true" || text == "false")
            return Boolean{text == "true"};
        return std::nullopt;
    }
    Integer integer = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return integer;
}

}  // namespace blockexecd::config
