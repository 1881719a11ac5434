// SPDX-License-Identifier: Apache-2.0
// Write-once inserts and what segments demand of them.
#include "vm/memory/memory.hpp"

#include "vm/memory/memory_detail.hpp"

namespace blockexecd::vm {

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

namespace {

[[gnu::always_inline]] inline bool takes(SegmentRule rule, const Felt& value) {
    switch (rule) {
        case SegmentRule::none:
        case SegmentRule::deduced:
            return true;
        case SegmentRule::range_check:
            return value.fits_u128();
        case SegmentRule::range_check96:
            return value.fits_u128() && value.limbs()[1] >> 32 == 0;
        case SegmentRule::signature:
            return false;
    }
    return false;
}

[[gnu::always_inline]] inline bool takes(SegmentRule rule, const Relocatable& /*value*/) {
    return rule == SegmentRule::none || rule == SegmentRule::deduced;
}

[[gnu::always_inline]] inline bool takes(SegmentRule rule, const Cell& /*value*/) {
    return rule == SegmentRule::none || rule == SegmentRule::deduced;
}

}  // namespace

template <class T>
[[gnu::always_inline]] inline Cell* Memory::free_cell(const Relocatable& address, const T& value) {
    if (address.segment <= 0 || static_cast<std::size_t>(address.segment) >= segment_count_)
        return nullptr;
    Segment& segment = segments_[address.segment];
    if (!takes(segment.rule, value) || address.offset >= segment.capacity)
        return nullptr;
    Cell* const cell = segment.cells + address.offset;
    if (address.offset < segment.size)
        return cell->is_empty() ? cell : nullptr;
    for (; segment.size < address.offset; ++segment.size)
        segment.cells[segment.size].clear();
    ++segment.size;
    return cell;
}

Result<void> Memory::insert(const Relocatable& address, const Felt& value) {
    if (Cell* const cell = free_cell(address, value)) {
        cell->store_felt(value, arena_, false);
        return {};
    }
    return insert_checked(address, value);
}

Result<void> Memory::insert(const Relocatable& address, const Relocatable& value) {
    if (Cell* const cell = free_cell(address, value)) {
        cell->store_relocatable(value, arena_, false);
        return {};
    }
    return insert_checked(address, value);
}

Result<void> Memory::insert(const Relocatable& address, const Cell& value) {
    if (Cell* const cell = free_cell(address, value)) {
        cell->copy(value, arena_);
        return {};
    }
    return insert(address, value.load());
}

Result<void> Memory::insert(const Relocatable& address, const Value& value) {
    return value.is_relocatable() ? insert(address, value.relocatable())
                                  : insert(address, value.felt());
}

Result<void> Memory::insert_checked(const Relocatable& address, const Value& value) {
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

void Memory::overwrite(const Relocatable& address, const Value& value) {
    if (Cell* const found = mutable_cell(address))
        found->store(value, arena_);
}

}  // namespace blockexecd::vm
