// SPDX-License-Identifier: Apache-2.0
// Whether a proof of so many steps has room for everything that the run used: builtins, range
// checks, memory and diluted cells. Proof mode pads the trace until it has.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "vm/cairo0/runner/allocation.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm::cairo0 {

// Of the instructions' offsets and the range-check builtins' values; nothing before a step.
[[nodiscard]] std::optional<OffsetLimits> range_check_limits(const VirtualMachine& vm);

// Checks in the reference's order. Errors that more steps could cure are is_insufficient_cells;
// others end the run. What is read from the memory is kept, so that the next number of steps costs
// nothing.
class UsedCellsCheck {
  public:
    UsedCellsCheck(const VirtualMachine& vm, const Layout& layout) : vm_(vm), layout_(layout) {}
    // For a run of so many steps. Precondition: used sizes are computed.
    [[nodiscard]] Result<void> check(std::uint64_t steps);
    // The machine made further steps.
    void forget() {
        limits_.reset();
        holes_.reset();
    }

  private:
    [[nodiscard]] Result<void> check_range_checks();
    [[nodiscard]] Result<void> check_memory();
    [[nodiscard]] Result<void> check_diluted() const;
    [[nodiscard]] AllocationInputs inputs() const {
        return {vm_.builtins(), layout_, steps_, true};
    }

    const VirtualMachine& vm_;
    const Layout& layout_;
    std::uint64_t steps_ = 0;
    std::optional<std::optional<OffsetLimits>> limits_;
    std::optional<std::uint64_t> holes_;
};

}  // namespace blockexecd::vm::cairo0
