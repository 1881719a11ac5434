// SPDX-License-Identifier: Apache-2.0
// Commas and line ends come before a value, never behind it.
#include "vm/cairo0/runner/json_output.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace blockexecd::vm::cairo0 {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

}  // namespace

void JsonOutput::line() {
    if (!pretty_)
        return;
    text_ += '\n';
    text_.append(2 * std::size_t{depth_}, ' ');
}

void JsonOutput::begin_value() {
    if (text_.size() >= kPieceBytes) {
        sink_(text_);
        text_.clear();
    }
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (!first_)
        text_ += ',';
    if (depth_ != 0)
        line();
    first_ = false;
}

void JsonOutput::open(char bracket) {
    begin_value();
    text_ += bracket;
    ++depth_;
    first_ = true;
}

void JsonOutput::close(char bracket) {
    --depth_;
    if (!first_)
        line();
    text_ += bracket;
    first_ = false;
}

void JsonOutput::key(std::string_view name) {
    begin_value();
    quoted(name);
    text_ += pretty_ ? ": " : ":";
    after_key_ = true;
}

void JsonOutput::string(std::string_view text) {
    begin_value();
    quoted(text);
}

void JsonOutput::quoted(std::string_view text) {
    constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t";
    constexpr std::string_view kLetters = "\"\\bfnrt";
    text_ += '"';
    for (const char c : text) {
        if (const auto at = kEscaped.find(c); at != std::string_view::npos) {
            text_ += '\\';
            text_ += kLetters[at];
        } else if (static_cast<unsigned char>(c) < 0x20) {
            text_ += "\\u00";
            text_ += kHex[static_cast<unsigned char>(c) >> 4];
            text_ += kHex[static_cast<unsigned char>(c) & 15];
        } else {
            text_ += c;
        }
    }
    text_ += '"';
}

void JsonOutput::number(std::uint64_t value) {
    std::array<char, 20> buffer;
    digits({buffer.data(), std::to_chars(buffer.begin(), buffer.end(), value).ptr});
}

void JsonOutput::signed_number(std::int64_t value) {
    std::array<char, 21> buffer;
    digits({buffer.data(), std::to_chars(buffer.begin(), buffer.end(), value).ptr});
}

void JsonOutput::digits(std::string_view text) {
    begin_value();
    text_ += text;
}

void JsonOutput::hex(const Felt& value) {
    begin_value();
    std::array<char, 68> buffer;
    char* to = buffer.data();
    *to++ = '"';
    *to++ = '0';
    *to++ = 'x';
    for (unsigned digit = std::max(1U, (value.bit_length() + 3) / 4); digit-- > 0;)
        *to++ = kHex[value.limbs()[digit / 16] >> (4 * (digit % 16)) & 15];
    *to++ = '"';
    text_.append(buffer.data(), to);
}

void JsonOutput::finish() {
    sink_(text_);
    text_.clear();
}

}  // namespace blockexecd::vm::cairo0
