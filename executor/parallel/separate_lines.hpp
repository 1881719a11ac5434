// SPDX-License-Identifier: Apache-2.0
// How far apart two threads' data have to be not to share what a processor moves between cores.
#pragma once

#include <cstddef>

namespace blockexecd::executor {

// The compiler must know it, so it is no line of the machine at hand (Topology::cache_line_bytes)
// but the most of those that this is built for: x86-64 has lines of 64 bytes and fetches them in
// pairs, some aarch64 processors have lines of 128.
inline constexpr std::size_t kSeparateLines = 128;

}  // namespace blockexecd::executor
