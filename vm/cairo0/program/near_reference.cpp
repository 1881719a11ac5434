// SPDX-License-Identifier: Apache-2.0
// Which references are near ones.
#include "vm/cairo0/program/near_reference.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

// The integer as a displacement, if it is near 0.
std::optional<std::int64_t> displacement(const Felt& integer) {
    constexpr std::uint64_t kLimit = std::uint64_t{1} << 32;
    if (integer < Felt(kLimit))
        return static_cast<std::int64_t>(integer.limbs()[0]);
    const Felt negated = -integer;
    if (negated < Felt(kLimit))
        return -static_cast<std::int64_t>(negated.limbs()[0]);
    return std::nullopt;
}

}  // namespace

NearReference::NearReference(const Reference& reference, const ApTracking& here) {
    const ReferenceTerm& term = reference.term1;
    if (!term.is_register || reference.term2.is_register)
        return;
    const auto plus = displacement(reference.term2.integer);
    if (!plus)
        return;
    if (term.reg == Register::ap) {
        const ApTracking& there = reference.ap_tracking;
        // A reference from later in the code cannot be reached.
        if (there.group != here.group || there.offset > here.offset)
            return;
        moved_ = here.offset - there.offset;
    }
    register_ = term.reg;
    dereference_ = term.dereference;
    offset_ = term.offset;
    plus_ = *plus;
    holds_value_ = reference.inner_dereference != reference.outer_dereference;
    holds_address_ = !reference.inner_dereference;
}

}  // namespace blockexecd::vm::cairo0
