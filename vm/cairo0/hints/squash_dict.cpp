// SPDX-License-Identifier: Apache-2.0
// Hints of starkware.cairo.common.squash_dict. Access indices are kept ascending as found and
// consumed from a reversed copy.
#include <algorithm>
#include <string>

#include "vm/cairo0/hints/dict_manager.hpp"
#include "vm/cairo0/hints/elements.hpp"
#include "vm/cairo0/hints/functions.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

using Indices = std::vector<std::uint64_t>;

Result<Indices*> current_access_indices(HintContext& h) {
    return h.scopes.get<Indices>(scope::current_access_indices);
}

Error no_current_access_indices() {
    return hint_error("squash_dict_inner fail: local current_accessed_indices is empty");
}

Result<std::span<const std::uint64_t>> indices_of(HintContext& h, const Felt& key) {
    BX_TRY(AccessLists* const access_indices, h.scopes.get<AccessLists>(scope::access_indices));
    const auto indices = access_indices->of(key);
    if (indices.empty())
        return hint_error("squash_dict_inner fail: couldnt find key " + key.to_decimal() +
                          " in accesses_indices");
    return indices;
}

Result<std::vector<Felt>*> keys(HintContext& h) {
    return h.scopes.get<std::vector<Felt>>(scope::keys);
}

// Keys that ascend have their accesses anywhere, and a large key its box: asks for what the next
// key will be compared with, and for the cell of the one behind it, as that tells where its box is.
void prefetch_accesses(const Memory& memory, const AccessLists& lists, std::size_t keys_left) {
    const std::size_t next = lists.keys().size() - keys_left;
    const auto key_cell = [&](std::size_t position) {
        return position < lists.keys().size()
                   ? memory.cell(lists.array() + kDictAccessSize * lists.first(position))
                   : nullptr;
    };
    if (const Cell* const cell = key_cell(next))
        cell->prefetch_box();
    if (const Cell* const cell = key_cell(next + 1))
        __builtin_prefetch(cell);
}

// The same among the accesses of a key; the last index comes next.
void prefetch_access(const Memory& memory, const AccessLists& lists, const Indices& left) {
    constexpr std::size_t kAhead = 2;
    if (left.size() < kAhead)
        return;
    const std::uint64_t index = left[left.size() - kAhead];
    if (const Cell* const cell = memory.cell(lists.array() + kDictAccessSize * index))
        __builtin_prefetch(cell);
}

}  // namespace

Result<void> squash_dict(HintContext& h) {
    BX_TRY(const Relocatable address, h.pointer(ids::dict_accesses));
    BX_TRY(const Felt ptr_diff_felt, h.integer(ids::ptr_diff));
    BX_TRY(const Felt n_accesses, h.integer(ids::n_accesses));
    BX_TRY(const Felt range_check_bound, h.range_check_bound());
    const auto ptr_diff = ptr_diff_felt.to_u64();
    if (!ptr_diff || *ptr_diff % kDictAccessSize != 0)
        return hint_error(
            "squash_dict fail: Accesses array size must be divisible by DictAccess.SIZE");
    if (const Felt* limit = h.scopes.find<Felt>(scope::squash_dict_max_size);
        limit != nullptr && n_accesses > *limit)
        return hint_error("squash_dict() can only be used with n_accesses<=" + limit->to_decimal() +
                          ". ' \nGot: n_accesses=" + n_accesses.to_decimal());
    const auto count = n_accesses.to_u64();
    if (!count)
        return hint_error("squash_dict fail: n_accesses: " + n_accesses.to_decimal() +
                          " is too big to be converted into an iterator");
    std::vector<Felt> accesses;
    const Elements elements(h.memory, address, kDictAccessSize);
    for (std::uint64_t i = 0; i < *count; ++i) {
        const Cell* const key = elements.at(i);
        if (key == nullptr || key->is_relocatable()) {
            BX_TRY(const Relocatable key_address, add_usize(address, kDictAccessSize * i));
            return Error(ErrorKind::memory,
                         "Expected integer at address " + key_address.to_string());
        }
        accesses.push_back(key->felt());
    }
    if (accesses.empty())
        return hint_error("squash_dict_inner fail: No keys left but remaining_accesses > 0");
    AccessLists access_indices(accesses, address);
    std::vector<Felt> keys(access_indices.keys().rbegin(), access_indices.keys().rend());
    BX_CHECK(h.set_flag(ids::big_keys, keys.front() >= range_check_bound));
    const Felt key = keys.back();
    keys.pop_back();
    BX_CHECK(h.set(ids::first_key, key));
    h.scopes.set(scope::access_indices, std::move(access_indices));
    h.scopes.set(scope::keys, std::move(keys));
    h.scopes.set(scope::key, key);
    return {};
}

Result<void> squash_dict_inner_first_iteration(HintContext& h) {
    BX_TRY(const Felt* key, h.scopes.get<Felt>(scope::key));
    BX_TRY(const Relocatable range_check_ptr, h.pointer(ids::range_check_ptr));
    BX_TRY(const auto indices, indices_of(h, *key));
    Indices& current = h.scopes.set_reversed(scope::current_access_indices, indices);
    const Felt first(current.back());
    current.pop_back();
    h.scopes.set(scope::current_access_index, first);
    return h.memory.insert(range_check_ptr, first);
}

Result<void> squash_dict_inner_skip_loop(HintContext& h) {
    BX_TRY(const Indices* indices, current_access_indices(h));
    return h.set_flag(ids::should_skip_loop, indices->empty());
}

Result<void> squash_dict_inner_check_access_index(HintContext& h) {
    BX_TRY(const Felt* held, h.scopes.get<Felt>(scope::current_access_index));
    const Felt current = *held;
    BX_TRY(Indices* const indices, current_access_indices(h));
    if (indices->empty())
        return no_current_access_indices();
    const Felt next(indices->back());
    indices->pop_back();
    if (const auto* const lists = h.scopes.find<AccessLists>(scope::access_indices))
        prefetch_access(h.memory, *lists, *indices);
    // index_delta_minus1 is the first member of loop_temps.
    BX_CHECK(h.set(ids::loop_temps, next - current - Felt(1)));
    h.scopes.set(scope::new_access_index, next);
    h.scopes.set(scope::current_access_index, next);
    return {};
}

Result<void> squash_dict_inner_continue_loop(HintContext& h) {
    BX_TRY(const Relocatable loop_temps, h.address(ids::loop_temps));
    BX_TRY(const Indices* indices, current_access_indices(h));
    // should_continue is the fourth member of loop_temps.
    return h.memory.insert(loop_temps + 3, Felt(indices->empty() ? 0 : 1));
}

Result<void> squash_dict_inner_assert_len_keys(HintContext& h) {
    BX_TRY(const auto* left, keys(h));
    if (!left->empty())
        return hint_error("squash_dict_inner fail: local keys is not empty");
    return {};
}

Result<void> squash_dict_inner_len_assert(HintContext& h) {
    BX_TRY(const Indices* indices, current_access_indices(h));
    if (!indices->empty())
        return hint_error(
            "squash_dict_inner fail: local current_accessed_indices not empty, loop ended with "
            "remaining unaccounted elements");
    return {};
}

Result<void> squash_dict_inner_used_accesses_assert(HintContext& h) {
    BX_TRY(const Felt* held, h.scopes.get<Felt>(scope::key));
    const Felt key = *held;
    BX_TRY(const Felt n_used_accesses, h.integer(ids::n_used_accesses));
    BX_TRY(const auto indices, indices_of(h, key));
    if (n_used_accesses != Felt(indices.size()))
        return hint_error(
            "squash_dict_inner fail: Number of used accesses:" + n_used_accesses.to_decimal() +
            " doesnt match the lengh: " + std::to_string(indices.size()) +
            " of the access_indices at key: " + key.to_decimal());
    return {};
}

Result<void> squash_dict_inner_next_key(HintContext& h) {
    BX_TRY(auto* left, keys(h));
    if (left->empty())
        return hint_error("squash_dict_inner fail: No keys left but remaining_accesses > 0");
    const Felt key = left->back();
    left->pop_back();
    if (const auto* const lists = h.scopes.find<AccessLists>(scope::access_indices))
        prefetch_accesses(h.memory, *lists, left->size());
    BX_CHECK(h.set(ids::next_key, key));
    h.scopes.set(scope::key, key);
    return {};
}

}  // namespace blockexecd::vm::cairo0
