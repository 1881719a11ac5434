// SPDX-License-Identifier: Apache-2.0
// A recursive-free descent over the reference string. Each function takes what it recognises from
// the front of `input`, and leaves `input` alone when it recognises nothing.
#include "vm/cairo0/program/reference.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

namespace blockexecd::vm::cairo0 {

namespace {

bool take(std::string_view& input, std::string_view prefix) {
    if (!input.starts_with(prefix))
        return false;
    input.remove_prefix(prefix.size());
    return true;
}

// What precedes the closing bracket that matches an opening one already taken.
std::optional<std::string_view> until_unbalanced(std::string_view input, char open, char close) {
    int depth = 0;
    for (std::size_t i = 0; i < input.size(); ++i) {
        if (input[i] == '\\')
            ++i;
        else if (input[i] == open)
            ++depth;
        else if (input[i] == close && depth-- == 0)
            return input.substr(0, i);
    }
    return std::nullopt;
}

// Brackets around the whole input; `[fp + 2] + 2` has none.
bool take_outer_brackets(std::string_view& input) {
    if (!input.starts_with('['))
        return false;
    const auto inside = until_unbalanced(input.substr(1), '[', ']');
    if (!inside || inside->size() + 2 != input.size())
        return false;
    input = *inside;
    return true;
}

std::optional<Register> take_register(std::string_view& input) {
    if (take(input, "ap"))
        return Register::ap;
    if (take(input, "fp"))
        return Register::fp;
    return std::nullopt;
}

std::optional<std::int32_t> parse_i32(std::string_view text) {
    take(text, "+");
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

// " + (n)", " - n", "n"; nothing left counts as 0.
std::optional<std::int32_t> take_offset(std::string_view& input) {
    if (input.empty())
        return 0;
    std::string_view rest = input;
    const bool minus = !take(rest, " + ") && take(rest, " - ");
    std::optional<std::int32_t> value;
    if (const auto close = rest.find(')'); rest.starts_with('(') && close != rest.npos) {
        value = parse_i32(rest.substr(1, close - 1));
        rest.remove_prefix(close + 1);
    } else {
        const auto digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
        if (digits == 0)
            return std::nullopt;
        value = parse_i32(rest.substr(0, digits));
        rest.remove_prefix(digits);
    }
    if (!value)
        return std::nullopt;
    input = rest;
    return minus ? static_cast<std::int32_t>(-static_cast<std::int64_t>(*value)) : *value;
}

std::optional<ReferenceTerm> take_register_and_offset(std::string_view& input) {
    std::string_view rest = input;
    ReferenceTerm term;
    if (const auto reg = take_register(rest)) {
        term.is_register = true;
        term.reg = *reg;
    }
    const auto offset = take_offset(rest);
    if (!offset)
        return std::nullopt;
    if (term.is_register)
        term.offset = *offset;
    else
        term.integer = Felt::from_i64(*offset);
    input = rest;
    return term;
}

std::optional<ReferenceTerm> take_dereferenced(std::string_view& input) {
    std::string_view rest = input;
    const bool negative = !take(rest, " + ") && take(rest, " - ");
    const auto close = rest.find(']');
    if (!rest.starts_with('[') || close == rest.npos)
        return std::nullopt;
    std::string_view inside = rest.substr(1, close - 1);
    auto term = take_register_and_offset(inside);
    if (!term)
        return std::nullopt;
    if (term->is_register) {
        term->dereference = true;
        term->positive = !negative;
    }
    input = rest.substr(close + 1);
    return term;
}

ReferenceTerm take_term(std::string_view& input) {
    if (input.empty())
        return {};
    if (const auto term = take_dereferenced(input))
        return *term;
    return take_register_and_offset(input).value_or(ReferenceTerm{});
}

// [cast(expression, type)]
struct Parts {
    bool outer_dereference = false;
    std::string_view expression;
    std::string_view type;
};

std::optional<Parts> split(std::string_view text) {
    Parts parts;
    parts.outer_dereference = take_outer_brackets(text);
    if (!take(text, "cast("))
        return std::nullopt;
    const auto inside = until_unbalanced(text, '(', ')');
    if (!inside)
        return std::nullopt;
    const auto comma = inside->find(',');
    if (comma == inside->npos)
        return std::nullopt;
    parts.expression = inside->substr(0, comma);
    parts.type = inside->substr(comma);
    if (!take(parts.type, ", "))
        return std::nullopt;
    return parts;
}

// True for each character of a type that is one name and stars.
constexpr auto kInName = [] {
    std::array<bool, 256> in_name{};
    for (const char c :
         std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.*"))
        in_name[static_cast<unsigned char>(c)] = true;
    return in_name;
}();

// The same of the references that a program is full of, whose brackets need no counting up to the
// end; nothing for others.
std::optional<Parts> split_usual(std::string_view text) {
    Parts parts;
    parts.outer_dereference = take(text, "[");
    const std::string_view closing = parts.outer_dereference ? ")]" : ")";
    if (!take(text, "cast(") || !text.ends_with(closing))
        return std::nullopt;
    text.remove_suffix(closing.size());
    int brackets = 0, parentheses = 0;
    std::size_t at = 0;
    for (; at != text.size() && text[at] != ','; ++at) {
        brackets += text[at] == '[' ? 1 : text[at] == ']' ? -1 : 0;
        parentheses += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
        if (brackets < 0 || parentheses < 0 || text[at] == '\\')
            return std::nullopt;
    }
    parts.expression = text.substr(0, at);
    parts.type = text.substr(at);
    if (brackets != 0 || parentheses != 0 || !take(parts.type, ", ") ||
        !std::ranges::all_of(parts.type,
                             [](char c) { return kInName[static_cast<unsigned char>(c)]; }))
        return std::nullopt;
    return parts;
}

// The first star does not count.
bool has_felt(std::string_view type) {
    constexpr std::string_view kFelt = "felt";
    const auto star = type.find('*');
    if (star == type.npos || star + 1 == type.size())
        return type.find(kFelt) != type.npos;
    return std::string(type).erase(star, 1).find(kFelt) != type.npos;
}

Reference unreadable() {
    Reference reference;
    reference.term1.integer = reference.term2.integer = Felt(99);
    reference.has_felt_type = true;
    return reference;
}

}  // namespace

Reference parse_reference(std::string_view text) {
    auto parts = split_usual(text);
    if (!parts)
        parts = split(text);
    if (!parts)
        return unreadable();
    Reference reference;
    reference.outer_dereference = parts->outer_dereference;
    reference.inner_dereference = take_outer_brackets(parts->expression);
    reference.term1 = take_term(parts->expression);
    reference.term2 = take_term(parts->expression);
    reference.has_felt_type = has_felt(parts->type);
    return reference;
}

}  // namespace blockexecd::vm::cairo0
