// SPDX-License-Identifier: Apache-2.0
// A byte array is recognised by its magic felt and must be whole, else its felts are printed one by
// one.
#include "executor/calls/panic_data.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace blockexecd::executor {

namespace {

constexpr std::size_t kBytesInWord = 31;

const Felt kByteArrayMagic =
    *Felt::from_hex("0x46a6158a16a947e5916b2a2ca68501a45e93d7110e81aa2d6438b1c57c879a3");

bool is_printable(std::uint8_t byte) {
    const bool is_graphic = byte > 0x20 && byte < 0x7f;
    return is_graphic || byte == ' ' || byte == '\t' || byte == '\n' || byte == '\f' ||
           byte == '\r';
}

// The felt's bytes without leading zeros; a zero felt has one zero byte.
std::span<const std::uint8_t> significant_bytes(const std::array<std::uint8_t, 32>& bytes) {
    std::size_t first = 0;
    while (first < 31 && bytes[first] == 0)
        ++first;
    return std::span(bytes).subspan(first);
}

// Text of printable characters, then any number of zero bytes; nothing for other felts.
std::optional<std::string> short_string(const Felt& felt) {
    const auto bytes = felt.to_bytes_be();
    std::string text;
    bool is_end = false;
    for (const auto byte : significant_bytes(bytes)) {
        if (byte == 0)
            is_end = true;
        else if (is_end || !is_printable(byte))
            return std::nullopt;
        else
            text.push_back(static_cast<char>(byte));
    }
    return text;
}

// A word of a byte array: exactly `length` bytes, zeros and unprintable bytes escaped.
std::optional<std::string> byte_array_word(const Felt& felt, std::uint64_t length) {
    if (length == 0)
        return felt.is_zero() ? std::optional(std::string()) : std::nullopt;
    if (length > kBytesInWord)
        return std::nullopt;
    const auto all_bytes = felt.to_bytes_be();
    const auto bytes = significant_bytes(all_bytes);
    if (bytes.size() > length)
        return std::nullopt;
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t missing = length - bytes.size(); missing > 0; --missing)
        text += "\\0";
    for (const auto byte : bytes) {
        if (byte == 0) {
            text += "\\0";
        } else if (is_printable(byte)) {
            text.push_back(static_cast<char>(byte));
        } else {
            text += "\\x";
            text.push_back(digits[byte >> 4]);
            text.push_back(digits[byte & 15]);
        }
    }
    return text;
}

// The byte array behind its magic felt, and the felts behind it: word count, words, pending word,
// its length.
std::optional<std::string> byte_array(std::span<const Felt> felts, std::size_t& consumed) {
    if (felts.empty() || !felts[0].fits_u64())
        return std::nullopt;
    const auto n_words = felts[0].limbs()[0];
    if (n_words > felts.size() || felts.size() - n_words < 3)
        return std::nullopt;
    std::string text;
    for (const auto& word : felts.subspan(1, n_words)) {
        const auto part = byte_array_word(word, kBytesInWord);
        if (!part)
            return std::nullopt;
        text += *part;
    }
    const auto& pending_length = felts[n_words + 2];
    if (!pending_length.fits_u64())
        return std::nullopt;
    const auto pending = byte_array_word(felts[n_words + 1], pending_length.limbs()[0]);
    if (!pending)
        return std::nullopt;
    consumed = n_words + 3;
    return text + *pending;
}

std::string format_felt(const Felt& felt) {
    const auto text = short_string(felt);
    return text ? felt.to_hex() + " ('" + *text + "')" : felt.to_hex();
}

}  // namespace

std::string format_panic_data(std::span<const Felt> felts) {
    std::vector<std::string> items;
    while (!felts.empty()) {
        const auto first = felts.front();
        felts = felts.subspan(1);
        std::size_t consumed = 0;
        const auto text = first == kByteArrayMagic ? byte_array(felts, consumed) : std::nullopt;
        items.push_back(text ? "\"" + *text + "\"" : format_felt(first));
        felts = felts.subspan(consumed);
    }
    if (items.size() == 1)
        return items.front();
    std::string joined = "(";
    for (std::size_t i = 0; i < items.size(); ++i)
        joined += (i == 0 ? "" : ", ") + items[i];
    return joined + ")";
}

}  // namespace blockexecd::executor
