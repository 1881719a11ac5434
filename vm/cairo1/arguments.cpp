// SPDX-License-Identifier: Apache-2.0
// A list's length is put where it begins, once its end is known.
#include "vm/cairo1/arguments.hpp"

#include <algorithm>
#include <string>

namespace blockexecd::vm::cairo1 {

namespace {

constexpr std::string_view kBlanks = " \t\r\n,";

Error bad(const std::string& what) {
    return {ErrorKind::program, "arguments: " + what};
}

std::optional<Felt> parse_felt(std::string_view word) {
    if (word.starts_with("0x"))
        return Felt::from_hex(word);
    if (!word.starts_with('-'))
        return Felt::from_decimal(word);
    const auto magnitude = Felt::from_decimal(word.substr(1));
    return magnitude ? std::optional(-*magnitude) : std::nullopt;
}

}  // namespace

Result<std::vector<Felt>> parse_arguments(std::string_view text) {
    struct Open {
        std::size_t length_at;
        std::uint64_t items = 0;
    };
    std::vector<Felt> felts;
    std::vector<Open> open;
    const auto item = [&open] {
        if (!open.empty())
            ++open.back().items;
    };
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (kBlanks.find(c) != kBlanks.npos) {
            ++at;
        } else if (c == '[') {
            item();
            open.push_back({felts.size()});
            felts.emplace_back();
            ++at;
        } else if (c == ']') {
            if (open.empty())
                return bad("a ] without its [");
            felts[open.back().length_at] = Felt(open.back().items);
            open.pop_back();
            ++at;
        } else {
            const std::size_t end = std::min(text.find_first_of("[] \t\r\n,", at), text.size());
            const std::string_view word = text.substr(at, end - at);
            const auto felt = parse_felt(word);
            if (!felt)
                return bad(std::string(word) + " is no felt");
            item();
            felts.push_back(*felt);
            at = end;
        }
    }
    if (!open.empty())
        return bad("a [ without its ]");
    return felts;
}

std::string panic_text(const std::vector<Felt>& data) {
    std::string text = "[";
    for (const Felt& felt : data) {
        text += (text.size() == 1 ? "" : ", ") + felt.to_decimal();
        const auto bytes = felt.to_bytes_be();
        const auto* const begin =
            std::find_if(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte != 0; });
        const bool printable =
            begin != bytes.end() &&
            std::all_of(begin, bytes.end(), [](auto byte) { return byte >= ' ' && byte <= '~'; });
        if (printable)
            text += " ('" + std::string(begin, bytes.end()) + "')";
    }
    return text + "]";
}

}  // namespace blockexecd::vm::cairo1
