// SPDX-License-Identifier: Apache-2.0
// The secure run's checks of builtin segments.
#include <algorithm>
#include <span>

#include "vm/builtins/bitwise.hpp"
#include "vm/builtins/builtins.hpp"

namespace blockexecd::vm {

Result<void> Builtins::run_security_checks() {
    for (Builtin& builtin : all()) {
        if (builtin.simulated || builtin.name == BuiltinName::output ||
            builtin.name == BuiltinName::segment_arena)
            continue;
        if (builtin.name == BuiltinName::add_mod || builtin.name == BuiltinName::mul_mod)
            BX_CHECK(check_mod_instances(builtin));
        BX_CHECK(security_check(builtin));
    }
    return {};
}

Result<void> Builtins::security_check(Builtin& builtin) {
    const Segment& segment = memory_.segments()[builtin.segment];
    const std::uint64_t size = segment.size;
    if (size == 0)
        return {};
    const BuiltinShape shape = builtin_shape(builtin.name);
    const auto present = [&segment](std::uint64_t offset) {
        return offset < segment.size && !segment.cells[offset].is_empty();
    };
    const std::span<const Cell> all_cells(segment.cells, size);
    const auto is_empty = [](const Cell& cell) { return cell.is_empty(); };
    // Every cell there is, and each an input: nothing can be missing.
    if (shape.cells == shape.inputs && size % shape.cells == 0 &&
        std::ranges::none_of(all_cells, is_empty))
        return {};
    if (builtin.name == BuiltinName::bitwise && has_bitwise_inputs(segment))
        return {};
    const auto cells =
        size - static_cast<std::uint64_t>(std::ranges::count_if(all_cells, is_empty));
    const std::uint64_t instances = cells == 0 ? 0 : (size - 1) / shape.cells + 1;
    if (instances > cells / shape.inputs)
        return Error(ErrorKind::memory,
                     "Missing memory cells for " + builtin_display(builtin.name));
    std::string missing;
    for (std::uint64_t i = 0; i < instances; ++i)
        for (std::uint64_t j = 0; j < shape.inputs; ++j)
            if (const std::uint64_t offset = shape.cells * i + j; !present(offset))
                missing += (missing.empty() ? "" : ", ") + std::to_string(offset);
    if (!missing.empty())
        return Error(ErrorKind::memory, "Missing memory cells for " +
                                            builtin_display(builtin.name) + ": [" + missing + "]");
    if (memory_.rule(builtin.segment) != SegmentRule::deduced)
        return {};
    if (builtin.name == BuiltinName::bitwise) {
        // All inputs are there. Small ones are always fit.
        for (std::uint64_t start = 0; start < size; start += shape.cells)
            if (!segment.cells[start].is_small() || !segment.cells[start + 1].is_small())
                BX_CHECK(bitwise_outputs(segment, {builtin.segment, start}));
        return {};
    }
    // An output that is not there cannot contradict its deduction, but the deduction must be
    // possible.
    for (std::uint64_t i = 0; i < instances; ++i)
        for (std::uint64_t j = shape.inputs; j < shape.cells; ++j)
            if (const std::uint64_t offset = shape.cells * i + j;
                !present(offset) && !skip_hash(builtin, offset))
                BX_CHECK(deduce_in(builtin, offset));
    return {};
}

}  // namespace blockexecd::vm
