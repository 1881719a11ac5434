// SPDX-License-Identifier: Apache-2.0
// What a Cairo 0 hint works with: the machine, its ids (references evaluated at the current
// registers), program constants and execution scopes. Names are numbers, resolved when the program
// was loaded.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vm/builtins/felt_cell.hpp"
#include "vm/cairo0/hints/names.hpp"
#include "vm/cairo0/hints/scopes.hpp"
#include "vm/cairo0/program/near_reference.hpp"
#include "vm/cairo0/program/reference.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm::cairo0 {

// The program's constants that hints ask for, by ConstantName.
struct HintConstants {
    std::array<std::optional<Felt>, kConstantCount> values;
};

// One hint of a program, resolved.
struct HintOperands {
    struct Id {
        ids::Name name;
        const Reference* reference;
        NearReference near;
    };
    std::span<const Id> ids;
    ApTracking ap_tracking;
    const HintConstants* constants = nullptr;
    std::string code;  // kept for unknown hints only
};

// What Cairo 0 hints keep for one run.
struct Cairo0HintState : HintState {
    ExecutionScopes scopes;
    [[nodiscard]] bool scopes_closed() const override { return scopes.depth() == 1; }
};

// A HintError with that text.
[[nodiscard]] Error hint_error(std::string message);
[[nodiscard]] Error divided_by_zero();
// `Conversion to TYPE failed for Felt252 VALUE`.
[[nodiscard]] Error conversion_error(std::string_view type, const Felt& value);

class HintContext {
  public:
    HintContext(VirtualMachine& machine, const HintOperands& operands)
        : vm(machine),
          memory(machine.memory()),
          scopes(machine.hint_state<Cairo0HintState>().scopes),
          operands_(operands) {}

    VirtualMachine& vm;
    Memory& memory;
    ExecutionScopes& scopes;

    [[nodiscard]] std::string_view code() const { return operands_.code; }

    // The variable's value. Errors: UnknownIdentifier, IdentifierNotInteger,
    // IdentifierNotRelocatable.
    [[nodiscard]] Result<Value> value(ids::Name name) const;
    [[nodiscard]] Result<Felt> integer(ids::Name name) const;
    [[nodiscard]] Result<Relocatable> pointer(ids::Name name) const;
    // The variable's value as a cell, unmarked. Error: UnknownIdentifier.
    [[nodiscard]] Result<Cell> cell(ids::Name name) const;
    // Where the variable is. Error: UnknownIdentifier.
    [[nodiscard]] Result<Relocatable> address(ids::Name name) const;
    // The cell of the integer at address + offset; null if there is none.
    [[nodiscard]] const Cell* integer_cell(const Relocatable& address, std::uint64_t offset) const {
        if (offset > UINT64_MAX - address.offset)
            return nullptr;
        return felt_cell(memory, address + offset);
    }
    // The integer at address + offset, a member of ids.NAME. Error: IdentifierHasNoMember.
    [[nodiscard]] Result<Felt> member(const Relocatable& address, std::uint64_t offset,
                                      std::string_view name, std::string_view member) const;

    // Write-once, not marked as accessed. Errors: UnknownIdentifier, InconsistentMemory.
    Result<void> set(ids::Name name, const Value& value);
    Result<void> set(ids::Name name, const Cell& value);
    Result<void> set(ids::Name name, const Felt& value);
    Result<void> set(ids::Name name, const Relocatable& value);
    Result<void> set_ap(const Value& value) { return memory.insert(vm.ap(), value); }
    Result<void> set_ap(const Felt& value) { return memory.insert(vm.ap(), value); }
    Result<void> set_ap(const Relocatable& value) { return memory.insert(vm.ap(), value); }
    Result<void> set_ap_flag(bool flag) { return set_ap(Felt(flag ? 1 : 0)); }
    Result<void> set_flag(ids::Name name, bool flag) { return set(name, Felt(flag ? 1 : 0)); }

    // Error: MissingConstant.
    [[nodiscard]] Result<Felt> constant(constants::Name name) const;
    [[nodiscard]] std::optional<Felt> constant_or_nothing(constants::Name name) const {
        return operands_.constants->values[name];
    }
    // 2^128. Error: NoRangeCheckBuiltin when the run has no range_check.
    [[nodiscard]] Result<Felt> range_check_bound() const;

  private:
    // Null for a variable that the hint's place does not know.
    [[nodiscard]] const HintOperands::Id* find(ids::Name name) const {
        for (const auto& id : operands_.ids)
            if (id.name == name)
                return &id;
        return nullptr;
    }
    // Null where the variable needs more than a look: see NearReference.
    [[nodiscard]] const Cell* find_cell(ids::Name name) const {
        const HintOperands::Id* const id = find(name);
        return id == nullptr ? nullptr : id->near.cell(vm);
    }
    // Of the kinds that set() takes.
    template <class T>
    Result<void> insert_at(ids::Name name, const T& value);
    // The general ways, and the errors.
    [[nodiscard]] Result<Value> evaluated(ids::Name name) const;
    [[nodiscard]] Result<Felt> evaluated_integer(ids::Name name) const;
    [[nodiscard]] Result<Relocatable> evaluated_pointer(ids::Name name) const;
    [[nodiscard]] Result<Relocatable> evaluated_address(ids::Name name) const;

    const HintOperands& operands_;
};

}  // namespace blockexecd::vm::cairo0
