// SPDX-License-Identifier: Apache-2.0
// Where nearly all variables live: at a register, or at an address that stands beside one, plus an
// integer. Worked out for one place in the code when a program is loaded, so that a hint only adds.
#pragma once

#include <cstdint>
#include <optional>

#include "vm/cairo0/program/reference.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm::cairo0 {

class NearReference {
  public:
    // `here` is the ap tracking of the place.
    NearReference(const Reference& reference, const ApTracking& here);

    // The variable's cell. Null means nothing: reference_value() and reference_address() know.
    [[nodiscard]] const Cell* cell(const VirtualMachine& vm) const {
        if (!holds_value_ || vm.memory().has_relocation_rules())
            return nullptr;
        const Cell* const cell = dereference_ ? cell_behind_pointer(vm) : stack_cell(vm, plus_);
        return cell == nullptr || cell->is_empty() ? nullptr : cell;
    }
    // Where the variable is; false means nothing again.
    [[nodiscard]] bool address(const VirtualMachine& vm, Relocatable& address) const {
        if (!holds_address_ || vm.memory().has_relocation_rules())
            return false;
        if (dereference_)
            return through_pointer(vm, address);
        const std::uint64_t offset = stack_offset(vm, plus_);
        address = {1, offset};
        return offset >> kOffsetBits == 0;
    }

  private:
    // Out of reach where the general way refuses.
    [[nodiscard]] std::uint64_t stack_offset(const VirtualMachine& vm, std::int64_t plus) const {
        const std::uint64_t base = (register_ == Register::ap ? vm.ap() : vm.fp()).offset;
        const std::uint64_t at = base - moved_ + static_cast<std::uint64_t>(offset_);
        if (moved_ > base || at >> kOffsetBits != 0)
            return UINT64_MAX;
        return at + static_cast<std::uint64_t>(plus);
    }
    [[nodiscard]] const Cell* stack_cell(const VirtualMachine& vm, std::int64_t plus) const {
        const Segment& stack = vm.memory().segments()[1];
        const std::uint64_t offset = stack_offset(vm, plus);
        return offset < stack.size ? stack.cells + offset : nullptr;
    }
    [[gnu::noinline]] bool through_pointer(const VirtualMachine& vm, Relocatable& address) const {
        const Cell* const cell = stack_cell(vm, 0);
        if (cell == nullptr || cell->is_empty() || !cell->is_relocatable())
            return false;
        address = cell->relocatable();
        address.offset += static_cast<std::uint64_t>(plus_);
        return address.offset >> kOffsetBits == 0;
    }
    [[gnu::noinline]] const Cell* cell_behind_pointer(const VirtualMachine& vm) const {
        Relocatable address;
        return through_pointer(vm, address) ? vm.memory().cell(address) : nullptr;
    }

    static constexpr unsigned kOffsetBits = 40;

    Register register_ = Register::fp;
    bool dereference_ = false;
    // The sum is where the value is, or where the variable is; neither for other shapes.
    bool holds_value_ = false;
    bool holds_address_ = false;
    std::uint64_t moved_ = 0;  // by how much ap went on since the reference was made
    std::int64_t offset_ = 0;
    std::int64_t plus_ = 0;
};

}  // namespace blockexecd::vm::cairo0
