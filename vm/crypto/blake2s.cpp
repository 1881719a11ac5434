// SPDX-License-Identifier: Apache-2.0
// BLAKE2s as in RFC 7693.
#include "vm/crypto/blake2s.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace blockexecd::vm {
namespace {

constexpr std::size_t kBlockBytes = 64;
// Digest length 32, no key, fan-out and depth 1.
constexpr std::uint32_t kParameters = 0x01010020;

constexpr std::array<std::array<std::uint8_t, 16>, 10> kSigma{{
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
}};

// Hashes a stream of words; the last block is held back, since it is compressed with a flag.
class WordHasher {
  public:
    void add(std::uint32_t word) {
        if (used_ == message_.size()) {
            bytes_ += kBlockBytes;
            blake2s_compress(state_, message_, static_cast<std::uint32_t>(bytes_),
                             static_cast<std::uint32_t>(bytes_ >> 32), 0, 0);
            used_ = 0;
        }
        message_[used_++] = word;
    }
    // tail_bytes: how many bytes of the last word count (4 unless the stream ends inside a word).
    Blake2sState finish(std::size_t tail_bytes) {
        std::fill(message_.begin() + static_cast<std::ptrdiff_t>(used_), message_.end(), 0U);
        bytes_ += used_ == 0 ? 0 : 4 * (used_ - 1) + tail_bytes;
        blake2s_compress(state_, message_, static_cast<std::uint32_t>(bytes_),
                         static_cast<std::uint32_t>(bytes_ >> 32), 0xffffffffU, 0);
        return state_;
    }

  private:
    Blake2sState state_ = [] {
        auto state = kBlake2sIv;
        state[0] ^= kParameters;
        return state;
    }();
    Blake2sMessage message_{};
    std::size_t used_ = 0;
    std::uint64_t bytes_ = 0;
};

std::array<std::uint8_t, 32> to_bytes(const Blake2sState& state) {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(state[i / 4] >> (8 * (i % 4)));
    return bytes;
}

}  // namespace

void blake2s_compress(Blake2sState& h, const Blake2sMessage& message, std::uint32_t t0,
                      std::uint32_t t1, std::uint32_t f0, std::uint32_t f1) {
    std::array<std::uint32_t, 16> v{};
    std::copy(h.begin(), h.end(), v.begin());
    std::copy(kBlake2sIv.begin(), kBlake2sIv.end(), v.begin() + 8);
    v[12] ^= t0;
    v[13] ^= t1;
    v[14] ^= f0;
    v[15] ^= f1;
    const auto mix = [&](std::size_t a, std::size_t b, std::size_t c, std::size_t d,
                         std::uint32_t x, std::uint32_t y) {
        v[a] += v[b] + x;
        v[d] = std::rotr(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = std::rotr(v[b] ^ v[c], 12);
        v[a] += v[b] + y;
        v[d] = std::rotr(v[d] ^ v[a], 8);
        v[c] += v[d];
        v[b] = std::rotr(v[b] ^ v[c], 7);
    };
    for (const auto& s : kSigma) {
        for (std::size_t i = 0; i < 4; ++i)
            mix(i, 4 + i, 8 + i, 12 + i, message[s[2 * i]], message[s[2 * i + 1]]);
        for (std::size_t i = 0; i < 4; ++i)
            mix(i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, message[s[8 + 2 * i]],
                message[s[9 + 2 * i]]);
    }
    for (std::size_t i = 0; i < h.size(); ++i)
        h[i] ^= v[i] ^ v[i + 8];
}

std::array<std::uint8_t, 32> blake2s(std::span<const std::uint8_t> bytes) {
    WordHasher hasher;
    for (std::size_t i = 0; i < bytes.size(); i += 4) {
        std::uint32_t word = 0;
        for (std::size_t j = 0; j < 4 && i + j < bytes.size(); ++j)
            word |= static_cast<std::uint32_t>(bytes[i + j]) << (8 * j);
        hasher.add(word);
    }
    return to_bytes(hasher.finish(bytes.size() % 4 == 0 ? 4 : bytes.size() % 4));
}

Felt blake2s_felts(std::span<const Felt> felts) {
    WordHasher hasher;
    const auto add_high_then_low = [&](std::uint64_t limb) {
        hasher.add(static_cast<std::uint32_t>(limb >> 32));
        hasher.add(static_cast<std::uint32_t>(limb));
    };
    for (const Felt& felt : felts) {
        const auto& limbs = felt.limbs();
        if (felt.fits_u64() && limbs[0] >> 63 == 0) {
            add_high_then_low(limbs[0]);
            continue;
        }
        add_high_then_low(limbs[3] | (std::uint64_t{1} << 63));
        add_high_then_low(limbs[2]);
        add_high_then_low(limbs[1]);
        add_high_then_low(limbs[0]);
    }
    const Blake2sState digest = hasher.finish(4);
    Limbs value{};
    for (std::size_t i = 0; i < digest.size(); ++i)
        value[i / 2] |= static_cast<std::uint64_t>(digest[i]) << (32 * (i % 2));
    return Felt::from_limbs_mod_p(value);
}

}  // namespace blockexecd::vm
