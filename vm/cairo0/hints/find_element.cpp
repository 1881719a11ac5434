// SPDX-License-Identifier: Apache-2.0
// Hints of starkware.cairo.common.find_element and set.
#include <algorithm>
#include <string>

#include "vm/cairo0/hints/functions.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

Error found_key_is_none() {
    return hint_error("Found Key is None");
}

Error value_out_of_range(const Felt& value) {
    return hint_error("Assertion failed, 0 <= ids.a % PRIME < range_check_builtin.bound \n a = " +
                      value.to_decimal() + " is out of range");
}

Result<void> check_max_size(HintContext& h, const Felt& n_elms) {
    const Felt* const limit = h.scopes.find<Felt>(scope::find_element_max_size);
    if (limit != nullptr && n_elms > *limit)
        return hint_error("find_element() can only be used with n_elms <= " + limit->to_decimal() +
                          ".\nGot: n_elms = " + n_elms.to_decimal());
    return {};
}

// The first cells of the elements of an array: one look-up of the segment serves them all.
class Elements {
  public:
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

    // The first index from `index` on, below `end`, where the element's first cell is missing or is
    // the same as this one; `end` if there is none.
    [[nodiscard]] std::uint64_t find_first_cell(const Cell& wanted, std::uint64_t index,
                                                std::uint64_t end) const {
        const std::uint64_t there = segment_ == nullptr || array_.offset >= segment_->size
                                        ? 0
                                        : (segment_->size - array_.offset - 1) / cells_each_ + 1;
        if (index < there) {
            const Cell* cell = segment_->cells + array_.offset + index * cells_each_;
            for (const std::uint64_t stop = std::min(end, there); index < stop;
                 ++index, cell += cells_each_)
                if (cell->is_empty() || Cell::same_raw(wanted, *cell))
                    break;
            return index;
        }
        for (; index < end; ++index)
            if (const Cell* const cell = at(index);
                cell == nullptr || Cell::same_raw(wanted, *cell))
                break;
        return index;
    }

  private:
    const Memory& memory_;
    Relocatable array_;
    std::uint64_t cells_each_;
    const Segment* segment_ = nullptr;
};

// Compared with many cells, which are small where the key is.
class SearchedKey {
  public:
    explicit SearchedKey(const Felt& key) : key_(key) {}

    // Precondition of both: the cell holds a felt.
    [[nodiscard]] bool equals(const Cell& cell) const {
        if (cell.is_small())
            return key_.fits_u64() && cell.small() == key_.limbs()[0];
        return cell.felt() == key_;
    }
    [[nodiscard]] bool is_at_most(const Cell& cell) const {
        if (cell.is_small())
            return key_.fits_u64() && cell.small() >= key_.limbs()[0];
        return cell.felt() >= key_;
    }

  private:
    Felt key_;
};

Result<Felt> key_at(const Elements& elements, std::uint64_t index) {
    const Cell* const cell = elements.at(index);
    if (cell == nullptr || cell->is_relocatable())
        return found_key_is_none();
    return cell->felt();
}

// A caller has put the index into the scope: check it and forget it.
Result<void> use_given_index(HintContext& h, const Felt& index, const Felt& key,
                             const Elements& elements) {
    const auto position = index.to_u64();
    if (!position)
        return conversion_error("usize", index);
    BX_TRY(const Felt found, key_at(elements, *position));
    if (found != key)
        return hint_error(
            "Invalid index found in find_element_index. Index: " + index.to_decimal() +
            ".\nExpected key: " + key.to_decimal() + ", found_key " + found.to_decimal());
    BX_CHECK(h.set(ids::index, index));
    h.scopes.remove(scope::find_element_index);
    return {};
}

}  // namespace

Result<void> find_element(HintContext& h) {
    BX_TRY(const Felt key, h.integer(ids::key));
    BX_TRY(const Felt elm_size_felt, h.integer(ids::elm_size));
    BX_TRY(const Felt n_elms, h.integer(ids::n_elms));
    BX_TRY(const Relocatable array, h.pointer(ids::array_ptr));
    const auto elm_size = elm_size_felt.to_u64();
    if (!elm_size || *elm_size == 0)
        return value_out_of_range(elm_size_felt);
    const Elements elements(h.memory, array, *elm_size);
    if (const Felt* index = h.scopes.find<Felt>(scope::find_element_index))
        return use_given_index(h, Felt(*index), key, elements);
    BX_CHECK(check_max_size(h, n_elms));
    const auto count = n_elms.to_u64();
    if (!count || *count > UINT32_MAX)
        return conversion_error("i32", n_elms);
    const SearchedKey searched(key);
    for (std::uint64_t i = 0; i < *count; ++i) {
        const Cell* const cell = elements.at(i);
        if (cell == nullptr || cell->is_relocatable())
            return found_key_is_none();
        if (searched.equals(*cell))
            return h.set(ids::index, Felt(i));
    }
    return hint_error("find_element(): No value found for key: " + key.to_decimal());
}

Result<void> search_sorted_lower(HintContext& h) {
    BX_TRY(const Felt n_elms, h.integer(ids::n_elms));
    BX_TRY(const Relocatable array_address, h.address(ids::array_ptr));
    BX_TRY(const Felt elm_size_felt, h.integer(ids::elm_size));
    BX_TRY(const Felt key, h.integer(ids::key));
    if (elm_size_felt.is_zero())
        return value_out_of_range(elm_size_felt);
    BX_CHECK(check_max_size(h, n_elms));
    BX_TRY(const Relocatable array, h.memory.get_relocatable(array_address));
    const auto count = n_elms.to_u64(), elm_size = elm_size_felt.to_u64();
    if (!count || !elm_size)
        return found_key_is_none();
    const Elements elements(h.memory, array, *elm_size);
    const SearchedKey searched(key);
    for (std::uint64_t i = 0; i < *count; ++i) {
        const Cell* const cell = elements.at(i);
        if (cell == nullptr || cell->is_relocatable())
            return h.memory.get_felt(array + i * *elm_size).error();
        if (searched.is_at_most(*cell))
            return h.set(ids::index, Felt(i));
    }
    return h.set(ids::index, n_elms);
}

// Probes every cell between the pointers as if it were an element, and compares raw cells, access
// marks included: so does the reference.
Result<void> set_add(HintContext& h) {
    BX_TRY(const Relocatable set_ptr, h.pointer(ids::set_ptr));
    BX_TRY(const Felt elm_size_felt, h.integer(ids::elm_size));
    const auto elm_size = elm_size_felt.to_u64();
    if (!elm_size)
        return conversion_error("usize", elm_size_felt);
    BX_TRY(const Relocatable elm_ptr, h.pointer(ids::elm_ptr));
    BX_TRY(const Relocatable set_end_ptr, h.pointer(ids::set_end_ptr));
    if (*elm_size == 0)
        return hint_error("assert ids.elm_size > 0");
    if (set_ptr > set_end_ptr)
        return hint_error("Set's starting point " + set_ptr.to_string() +
                          " is bigger it's ending point " + set_end_ptr.to_string());
    BX_TRY(const std::uint64_t cells, distance(set_end_ptr, set_ptr));
    const Elements elements(h.memory, set_ptr, *elm_size);
    const Cell* const first = h.memory.cell(elm_ptr);
    for (std::uint64_t i = 0; i < cells; ++i) {
        // Most differ in their first cells already.
        if (first != nullptr)
            i = elements.find_first_cell(*first, i, cells);
        if (i == cells)
            break;
        BX_TRY(const Relocatable element, add_usize(set_ptr, *elm_size * i));
        if (h.memory.raw_equal(elm_ptr, element, *elm_size)) {
            BX_CHECK(h.set(ids::index, Felt(i)));
            return h.set_flag(ids::is_elm_in_set, true);
        }
    }
    return h.set_flag(ids::is_elm_in_set, false);
}

}  // namespace blockexecd::vm::cairo0
