// SPDX-License-Identifier: Apache-2.0
// Memory: segments, reads, write-once inserts with validation, access marks.
#include "vm/memory/memory.hpp"

#include <algorithm>
#include <new>

namespace blockexecd::vm {

namespace {

constexpr std::uint64_t kFirstCapacity = 64;
// Segments grow by turns, so most growth copies; what is allocated and not used costs no memory.
constexpr std::uint64_t kQuickGrowthCells = 65536;
// A cell vector of the reference cannot hold more bytes than an isize.
constexpr std::uint64_t kMaxCells = std::uint64_t{1} << 58;

Error memory_error(std::string message) {
    return {ErrorKind::memory, std::move(message)};
}
Error unknown_cell(const Relocatable& address) {
    return memory_error("Unknown memory cell at address " + address.to_string());
}
std::size_t temporary_index(std::int32_t segment) {
    return static_cast<std::size_t>(-(static_cast<std::int64_t>(segment) + 1));
}
// A pointer that its rule would move beyond the last offset reads as a missing cell.
bool moves_beyond(const Value& value, const std::vector<std::optional<Relocatable>>& rules) {
    if (!value.is_relocatable() || value.relocatable().segment >= 0)
        return false;
    const std::size_t index = temporary_index(value.relocatable().segment);
    return index < rules.size() && rules[index] &&
           rules[index]->offset > UINT64_MAX - value.relocatable().offset;
}
Error expected_integer(const Relocatable& address) {
    return memory_error("Expected integer at address " + address.to_string());
}

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

const Cell* Memory::cell(const Relocatable& address) const {
    const Segment* found = find(address.segment);
    if (found == nullptr)
        return nullptr;
    std::uint64_t offset = address.offset;
    if (offset >= found->size) {
        if (address.segment != 0 || !shared_program_)
            return nullptr;
        offset -= found->size;
        found = &program_tail_;
        if (offset >= found->size)
            return nullptr;
    }
    return found->cells + offset;
}

Cell* Memory::mutable_cell(const Relocatable& address) {
    return const_cast<Cell*>(cell(address));
}

Value Memory::relocated(const Value& value) const {
    if (!has_rules_ || !value.is_relocatable() || value.relocatable().segment >= 0)
        return value;
    const Relocatable& address = value.relocatable();
    const std::size_t index = temporary_index(address.segment);
    if (index >= rules_.size() || !rules_[index])
        return value;
    return *rules_[index] + address.offset;
}

std::optional<Value> Memory::get(const Relocatable& address) const {
    const Cell* const found = cell(address);
    if (found == nullptr || found->is_empty())
        return std::nullopt;
    const Value value = found->load();
    if (has_rules_ && moves_beyond(value, rules_))
        return std::nullopt;
    return relocated(value);
}

Result<Value> Memory::get_value(const Relocatable& address) const {
    const auto value = get(address);
    return value ? Result<Value>(*value) : unknown_cell(address);
}

Result<Felt> Memory::get_felt(const Relocatable& address) const {
    const Cell* const found = cell(address);
    if (found == nullptr || found->is_empty())
        return unknown_cell(address);
    if (found->is_relocatable())
        return expected_integer(address);
    return found->felt();
}

Result<Relocatable> Memory::get_relocatable(const Relocatable& address) const {
    const Cell* const found = cell(address);
    if (found == nullptr || found->is_empty())
        return unknown_cell(address);
    if (!found->is_relocatable())
        return memory_error("Expected relocatable at address " + address.to_string());
    const Relocatable value = found->relocatable();
    if (!has_rules_)
        return value;
    if (moves_beyond(value, rules_))
        return unknown_cell(address);
    return relocated(value).relocatable();
}

Result<std::uint32_t> Memory::get_u32(const Relocatable& address) const {
    BX_TRY(const Felt felt, get_felt(address));
    const auto value = felt.to_u64();
    if (!value || *value > UINT32_MAX)
        return Error(ErrorKind::math, "Conversion to u32 failed for Felt252 " + felt.to_decimal());
    return static_cast<std::uint32_t>(*value);
}

Result<std::uint64_t> Memory::get_usize(const Relocatable& address) const {
    BX_TRY(const Felt felt, get_felt(address));
    const auto value = felt.to_u64();
    if (!value)
        return Error(ErrorKind::math,
                     "Conversion to usize failed for Felt252 " + felt.to_decimal());
    return *value;
}

Result<std::vector<Felt>> Memory::get_felt_range(const Relocatable& start,
                                                 std::uint64_t size) const {
    std::vector<Felt> felts;
    felts.reserve(std::min(size, segment_size(start.segment)));
    for (std::uint64_t i = 0; i < size; ++i) {
        BX_TRY(const Relocatable address, add_usize(start, i));
        BX_TRY(const Felt felt, get_felt(address));
        felts.push_back(felt);
    }
    return felts;
}

Result<std::vector<Value>> Memory::get_continuous_range(const Relocatable& start,
                                                        std::uint64_t size) const {
    std::vector<Value> values;
    values.reserve(std::min(size, segment_size(start.segment)));
    for (std::uint64_t i = 0; i < size; ++i) {
        BX_TRY(const Relocatable address, add_usize(start, i));
        const auto value = get(address);
        if (!value)
            return memory_error("Found a memory gap when calling get_continuous_range with base:" +
                                start.to_string() + " and size: " + std::to_string(size));
        values.push_back(*value);
    }
    return values;
}

Result<void> Memory::reserve(Segment& segment, std::uint64_t capacity) {
    if (capacity <= segment.capacity)
        return {};
    if (capacity > kMaxCells)
        return memory_error("Vector capacity exceeded");
    const std::uint64_t factor = segment.capacity < kQuickGrowthCells ? 4 : 2;
    const std::uint64_t wanted = std::max({capacity, factor * segment.capacity, kFirstCapacity});
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

Result<Cell*> Memory::cell_for_insert(const Relocatable& address, bool& fresh) {
    auto* segment = const_cast<Segment*>(find(address.segment));
    if (segment == nullptr) {
        const bool real = address.segment >= 0;
        const std::int64_t index =
            real ? address.segment : -(static_cast<std::int64_t>(address.segment) + 1);
        return memory_error("Can't insert into segment #" + std::to_string(index) +
                            "; memory only has " +
                            std::to_string(real ? segment_count_ : temporary_.size()) + " segment");
    }
    std::uint64_t offset = address.offset;
    if (address.segment == 0 && shared_program_ && offset >= segment->size) {
        offset -= segment->size;
        segment = &program_tail_;
    }
    if (offset >= segment->size)
        BX_CHECK(extend(*segment, offset));
    Cell* const cell = segment->cells + offset;
    fresh = cell->is_empty();
    return cell;
}

Result<void> Memory::insert(const Relocatable& address, const Value& value) {
    bool fresh = false;
    BX_TRY(Cell* const cell, cell_for_insert(address, fresh));
    if (fresh) {
        cell->store(value, arena_);
    } else if (const Value current = cell->load(); !(current == value)) {
        return memory_error("Inconsistent memory assignment at address " +
                            to_debug_string(address) + ". " + current.to_debug_string() +
                            " != " + value.to_debug_string());
    }
    if (address.segment >= 0 && segments_[address.segment].rule != SegmentRule::none)
        return validate(address, *cell);
    return {};
}

Result<void> Memory::insert_as_accessed(const Relocatable& address, const Value& value) {
    BX_CHECK(insert(address, value));
    mark_accessed(address);
    return {};
}

Result<void> Memory::validate(const Relocatable& address, const Cell& cell) {
    switch (segments_[address.segment].rule) {
        case SegmentRule::none:
        case SegmentRule::deduced:
            return {};
        case SegmentRule::range_check:
        case SegmentRule::range_check96: {
            if (cell.is_relocatable())
                return memory_error(
                    "Range-check validation failed, encountered non-int value at address " +
                    address.to_string());
            const bool full = segments_[address.segment].rule == SegmentRule::range_check;
            const Felt felt = cell.felt();
            if (felt.bit_length() > (full ? 128U : 96U))
                return memory_error("Range-check validation failed, number " + felt.to_decimal() +
                                    " is out of valid range [0, " +
                                    (full ? "340282366920938463463374607431768211456"
                                          : "79228162514264337593543950336") +
                                    "]");
            return {};
        }
        case SegmentRule::signature:
            return signature_validator_->validate(*this, address);
    }
    return {};
}

template <class T>
static Result<Relocatable> load_values(Memory& memory, const Relocatable& start,
                                       std::span<const T> values) {
    for (std::uint64_t i = values.size(); i-- > 0;) {
        BX_TRY(const Relocatable address, add_usize(start, i));
        BX_CHECK(memory.insert(address, values[i]));
    }
    return add_usize(start, values.size());
}

Result<Relocatable> Memory::load(const Relocatable& start, std::span<const Value> values) {
    return load_values(*this, start, values);
}

Result<Relocatable> Memory::load(const Relocatable& start, std::span<const Felt> values) {
    return load_values(*this, start, values);
}

Result<void> Memory::delete_unaccessed(const Relocatable& address) {
    bool fresh = false;
    if (find(address.segment) == nullptr)
        return cell_for_insert(address, fresh).error();
    Cell* const found = mutable_cell(address);
    if (found == nullptr)
        return memory_error("Cell " + address.to_string() +
                            " is not allocated; it cannot be removed.");
    if (found->is_accessed())
        return memory_error("Cell " + address.to_string() +
                            " has already been accessed; it cannot be removed.");
    found->clear();
    return {};
}

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
        return static_cast<std::uint64_t>(
            std::count_if(cells.cells, cells.cells + cells.size,
                          [](const Cell& c) { return !c.is_empty() && c.is_accessed(); }));
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

void Memory::overwrite(const Relocatable& address, const Value& value) {
    if (Cell* const found = mutable_cell(address))
        found->store(value, arena_);
}

void Memory::set_rule(std::int32_t segment, SegmentRule rule) {
    segments_[segment].rule = rule;
}

SegmentRule Memory::rule(std::int32_t segment) const {
    const Segment* const found = segment >= 0 ? find(segment) : nullptr;
    return found == nullptr ? SegmentRule::none : found->rule;
}

}  // namespace blockexecd::vm
