// SPDX-License-Identifier: Apache-2.0
// The compressions against the standard's one-block messages.
#include "vm/crypto/sha2.hpp"

#include <gtest/gtest.h>

namespace blockexecd::vm {
namespace {

TEST(Sha2, CompressesThePaddedAbc) {
    Sha256State small{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    sha256_compress(small, {0x61626380, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 24});
    EXPECT_EQ(small, (Sha256State{0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223, 0xb00361a3,
                                  0x96177a9c, 0xb410ff61, 0xf20015ad}));
    Sha512State large{0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                      0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                      0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
    sha512_compress(large, {0x6162638000000000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 24});
    EXPECT_EQ(large, (Sha512State{0xddaf35a193617aba, 0xcc417349ae204131, 0x12e6fa4e89a97ea2,
                                  0x0a9eeee64b55d39a, 0x2192992a274fc1a8, 0x36ba3c23a3feebbd,
                                  0x454d4423643ce80e, 0x2a9ac94fa54ca49f}));
}

}  // namespace
}  // namespace blockexecd::vm
