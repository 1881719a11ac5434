// SPDX-License-Identifier: Apache-2.0
// Sponge with rate 136.
#include "vm/crypto/keccak.hpp"

#include <algorithm>
#include <cstring>

namespace blockexecd::vm {
namespace {

constexpr std::size_t kRateBytes = 136;

void absorb(KeccakState& state, const std::uint8_t* block) {
    for (std::size_t i = 0; i < kRateBytes / 8; ++i) {
        std::uint64_t lane = 0;
        std::memcpy(&lane, block + 8 * i, 8);
        state[i] ^= lane;
    }
    keccak_f1600(state);
}

}  // namespace

std::array<std::uint8_t, 32> keccak256(std::span<const std::uint8_t> bytes) {
    KeccakState state{};
    for (; bytes.size() >= kRateBytes; bytes = bytes.subspan(kRateBytes))
        absorb(state, bytes.data());
    std::array<std::uint8_t, kRateBytes> last{};
    std::copy(bytes.begin(), bytes.end(), last.begin());
    last[bytes.size()] ^= 0x01;
    last[kRateBytes - 1] ^= 0x80;
    absorb(state, last.data());
    std::array<std::uint8_t, 32> digest{};
    std::memcpy(digest.data(), state.data(), digest.size());
    return digest;
}

Felt sn_keccak(std::span<const std::uint8_t> bytes) {
    auto digest = keccak256(bytes);
    digest[0] &= 0x03;
    return Felt::from_bytes_be(digest);
}

Felt sn_keccak(std::string_view text) {
    return sn_keccak(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

}  // namespace blockexecd::vm
