// SPDX-License-Identifier: Apache-2.0
// Keccak-f[1600] and the original Keccak-256 (padding 0x01, not SHA-3's), with Starknet's 250-bit
// cut of it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

// Lane x + 5 y.
using KeccakState = std::array<std::uint64_t, 25>;

void keccak_f1600(KeccakState& state);
std::array<std::uint8_t, 32> keccak256(std::span<const std::uint8_t> bytes);
// Keccak-256's low 250 bits as a felt.
Felt sn_keccak(std::span<const std::uint8_t> bytes);
Felt sn_keccak(std::string_view text);

}  // namespace blockexecd::vm
