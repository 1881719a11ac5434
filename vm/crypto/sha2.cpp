// SPDX-License-Identifier: Apache-2.0
// OpenSSL has the compressions in its low-level interface only, which it marks as deprecated but
// keeps.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "vm/crypto/sha2.hpp"

#include <openssl/sha.h>

#include <algorithm>

namespace blockexecd::vm {
namespace {

template <class Word>
std::array<std::uint8_t, 16 * sizeof(Word)> big_endian(const std::array<Word, 16>& words) {
    std::array<std::uint8_t, 16 * sizeof(Word)> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<std::uint8_t>(words[i / sizeof(Word)] >>
                                             (8 * (sizeof(Word) - 1 - i % sizeof(Word))));
    return bytes;
}

}  // namespace

void sha256_compress(Sha256State& state, const std::array<std::uint32_t, 16>& message) {
    SHA256_CTX context{};
    std::copy(state.begin(), state.end(), context.h);
    SHA256_Transform(&context, big_endian(message).data());
    std::copy_n(context.h, state.size(), state.begin());
}

void sha512_compress(Sha512State& state, const std::array<std::uint64_t, 16>& message) {
    SHA512_CTX context{};
    std::copy(state.begin(), state.end(), context.h);
    SHA512_Transform(&context, big_endian(message).data());
    std::copy_n(context.h, state.size(), state.begin());
}

}  // namespace blockexecd::vm
