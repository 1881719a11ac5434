// SPDX-License-Identifier: Apache-2.0
// Unused units are machine integers that wrap, as in the reference's release builds: a negative
// remainder passes.
#include "vm/cairo0/runner/used_cells.hpp"

#include <algorithm>

#include "vm/runner/resources.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

// Of a range-check builtin's values in parts of 16 bits. Nothing when a cell is missing or no felt,
// as in the reference. Parts are taken from the high end of each 64-bit limb, the low limb first,
// and only as many as the builtin has: of range_check96 the bits 64 to 95 are never looked at.
std::optional<OffsetLimits> value_limits(const Memory& memory, const Builtin& builtin) {
    const std::uint64_t parts = range_check_parts(builtin.name);
    const std::uint64_t size = memory.segment_size(builtin.segment);
    if (parts == 0 || size == 0)
        return std::nullopt;
    const Cell* const cells = memory.segments()[builtin.segment].cells;
    std::uint64_t min = UINT64_MAX, max = 0;
    for (std::uint64_t i = 0; i < size; ++i) {
        const Cell& cell = cells[i];
        if (cell.is_empty() || cell.is_relocatable())
            return std::nullopt;
        const Felt felt = cell.felt();
        for (std::uint64_t part = 0; part < parts; ++part) {
            const std::uint64_t value =
                felt.limbs()[part / 4] >> (16 * (3 - part % 4)) & std::uint64_t{0xffff};
            min = std::min(min, value);
            max = std::max(max, value);
        }
    }
    return OffsetLimits{static_cast<std::int64_t>(min), static_cast<std::int64_t>(max)};
}

std::uint64_t diluted_units(BuiltinName name, const DilutedPool& pool) {
    constexpr std::uint32_t kBitwiseBits = 251;
    constexpr std::uint64_t kKeccakCells = 262144;
    if (name == BuiltinName::keccak)
        return kKeccakCells / pool.n_bits;
    if (name != BuiltinName::bitwise)
        return 0;
    std::uint64_t partition = 0, trimmed = 0;
    for (std::uint32_t i = 0; i < kBitwiseBits; i += pool.spacing * pool.n_bits) {
        for (std::uint32_t j = 0; j < pool.spacing && i + j < kBitwiseBits; ++j) {
            ++partition;
            trimmed += i + j + pool.spacing * (pool.n_bits - 1) + 1 > kBitwiseBits ? 1 : 0;
        }
    }
    return 4 * partition + trimmed;
}

Error not_divisible(std::uint64_t number, std::uint64_t divisor) {
    return {ErrorKind::math,
            std::to_string(number) + " is not divisible by " + std::to_string(divisor)};
}

}  // namespace

std::optional<OffsetLimits> range_check_limits(const VirtualMachine& vm) {
    std::optional<OffsetLimits> limits = vm.trace().offset_limits(vm.code());
    for (const Builtin& builtin : vm.builtins().all()) {
        const auto values = value_limits(vm.memory(), builtin);
        if (!values)
            continue;
        if (!limits)
            limits = values;
        limits->min = std::min(limits->min, values->min);
        limits->max = std::max(limits->max, values->max);
    }
    return limits;
}

Result<void> UsedCellsCheck::check(std::uint64_t steps) {
    steps_ = steps;
    for (const Builtin& builtin : vm_.builtins().all())
        BX_CHECK(used_and_allocated_cells(inputs(), builtin));
    BX_CHECK(check_range_checks());
    BX_CHECK(check_memory());
    return check_diluted();
}

Result<void> UsedCellsCheck::check_range_checks() {
    if (!limits_)
        limits_ = range_check_limits(vm_);
    if (!*limits_)
        return {};
    std::uint64_t used_units = 0;
    for (const Builtin& builtin : vm_.builtins().all()) {
        if (range_check_parts(builtin.name) == 0)
            continue;
        BX_TRY(const UsedCells cells, used_and_allocated_cells(inputs(), builtin));
        used_units += cells.used * range_check_parts(builtin.name);
    }
    const std::uint64_t unused = (std::uint64_t{layout_.rc_units} - 3) * steps_ - used_units;
    const auto needed = static_cast<std::uint64_t>((*limits_)->max - (*limits_)->min);
    if (unused < needed)
        return insufficient_cells("There are only " + std::to_string(unused) +
                                  " cells to fill the range checks holes, but potentially " +
                                  std::to_string(needed) + " are required.");
    return {};
}

Result<void> UsedCellsCheck::check_memory() {
    std::uint64_t builtin_units = 0;
    for (const Builtin& builtin : vm_.builtins().all()) {
        BX_TRY(const std::uint64_t instances, allocated_instances(inputs(), builtin));
        builtin_units += instances * builtin_shape(builtin.name).cells;
    }
    const auto steps = static_cast<std::uint32_t>(steps_);
    const std::uint32_t total = layout_.memory_units_per_step * steps;
    if (total % layout_.public_memory_fraction != 0)
        return not_divisible(total, layout_.public_memory_fraction);
    const std::uint32_t unused = total - (total / layout_.public_memory_fraction + 4 * steps +
                                          static_cast<std::uint32_t>(builtin_units));
    if (!holes_) {
        // Counting reads the whole memory, so not without need: there are no more holes than cells.
        std::uint64_t cells = 0;
        for (std::size_t i = 0; i < vm_.memory().segment_count(); ++i)
            cells += vm_.memory().used_size(static_cast<std::int32_t>(i));
        if (cells <= unused)
            return {};
        BX_TRY(holes_, count_memory_holes(vm_));
    }
    if (unused < static_cast<std::uint32_t>(*holes_))
        return insufficient_cells("There are only " + std::to_string(unused) +
                                  " cells to fill the memory address holes, but " +
                                  std::to_string(*holes_) + " are required.");
    return {};
}

Result<void> UsedCellsCheck::check_diluted() const {
    if (!layout_.diluted_pool)
        return {};
    const DilutedPool& pool = *layout_.diluted_pool;
    std::uint64_t used = 0;
    for (const Builtin& builtin : vm_.builtins().all()) {
        BX_TRY(const std::uint64_t instances, allocated_instances(inputs(), builtin));
        used += diluted_units(builtin.name, pool) * instances;
    }
    const std::uint64_t units = std::uint64_t{1} << std::abs(pool.log_units_per_step);
    if (pool.log_units_per_step < 0 && steps_ % units != 0)
        return not_divisible(steps_, units);
    const std::uint64_t available = pool.log_units_per_step < 0 ? steps_ / units : units * steps_;
    const std::uint64_t unused = available > used ? available - used : 0;
    const std::uint64_t needed = std::uint64_t{1} << pool.n_bits;
    if (unused < needed)
        return insufficient_cells("There are only " + std::to_string(unused) +
                                  " cells to fill the diluted check holes, but potentially " +
                                  std::to_string(needed) + " are required.");
    return {};
}

}  // namespace blockexecd::vm::cairo0
