// SPDX-License-Identifier: Apache-2.0
// How many cells a proof gives each builtin at a number of steps. The arithmetic is the reference's
// (get_allocated_instances, get_used_cells_and_allocated_size), machine integers that wrap
// included.
#pragma once

#include <cstdint>

#include "vm/builtins/builtins.hpp"
#include "vm/cairo0/runner/layout.hpp"
#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

// Beside an error that more steps could cure.
struct InsufficientCells : ErrorDetail {};
[[nodiscard]] Error insufficient_cells(std::string message);
[[nodiscard]] bool is_insufficient_cells(const Error& error);

// What the allocation looks at. Used sizes are computed before.
struct AllocationInputs {
    const Builtins& builtins;
    const Layout& layout;
    std::uint64_t steps = 0;
    // Without trace padding, segments grow to a power of two of instances, at least 16.
    bool trace_padding = true;
};

struct UsedCells {
    std::uint64_t used = 0;
    std::uint64_t allocated = 0;
};

// Errors: MinStepNotReached (insufficient), ErrorCalculatingMemoryUnits.
[[nodiscard]] Result<std::uint64_t> allocated_instances(const AllocationInputs& inputs,
                                                        const Builtin& builtin);
// Also: BuiltinCells (insufficient) when more is used than allocated.
[[nodiscard]] Result<UsedCells> used_and_allocated_cells(const AllocationInputs& inputs,
                                                         const Builtin& builtin);
// Sixteen-bit parts that a range-check value is split into; 0 for other builtins.
[[nodiscard]] std::uint64_t range_check_parts(BuiltinName name);

}  // namespace blockexecd::vm::cairo0
