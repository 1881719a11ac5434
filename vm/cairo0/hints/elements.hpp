// SPDX-License-Identifier: Apache-2.0
// The first cells of the elements of an array in memory: one look-up of the segment serves them
// all.
#pragma once

#include <algorithm>
#include <cstdint>

#include "vm/memory/memory.hpp"

namespace blockexecd::vm::cairo0 {

class Elements {
  public:
    // Precondition: cells_each > 0. Valid until a segment is added or grows.
    Elements(const Memory& memory, const Relocatable& array, std::uint64_t cells_each)
        : memory_(memory), array_(array), cells_each_(cells_each) {
        // Segment 0 may have a tail of its own, and temporary segments are not in the table.
        if (array.segment > 0 && static_cast<std::size_t>(array.segment) < memory.segment_count())
            segment_ = memory.segments() + array.segment;
    }

    // Null for an empty or unallocated cell, and for an address that cannot be.
    [[nodiscard]] const Cell* at(std::uint64_t index) const {
        const std::uint64_t offset = array_.offset + index * cells_each_;
        const Cell* cell = nullptr;
        if (offset < array_.offset)
            return nullptr;
        if (segment_ == nullptr)
            cell = memory_.cell({array_.segment, offset});
        else if (offset < segment_->size)
            cell = segment_->cells + offset;
        return cell == nullptr || cell->is_empty() ? nullptr : cell;
    }

    // The first index from `index` on, below `end`, of an element whose first cell is missing, is
    // no small integer, or is one that `wanted` takes; `end` if there is none.
    // Not in line, so that the loop has the machine's registers for itself.
    template <class Predicate>
    [[nodiscard, gnu::noinline]] std::uint64_t skip_small(std::uint64_t index, std::uint64_t end,
                                                          Predicate wanted) const {
        if (segment_ == nullptr || array_.offset >= segment_->size)
            return index;
        const std::uint64_t there = (segment_->size - array_.offset - 1) / cells_each_ + 1;
        const std::uint64_t stop = std::min(end, there);
        if (index >= stop)
            return index;
        const Cell* cell = segment_->cells + array_.offset + index * cells_each_;
        for (; index < stop; ++index, cell += cells_each_)
            if (!cell->is_small() || wanted(*cell))
                break;
        return index;
    }

  private:
    const Memory& memory_;
    Relocatable array_;
    std::uint64_t cells_each_;
    const Segment* segment_ = nullptr;
};

}  // namespace blockexecd::vm::cairo0
