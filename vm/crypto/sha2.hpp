// SPDX-License-Identifier: Apache-2.0
// One compression of SHA-256 and of SHA-512, without padding, as the system calls ask for them.
#pragma once

#include <array>
#include <cstdint>

namespace blockexecd::vm {

using Sha256State = std::array<std::uint32_t, 8>;
using Sha512State = std::array<std::uint64_t, 8>;

// The message's words as integers (a byte stream's words are big-endian).
void sha256_compress(Sha256State& state, const std::array<std::uint32_t, 16>& message);
void sha512_compress(Sha512State& state, const std::array<std::uint64_t, 16>& message);

}  // namespace blockexecd::vm
