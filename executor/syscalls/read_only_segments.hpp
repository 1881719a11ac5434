// SPDX-License-Identifier: Apache-2.0
// Segments that the executor gives to a program (calldata, return data, execution info): the
// program may not write behind them, and they count as accessed.
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <span>

#include "executor/types/ids.hpp"
#include "vm/error.hpp"
#include "vm/memory/memory.hpp"

namespace blockexecd::executor {

struct ReadOnlySegment {
    vm::Relocatable start;
    std::uint64_t length = 0;
    [[nodiscard]] vm::Relocatable end() const { return start + length; }
};

class ReadOnlySegments {
  public:
    vm::Result<ReadOnlySegment> allocate(vm::Memory& memory, std::span<const Felt> data);
    vm::Result<ReadOnlySegment> allocate(vm::Memory& memory, std::span<const vm::Value> data);
    void mark_accessed(vm::Memory& memory) const;
    // Nothing was written behind a segment.
    [[nodiscard]] bool sizes_unchanged(const vm::Memory& memory) const;

  private:
    boost::container::small_vector<ReadOnlySegment, 16> segments_;
};

}  // namespace blockexecd::executor
