// SPDX-License-Identifier: Apache-2.0
// BLAKE2s: the raw compression that Cairo's opcode and hints use, the hash of bytes, and Starknet's
// hash of felts.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

using Blake2sState = std::array<std::uint32_t, 8>;
using Blake2sMessage = std::array<std::uint32_t, 16>;

// The words that SHA-256 starts from.
inline constexpr Blake2sState kBlake2sIv{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

// h is replaced; no parameter block is mixed in. t0, t1: bytes so far; f0: all ones for the last
// block.
void blake2s_compress(Blake2sState& h, const Blake2sMessage& message, std::uint32_t t0,
                      std::uint32_t t1, std::uint32_t f0, std::uint32_t f1);
// 32-byte digest, no key.
std::array<std::uint8_t, 32> blake2s(std::span<const std::uint8_t> bytes);
// A felt below 2^63 is two 32-bit words, high first; any other eight, big-endian, the first with
// its top bit set. The words' little-endian bytes are hashed, and the digest is read as a
// little-endian integer mod p.
Felt blake2s_felts(std::span<const Felt> felts);

}  // namespace blockexecd::vm
