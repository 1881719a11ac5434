// SPDX-License-Identifier: Apache-2.0
// Access marks, and the comparison that counts them in.
#include "vm/memory/memory.hpp"

#include <algorithm>

namespace blockexecd::vm {

void Memory::mark_accessed(const Relocatable& address) {
    if (Cell* const found = mutable_cell(address); found != nullptr && !found->is_empty())
        found->mark_accessed();
}

void Memory::mark_accessed(const Relocatable& start, std::uint64_t size) {
    for (std::uint64_t i = 0; i < size; ++i)
        mark_accessed(start + i);
}

bool Memory::is_accessed(const Relocatable& address) const {
    const Cell* const found = cell(address);
    return found != nullptr && !found->is_empty() && found->is_accessed();
}

std::uint64_t Memory::accessed_count(std::int32_t segment) const {
    const Segment* const found = find(segment);
    if (found == nullptr)
        return 0;
    const auto count = [](const Segment& cells) {
        std::uint64_t marked = 0;
        // No empty cell is marked.
        for (std::uint64_t i = 0; i < cells.size; ++i)
            marked += cells.cells[i].is_accessed() ? 1 : 0;
        return marked;
    };
    if (segment == 0 && shared_program_)
        return found->size + count(program_tail_);
    return count(*found);
}

bool Memory::raw_equal(const Relocatable& a, const Relocatable& b, std::uint64_t size) const {
    if (a == b)
        return true;
    // A range that starts behind its segment's end is a missing one.
    const auto start = [this](const Relocatable& at) {
        return find(at.segment) != nullptr && at.offset <= segment_size(at.segment);
    };
    const bool has_a = start(a);
    const bool has_b = start(b);
    if (!has_a || !has_b)
        return has_a == has_b;
    const std::uint64_t length = std::min(segment_size(a.segment) - a.offset, size);
    if (length != std::min(segment_size(b.segment) - b.offset, size))
        return false;
    for (std::uint64_t i = 0; i < length; ++i)
        if (!Cell::same_raw(*cell(a + i), *cell(b + i)))
            return false;
    return true;
}

}  // namespace blockexecd::vm
