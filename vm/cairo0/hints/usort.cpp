// SPDX-License-Identifier: Apache-2.0
// Hints of starkware.cairo.common.usort.
#include <optional>
#include <string>

#include "vm/cairo0/hints/elements.hpp"
#include "vm/cairo0/hints/functions.hpp"

namespace blockexecd::vm::cairo0 {

Result<void> usort_enter_scope(HintContext& h) {
    std::optional<Felt> limit;
    if (const Felt* held = h.scopes.find<Felt>(scope::usort_max_size))
        limit = *held;
    h.scopes.enter();
    if (limit)
        h.scopes.set(scope::usort_max_size, *limit);
    return {};
}

// The reference looks for usort_max_size as a machine integer and never finds the felt, so there
// is no limit.
Result<void> usort_body(HintContext& h) {
    BX_TRY(const Relocatable input, h.pointer(ids::input));
    BX_TRY(const Felt input_len, h.integer(ids::input_len));
    const auto length = input_len.to_u64();
    if (!length)
        return hint_error("Couldn't convert BigInt to usize");
    std::vector<Felt> values;
    const Elements elements(h.memory, input, 1);
    for (std::uint64_t i = 0; i < *length; ++i) {
        const Cell* const cell = elements.at(i);
        if (cell == nullptr || cell->is_relocatable()) {
            BX_TRY(const Relocatable address, add_usize(input, i));
            return h.memory.get_felt(address).error();
        }
        values.push_back(cell->felt());
    }
    AccessLists positions(values);
    std::vector<Felt> multiplicities;
    multiplicities.reserve(positions.keys().size());
    for (std::size_t i = 0; i < positions.keys().size(); ++i)
        multiplicities.emplace_back(positions.count(i));
    const std::vector<Felt> output = positions.keys();
    h.scopes.set(scope::positions_dict, std::move(positions));
    const Relocatable output_base = h.memory.add_segment();
    const Relocatable multiplicities_base = h.memory.add_segment();
    for (std::size_t i = 0; i < output.size(); ++i)
        BX_CHECK(h.memory.insert(output_base + i, output[i]));
    for (std::size_t i = 0; i < output.size(); ++i)
        BX_CHECK(h.memory.insert(multiplicities_base + i, multiplicities[i]));
    BX_CHECK(h.set(ids::output_len, Felt(output.size())));
    BX_CHECK(h.set(ids::output, output_base));
    return h.set(ids::multiplicities, multiplicities_base);
}

Result<void> usort_verify(HintContext& h) {
    BX_TRY(const Felt value, h.integer(ids::value));
    BX_TRY(AccessLists* const dictionary, h.scopes.get<AccessLists>(scope::positions_dict));
    const auto positions = dictionary->take(value);
    if (positions.empty())
        return hint_error("unexpected usort fail: positions_dict or key value pair not found");
    h.scopes.set_reversed(scope::positions, positions);
    h.scopes.set(scope::last_pos, Felt(0));
    return {};
}

Result<void> usort_verify_multiplicity_assert(HintContext& h) {
    BX_TRY(const auto* positions, h.scopes.get<std::vector<std::uint64_t>>(scope::positions));
    if (!positions->empty())
        return hint_error("unexpected verify multiplicity fail: positions length != 0");
    return {};
}

Result<void> usort_verify_multiplicity_body(HintContext& h) {
    BX_TRY(auto* positions, h.scopes.get<std::vector<std::uint64_t>>(scope::positions));
    if (positions->empty())
        return hint_error("unexpected verify multiplicity fail: couldn't pop positions");
    const std::uint64_t current = positions->back();
    positions->pop_back();
    BX_TRY(const Felt* last, h.scopes.get<Felt>(scope::last_pos));
    BX_CHECK(h.set(ids::next_item_index, Felt(current) - *last));
    h.scopes.set(scope::last_pos, Felt(current + 1));
    return {};
}

}  // namespace blockexecd::vm::cairo0
