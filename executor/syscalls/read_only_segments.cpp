// SPDX-License-Identifier: Apache-2.0
// Keeps the list of what was given.
#include "executor/syscalls/read_only_segments.hpp"

#include <algorithm>

namespace blockexecd::executor {

vm::Result<ReadOnlySegment> ReadOnlySegments::allocate(vm::Memory& memory,
                                                       std::span<const Felt> data) {
    const ReadOnlySegment segment{memory.add_segment(data.size()), data.size()};
    segments_.push_back(segment);
    BX_CHECK(memory.load(segment.start, data));
    return segment;
}

vm::Result<ReadOnlySegment> ReadOnlySegments::allocate(vm::Memory& memory,
                                                       std::span<const vm::Value> data) {
    const ReadOnlySegment segment{memory.add_segment(data.size()), data.size()};
    segments_.push_back(segment);
    BX_CHECK(memory.load(segment.start, data));
    return segment;
}

void ReadOnlySegments::mark_accessed(vm::Memory& memory) const {
    for (const auto& segment : segments_)
        memory.mark_accessed(segment.start, segment.length);
}

bool ReadOnlySegments::sizes_unchanged(const vm::Memory& memory) const {
    return std::ranges::all_of(segments_, [&](const ReadOnlySegment& segment) {
        return memory.used_size(segment.start.segment) == segment.length;
    });
}

}  // namespace blockexecd::executor
