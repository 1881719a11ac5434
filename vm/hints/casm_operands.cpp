// SPDX-License-Identifier: Apache-2.0
// Operand access.
#include "vm/hints/casm_operands.hpp"

namespace blockexecd::vm {

namespace {

using Kind = HintOperand::Kind;

// A double dereference's offset counts as a field element: -1 moves back.
Felt signed_felt(std::int16_t offset) {
    return Felt::from_i64(offset);
}

Result<Value> get_maybe_at(const VirtualMachine& vm, const Relocatable& address) {
    const auto value = vm.memory().get(address);
    if (!value)
        return Error(ErrorKind::virtual_machine,
                     "Security Error: Invalid Memory Value: temporary address not relocated: " +
                         address.to_string());
    return *value;
}

// The cell itself where it is there; what is not gets its error the long way.
const Cell* known_cell(const VirtualMachine& vm, const CellRef& cell) {
    const Relocatable base = cell.reg == Register::ap ? vm.ap() : vm.fp();
    const std::int64_t offset = static_cast<std::int64_t>(base.offset) + cell.offset;
    if (offset < 0)
        return nullptr;
    const Cell* const found = vm.memory().cell({base.segment, static_cast<std::uint64_t>(offset)});
    return found == nullptr || found->is_empty() ? nullptr : found;
}

Result<Felt> get_cell_felt(const VirtualMachine& vm, const CellRef& cell) {
    if (const Cell* const found = known_cell(vm, cell); found && !found->is_relocatable())
        return found->felt();
    BX_TRY(const Relocatable address, cell_address(vm, cell));
    return vm.memory().get_felt(address);
}

Result<Relocatable> pointer_at(const VirtualMachine& vm, const CellRef& cell, const Felt& offset) {
    const Cell* const found = known_cell(vm, cell);
    if (found != nullptr && found->is_relocatable() && !vm.memory().has_relocation_rules())
        return offset.is_zero() ? found->relocatable() : add(found->relocatable(), offset);
    BX_TRY(const Relocatable address, cell_address(vm, cell));
    BX_TRY(const Relocatable base, vm.memory().get_relocatable(address));
    return add(base, offset);
}

}  // namespace

Error casm_hint_error(std::string message) {
    return {ErrorKind::hint_inner, std::move(message)};
}

Result<Relocatable> cell_address(const VirtualMachine& vm, const CellRef& cell) {
    const Relocatable base = cell.reg == Register::ap ? vm.ap() : vm.fp();
    const std::int32_t offset = cell.offset;
    return offset < 0 ? sub_usize(base, static_cast<std::uint64_t>(-offset))
                      : add_usize(base, static_cast<std::uint64_t>(offset));
}

Result<Felt> get_felt(const VirtualMachine& vm, const HintOperand& operand) {
    switch (operand.kind) {
        case Kind::deref:
            return get_cell_felt(vm, operand.cell);
        case Kind::double_deref: {
            BX_TRY(const Relocatable address,
                   pointer_at(vm, operand.cell, signed_felt(operand.offset)));
            return vm.memory().get_felt(address);
        }
        case Kind::immediate:
            return operand.value;
        default:
            break;
    }
    BX_TRY(const Felt a, get_cell_felt(vm, operand.cell));
    Felt b = operand.value;
    if (operand.kind == Kind::add_deref || operand.kind == Kind::mul_deref) {
        BX_TRY(b, get_cell_felt(vm, operand.second));
    }
    return operand.kind == Kind::add_deref || operand.kind == Kind::add_immediate ? a + b : a * b;
}

Result<Value> get_maybe(const VirtualMachine& vm, const HintOperand& operand) {
    if (operand.kind == Kind::immediate)
        return Value(operand.value);
    if (operand.kind == Kind::double_deref) {
        BX_TRY(const Relocatable address,
               pointer_at(vm, operand.cell, signed_felt(operand.offset)));
        return get_maybe_at(vm, address);
    }
    if (operand.kind == Kind::deref && !vm.memory().has_relocation_rules())
        if (const Cell* const found = known_cell(vm, operand.cell))
            return found->load();
    BX_TRY(const Relocatable address, cell_address(vm, operand.cell));
    BX_TRY(const Value a, get_maybe_at(vm, address));
    if (operand.kind == Kind::deref)
        return a;
    Felt b = operand.value;
    if (operand.kind == Kind::add_deref || operand.kind == Kind::mul_deref) {
        BX_TRY(b, get_cell_felt(vm, operand.second));
    }
    if (operand.kind == Kind::add_deref || operand.kind == Kind::add_immediate)
        return add(a, Value(b));
    if (a.is_relocatable())
        return casm_hint_error("mul not implemented for relocatable values");
    return Value(a.felt() * b);
}

bool is_buffer(const HintOperand& operand) {
    return operand.kind == Kind::deref || operand.kind == Kind::add_immediate;
}

Result<Relocatable> get_pointer(const VirtualMachine& vm, const HintOperand& operand,
                                const Felt& offset) {
    return pointer_at(vm, operand.cell,
                      operand.kind == Kind::add_immediate ? operand.value + offset : offset);
}

Result<std::uint64_t> get_u64(const VirtualMachine& vm, const HintOperand& operand,
                              const char* what) {
    BX_TRY(const Felt felt, get_felt(vm, operand));
    const auto value = felt.to_u64();
    if (!value)
        return casm_hint_error(what);
    return *value;
}

Result<void> set_cell(VirtualMachine& vm, const HintOperand& cell, const Value& value) {
    BX_TRY(const Relocatable address, cell_address(vm, cell.cell));
    return vm.memory().insert(address, value);
}

}  // namespace blockexecd::vm
