// SPDX-License-Identifier: Apache-2.0
// The table of segments: adding, growing, sizes, rules.
#include "vm/memory/memory.hpp"

#include <algorithm>
#include <new>

#include "vm/memory/memory_detail.hpp"

namespace blockexecd::vm {

namespace {

constexpr std::uint64_t kFirstCapacity = 64;
// Segments grow by turns, so most growth copies; what is allocated and not used costs no memory.
constexpr std::uint64_t kQuickGrowthCells = 65536;
// What a segment that outgrows kQuickGrowthCells gets in a long run, or this part of the arena
// where that is less: address space that costs nothing until it is touched.
constexpr std::uint64_t kLongSegmentCells = std::uint64_t{1} << 25;
constexpr std::size_t kLongSegmentShare = 16;
// A cell vector of the reference cannot hold more bytes than an isize.
constexpr std::uint64_t kMaxCells = std::uint64_t{1} << 58;

}  // namespace

Memory::Memory(Arena& arena) : arena_(arena) {}

Relocatable Memory::add_segment() {
    if (segment_count_ == segment_capacity_) {
        const std::size_t capacity = segment_capacity_ == 0 ? 64 : 2 * segment_capacity_;
        auto* const table = arena_.allocate_array<Segment>(capacity);
        std::copy_n(segments_, segment_count_, table);
        segments_ = table;
        segment_capacity_ = capacity;
    }
    segments_[segment_count_] = Segment{};
    return {static_cast<std::int32_t>(segment_count_++), 0};
}

Relocatable Memory::add_segment(std::uint64_t capacity) {
    const Relocatable base = add_segment();
    Segment& segment = segments_[base.segment];
    segment.cells = arena_.allocate_array<Cell>(capacity);
    segment.capacity = capacity;
    return base;
}

void Memory::add_shared_program_segment(const Cell* cells, std::uint64_t size) {
    const Relocatable base = add_segment();
    Segment& segment = segments_[base.segment];
    // Never written: every cell is there and marked, and what comes behind goes to the tail.
    segment.cells = const_cast<Cell*>(cells);
    segment.size = segment.capacity = size;
    shared_program_ = true;
}

Relocatable Memory::add_temporary_segment() {
    temporary_.emplace_back();
    rules_.resize(std::max(rules_.size(), temporary_.size()));
    return {-static_cast<std::int32_t>(temporary_.size()), 0};
}

const Segment* Memory::find(std::int32_t segment) const {
    if (segment >= 0)
        return static_cast<std::size_t>(segment) < segment_count_ ? segments_ + segment : nullptr;
    const auto index = static_cast<std::size_t>(-(static_cast<std::int64_t>(segment) + 1));
    return index < temporary_.size() ? &temporary_[index] : nullptr;
}

std::uint64_t Memory::segment_size(std::int32_t segment) const {
    const Segment* const found = find(segment);
    if (found == nullptr)
        return 0;
    return segment == 0 && shared_program_ ? found->size + program_tail_.size : found->size;
}

std::uint64_t Memory::next_capacity(std::uint64_t capacity) const {
    if (capacity < kQuickGrowthCells)
        return std::max(4 * capacity, kFirstCapacity);
    if (!expects_long_run_)
        return 2 * capacity;
    const std::uint64_t share = arena_.room() / kLongSegmentShare / sizeof(Cell);
    return std::max(2 * capacity, std::min(kLongSegmentCells, share));
}

Result<void> Memory::reserve(Segment& segment, std::uint64_t capacity) {
    if (capacity <= segment.capacity)
        return {};
    if (capacity > kMaxCells)
        return memory_error("Vector capacity exceeded");
    const std::uint64_t wanted = std::max(capacity, next_capacity(segment.capacity));
    const Arena::Mark mark = arena_.mark();
    try {
        segment.cells =
            static_cast<Cell*>(arena_.grow(segment.cells, segment.capacity * sizeof(Cell),
                                           segment.size * sizeof(Cell), wanted * sizeof(Cell)));
    } catch (const std::bad_alloc&) {
        // As the reference when its allocator refuses; the segment is as it was.
        arena_.rewind(mark);
        return memory_error("Vector capacity exceeded");
    }
    segment.capacity = wanted;
    return {};
}

Result<void> Memory::extend(Segment& segment, std::uint64_t offset) {
    if (offset >= kMaxCells)
        return memory_error("Vector capacity exceeded");
    BX_CHECK(reserve(segment, offset + 1));
    for (std::uint64_t i = segment.size; i <= offset; ++i)
        segment.cells[i].clear();
    segment.size = offset + 1;
    return {};
}

void Memory::compute_used_sizes() {
    for (std::size_t i = 0; i < segment_count_; ++i)
        segments_[i].used_size = segment_size(static_cast<std::int32_t>(i));
}

std::uint64_t Memory::used_size(std::int32_t segment) const {
    const Segment* const found = segment >= 0 ? find(segment) : nullptr;
    return found == nullptr ? 0 : found->used_size;
}

void Memory::set_used_size(std::int32_t segment, std::uint64_t size) {
    if (segment >= 0 && static_cast<std::size_t>(segment) < segment_count_)
        segments_[segment].used_size = size;
}

void Memory::extend_with_holes(std::int32_t segment, std::uint64_t to) {
    Segment& found = segments_[segment];
    // Padding is below one instance of a builtin, far from any limit.
    if (to > found.size)
        (void)extend(found, to - 1);
}

void Memory::set_rule(std::int32_t segment, SegmentRule rule) {
    segments_[segment].rule = rule;
}

SegmentRule Memory::rule(std::int32_t segment) const {
    const Segment* const found = segment >= 0 ? find(segment) : nullptr;
    return found == nullptr ? SegmentRule::none : found->rule;
}

}  // namespace blockexecd::vm
