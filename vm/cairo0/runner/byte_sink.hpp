// SPDX-License-Identifier: Apache-2.0
// Where a run's large outputs go: a file, or whoever hashes or sends them.
#pragma once

#include <cstddef>
#include <span>

namespace blockexecd::vm::cairo0 {

class ByteSink {
  public:
    virtual ~ByteSink() = default;
    // Large pieces, in order.
    virtual void write(std::span<const std::byte> bytes) = 0;
};

}  // namespace blockexecd::vm::cairo0
