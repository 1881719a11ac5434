// SPDX-License-Identifier: Apache-2.0
#include "executor/schedule/cpu_list.hpp"

#include <algorithm>
#include <charconv>

namespace blockexecd::executor {
namespace {

std::optional<std::uint32_t> parse_number(std::string_view text) {
    constexpr std::uint32_t highest = 65535;
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || number > highest)
        return std::nullopt;
    return number;
}

}  // namespace

std::optional<std::vector<std::uint32_t>> parse_cpu_list(std::string_view text) {
    std::vector<std::uint32_t> cpus;
    while (!text.empty()) {
        const auto comma = text.find(',');
        const auto item = text.substr(0, comma);
        const auto dash = item.find('-');
        const auto first = parse_number(item.substr(0, dash));
        const auto last =
            dash == std::string_view::npos ? first : parse_number(item.substr(dash + 1));
        if (!first || !last || *last < *first)
            return std::nullopt;
        for (auto cpu = *first; cpu <= *last; ++cpu) {
            if (std::ranges::find(cpus, cpu) != cpus.end())
                return std::nullopt;
            cpus.push_back(cpu);
        }
        if (comma == std::string_view::npos)
            return cpus;
        text.remove_prefix(comma + 1);
        if (text.empty())
            return std::nullopt;
    }
    return cpus;
}

std::string format_cpu_list(const std::vector<std::uint32_t>& cpus) {
    std::string text;
    for (std::size_t i = 0; i < cpus.size();) {
        std::size_t end = i + 1;
        while (end < cpus.size() && cpus[end] == cpus[end - 1] + 1)
            ++end;
        text += (text.empty() ? "" : ",") + std::to_string(cpus[i]);
        if (end - i > 1)
            text += "-" + std::to_string(cpus[end - 1]);
        i = end;
    }
    return text;
}

}  // namespace blockexecd::executor
