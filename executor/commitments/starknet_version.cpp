// SPDX-License-Identifier: Apache-2.0
#include "executor/commitments/starknet_version.hpp"

#include <charconv>

namespace blockexecd::executor {

std::optional<StarknetVersion> parse_starknet_version(std::string_view text) {
    StarknetVersion version{};
    if (text.empty())
        return version;
    const char* at = text.data();
    const char* const end = at + text.size();
    for (std::size_t i = 0; i < version.size(); ++i) {
        const auto [next, code] = std::from_chars(at, end, version[i]);
        if (code != std::errc())
            return std::nullopt;
        if (next == end)
            return i >= 2 ? std::optional(version) : std::nullopt;
        if (*next != '.')
            return std::nullopt;
        at = next + 1;
    }
    return std::nullopt;
}

}  // namespace blockexecd::executor
