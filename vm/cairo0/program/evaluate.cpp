// SPDX-License-Identifier: Apache-2.0
// As the reference's hint_processor_utils.
#include "vm/cairo0/program/evaluate.hpp"

#include <cstdlib>

namespace blockexecd::vm::cairo0 {

namespace {

std::optional<Value> term_value(const VirtualMachine& vm, const ReferenceTerm& term,
                                const ApTracking& there, const ApTracking& here) {
    if (!term.is_register)
        return Value(term.integer);
    Relocatable base = vm.fp();
    if (term.reg == Register::ap) {
        if (there.group != here.group)
            return std::nullopt;
        // Unsigned on purpose: a reference from later in the code cannot be reached.
        const std::uint64_t moved = here.offset - there.offset;
        base = vm.ap();
        if (moved > base.offset)
            return std::nullopt;
        base.offset -= moved;
    }
    const auto magnitude = static_cast<std::uint64_t>(std::abs(std::int64_t{term.offset}));
    if (term.offset < 0 && magnitude > base.offset)
        return std::nullopt;
    base.offset = term.offset < 0 ? base.offset - magnitude : base.offset + magnitude;
    return term.dereference ? vm.memory().get(base) : Value(base);
}

}  // namespace

std::optional<Value> reference_value(const VirtualMachine& vm, const Reference& reference,
                                     const ApTracking& here) {
    const auto first = term_value(vm, reference.term1, reference.ap_tracking, here);
    const auto second = term_value(vm, reference.term2, reference.ap_tracking, here);
    if (!first || !second)
        return std::nullopt;
    const bool subtract = reference.term2.is_register && !reference.term2.positive;
    const auto combined = subtract ? sub(*first, *second) : add(*first, *second);
    if (!combined)
        return std::nullopt;
    std::optional<Value> value = *combined;
    for (int i = int{reference.inner_dereference} + int{reference.outer_dereference}; i > 0; --i) {
        if (!value->is_relocatable())
            return std::nullopt;
        value = vm.memory().get(value->relocatable());
        if (!value)
            return std::nullopt;
    }
    return value;
}

std::optional<Relocatable> reference_address(const VirtualMachine& vm, const Reference& reference,
                                             const ApTracking& here) {
    const auto first = term_value(vm, reference.term1, reference.ap_tracking, here);
    const auto second = term_value(vm, reference.term2, reference.ap_tracking, here);
    if (!first || !second)
        return std::nullopt;
    // Added even where the value would subtract.
    const auto sum = add(*first, *second);
    if (!sum || !sum->is_relocatable())
        return std::nullopt;
    if (!reference.inner_dereference)
        return sum->relocatable();
    const auto value = vm.memory().get(sum->relocatable());
    if (!value || !value->is_relocatable())
        return std::nullopt;
    return value->relocatable();
}

}  // namespace blockexecd::vm::cairo0
