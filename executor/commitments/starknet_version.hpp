// SPDX-License-Identifier: Apache-2.0
// A Starknet version as a block's header has it, comparable.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace blockexecd::executor {

// "0.13.2" is {0, 13, 2, 0}, "0.13.1.1" is {0, 13, 1, 1}.
using StarknetVersion = std::array<std::uint32_t, 4>;

// Three or four numbers. The empty text, of blocks before versions were recorded (0.9.1), is all
// zeros.
std::optional<StarknetVersion> parse_starknet_version(std::string_view text);

}  // namespace blockexecd::executor
