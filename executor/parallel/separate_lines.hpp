// SPDX-License-Identifier: Apache-2.0
// How far apart two threads' data have to be not to share what a processor moves between cores.
#pragma once

#include <cstddef>

namespace blockexecd::executor {

// The compiler must know it, so it is no line of the machine at hand (Topology::cache_line_bytes)
// but the most of the architecture: x86-64 has lines of 64 bytes and fetches them in pairs; most
// aarch64 processors have 64, some 128, Fujitsu's A64FX 256.
#if defined(__aarch64__)
inline constexpr std::size_t kSeparateLines = 256;
#else
inline constexpr std::size_t kSeparateLines = 128;
#endif

}  // namespace blockexecd::executor
