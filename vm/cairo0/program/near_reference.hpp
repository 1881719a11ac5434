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
        if (!holds_value_)
            return nullptr;
        Relocatable address;
        if (!sum(vm, address))
            return nullptr;
        const Cell* const cell = vm.memory().cell(address);
        return cell == nullptr || cell->is_empty() ? nullptr : cell;
    }
    // Where the variable is; false means nothing again.
    [[nodiscard]] bool address(const VirtualMachine& vm, Relocatable& address) const {
        return holds_address_ && sum(vm, address);
    }

  private:
    bool sum(const VirtualMachine& vm, Relocatable& address) const {
        if (vm.memory().has_relocation_rules())
            return false;
        const Relocatable base = register_ == Register::ap ? vm.ap() : vm.fp();
        if (moved_ > base.offset)
            return false;
        address = {1, base.offset - moved_ + static_cast<std::uint64_t>(offset_)};
        // A wrapped offset is as far out of reach as what the general way refuses.
        if (address.offset >> kOffsetBits != 0)
            return false;
        if (dereference_) {
            const Cell* const cell = vm.memory().cell(address);
            if (cell == nullptr || cell->is_empty() || !cell->is_relocatable())
                return false;
            address = cell->relocatable();
        }
        address.offset += static_cast<std::uint64_t>(plus_);
        return address.offset >> kOffsetBits == 0;
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
