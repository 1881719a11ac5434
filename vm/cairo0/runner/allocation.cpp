// SPDX-License-Identifier: Apache-2.0
// Allocation per builtin.
#include "vm/cairo0/runner/allocation.hpp"

#include <algorithm>
#include <bit>

namespace blockexecd::vm::cairo0 {

namespace {

constexpr std::uint32_t kKeccakInstancesPerComponent = 16;
constexpr std::uint64_t kMinInstances = 16;

std::uint32_t instances_per_component(BuiltinName name) {
    return name == BuiltinName::keccak ? kKeccakInstancesPerComponent : 1;
}

bool has_no_instances(BuiltinName name) {
    return name == BuiltinName::output || name == BuiltinName::segment_arena;
}

bool has_denominator(BuiltinName name) {
    return name == BuiltinName::range_check || name == BuiltinName::range_check96 ||
           name == BuiltinName::add_mod || name == BuiltinName::mul_mod;
}

}  // namespace

Error insufficient_cells(std::string message) {
    return {ErrorKind::memory, std::move(message), std::make_shared<InsufficientCells>()};
}

bool is_insufficient_cells(const Error& error) {
    return error.detail<InsufficientCells>() != nullptr;
}

std::uint64_t range_check_parts(BuiltinName name) {
    if (name == BuiltinName::range_check)
        return 8;
    return name == BuiltinName::range_check96 ? 6 : 0;
}

Result<std::uint64_t> allocated_instances(const AllocationInputs& inputs, const Builtin& builtin) {
    if (has_no_instances(builtin.name))
        return std::uint64_t{0};
    const BuiltinRatio allowed =
        inputs.layout.builtins[static_cast<std::size_t>(builtin.name)].value_or(BuiltinRatio{});
    const std::uint32_t per_component = instances_per_component(builtin.name);
    if (!allowed.ratio) {
        BX_TRY(const std::uint64_t cells, inputs.builtins.used_cells(builtin));
        const std::uint64_t components = cells / builtin_shape(builtin.name).cells / per_component;
        return components == 0 ? 0 : per_component * std::bit_ceil(components);
    }
    const std::uint32_t ratio = *allowed.ratio;
    if (ratio == 0)
        return std::uint64_t{0};
    const std::uint64_t denominator = has_denominator(builtin.name) ? allowed.ratio_den : 1;
    const std::uint64_t component_steps = ratio * per_component;
    // A denominator of 0 divides nothing; the reference panics on it.
    if (denominator == 0)
        return Error(ErrorKind::math, "Attempted to divide by zero");
    const std::uint64_t min_step = (component_steps + denominator - 1) / denominator;
    if (inputs.steps < min_step)
        return insufficient_cells("Number of steps must be at least " + std::to_string(min_step) +
                                  " for the " + builtin_display(builtin.name) + ".");
    const std::uint64_t numerator = inputs.steps * denominator;
    if (numerator % ratio != 0)
        return Error(ErrorKind::memory, "Error calculating builtin memory units");
    return numerator / ratio;
}

Result<UsedCells> used_and_allocated_cells(const AllocationInputs& inputs, const Builtin& builtin) {
    BX_TRY(const std::uint64_t used, inputs.builtins.used_cells(builtin));
    if (has_no_instances(builtin.name))
        return UsedCells{used, used};
    const std::uint64_t cells = builtin_shape(builtin.name).cells;
    if (!inputs.trace_padding) {
        BX_TRY(const std::uint64_t instances, inputs.builtins.used_instances(builtin));
        return UsedCells{
            used, instances == 0 ? 0 : std::max(kMinInstances, std::bit_ceil(instances)) * cells};
    }
    BX_TRY(const std::uint64_t instances, allocated_instances(inputs, builtin));
    const std::uint64_t size = instances * cells;
    if (used > size)
        return insufficient_cells("The " + builtin_display(builtin.name) + " used " +
                                  std::to_string(used) + " cells but the capacity is " +
                                  std::to_string(size) + ".");
    return UsedCells{used, size};
}

}  // namespace blockexecd::vm::cairo0
