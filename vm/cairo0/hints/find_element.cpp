// SPDX-License-Identifier: Apache-2.0
// Hints of starkware.cairo.common.find_element and set.
#include <string>

#include "vm/cairo0/hints/elements.hpp"
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

// Compared with many cells, which are small where the key is.
class SearchedKey {
  public:
    explicit SearchedKey(const Felt& key)
        : key_(key), is_word_(key.fits_u64()), word_(key.limbs()[0]) {}

    // Precondition of both: the cell holds a felt.
    [[nodiscard]] bool equals(const Cell& cell) const {
        return cell.is_small() ? equals_small(cell) : cell.felt() == key_;
    }
    [[nodiscard]] bool is_at_most(const Cell& cell) const {
        return cell.is_small() ? is_at_most_small(cell) : cell.felt() >= key_;
    }
    // Precondition of both: the cell is small.
    [[nodiscard]] bool equals_small(const Cell& cell) const {
        return is_word_ && cell.small() == word_;
    }
    [[nodiscard]] bool is_at_most_small(const Cell& cell) const {
        return is_word_ && cell.small() >= word_;
    }

  private:
    Felt key_;
    bool is_word_;
    std::uint64_t word_;
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
    for (std::uint64_t i = 0;; ++i) {
        i = elements.skip_small(i, *count, [&](const Cell& c) { return searched.equals_small(c); });
        if (i >= *count)
            break;
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
    for (std::uint64_t i = 0;; ++i) {
        i = elements.skip_small(i, *count,
                                [&](const Cell& c) { return searched.is_at_most_small(c); });
        if (i >= *count)
            break;
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
    // Most elements differ in their first cells already.
    const Cell* const first = h.memory.cell(elm_ptr);
    const bool starts_small = first != nullptr && first->is_small();
    const std::uint64_t start = starts_small ? first->small() : 0;
    const auto may_equal = [&](const Cell& cell) { return starts_small && cell.small() == start; };
    for (std::uint64_t i = 0;; ++i) {
        if (first != nullptr)
            i = elements.skip_small(i, cells, may_equal);
        if (i >= cells)
            break;
        const Cell* const cell = elements.at(i);
        if (first != nullptr && cell != nullptr && !Cell::same_raw(*first, *cell))
            continue;
        BX_TRY(const Relocatable element, add_usize(set_ptr, *elm_size * i));
        if (h.memory.raw_equal(elm_ptr, element, *elm_size)) {
            BX_CHECK(h.set(ids::index, Felt(i)));
            return h.set_flag(ids::is_elm_in_set, true);
        }
    }
    return h.set_flag(ids::is_elm_in_set, false);
}

}  // namespace blockexecd::vm::cairo0
