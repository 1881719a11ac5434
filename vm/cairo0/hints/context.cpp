// SPDX-License-Identifier: Apache-2.0
// Identifiers by name, with the errors of the reference's hint_utils.
#include "vm/cairo0/hints/context.hpp"

#include "vm/cairo0/program/evaluate.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

std::string named(std::string_view before, ids::Name name, std::string_view behind = "") {
    return std::string(before).append(ids::name_text(name)).append(behind);
}

}  // namespace

Error hint_error(std::string message) {
    return {ErrorKind::hint_inner, std::move(message)};
}

Error divided_by_zero() {
    return {ErrorKind::math, "Attempted to divide by zero"};
}

Error conversion_error(std::string_view type, const Felt& value) {
    return {ErrorKind::math,
            "Conversion to " + std::string(type) + " failed for Felt252 " + value.to_decimal()};
}

Result<Value> HintContext::value(ids::Name name) const {
    if (const Cell* const cell = find_cell(name))
        return cell->load();
    return evaluated(name);
}

Result<Felt> HintContext::integer(ids::Name name) const {
    if (const Cell* const cell = find_cell(name); cell != nullptr && !cell->is_relocatable())
        return cell->felt();
    return evaluated_integer(name);
}

Result<Relocatable> HintContext::pointer(ids::Name name) const {
    if (const Cell* const cell = find_cell(name); cell != nullptr && cell->is_relocatable())
        return cell->relocatable();
    return evaluated_pointer(name);
}

Result<Cell> HintContext::cell(ids::Name name) const {
    Cell copy;
    if (const Cell* const found = find_cell(name)) {
        copy.copy(*found, memory.arena());
    } else {
        BX_TRY(const Value held, evaluated(name));
        copy.store(held, memory.arena());
    }
    return copy;
}

Result<Relocatable> HintContext::address(ids::Name name) const {
    const HintOperands::Id* const id = find(name);
    if (Relocatable near; id != nullptr && id->near.address(vm, near))
        return near;
    return evaluated_address(name);
}

Result<Value> HintContext::evaluated(ids::Name name) const {
    if (const HintOperands::Id* const id = find(name))
        if (const auto value = reference_value(vm, *id->reference, operands_.ap_tracking))
            return *value;
    return hint_error(named("Unknown identifier ", name));
}

Result<Felt> HintContext::evaluated_integer(ids::Name name) const {
    BX_TRY(const Value held, evaluated(name));
    if (held.is_relocatable())
        return hint_error(named("Expected ids.", name, " to be an Integer value"));
    return held.felt();
}

Result<Relocatable> HintContext::evaluated_pointer(ids::Name name) const {
    BX_TRY(const Value held, evaluated(name));
    if (!held.is_relocatable())
        return hint_error(named("Expected ids.", name, " to be a Relocatable value"));
    return held.relocatable();
}

Result<Relocatable> HintContext::evaluated_address(ids::Name name) const {
    if (const HintOperands::Id* const id = find(name))
        if (const auto address = reference_address(vm, *id->reference, operands_.ap_tracking))
            return *address;
    return hint_error(named("Unknown identifier ", name));
}

Result<Felt> HintContext::member(const Relocatable& address, std::uint64_t member_offset,
                                 std::string_view name, std::string_view member) const {
    if (const Cell* const cell = integer_cell(address, member_offset))
        return cell->felt();
    BX_CHECK(add_usize(address, member_offset));
    return hint_error("ids." + std::string(name) + " has no member " + std::string(member) +
                      " or it is of incorrect type");
}

// A near address is not put into a Result: to copy it behind the stores of its parts is to wait.
template <class T>
Result<void> HintContext::insert_at(ids::Name name, const T& value) {
    const HintOperands::Id* const id = find(name);
    if (Relocatable near; id != nullptr && id->near.address(vm, near))
        return memory.insert(near, value);
    BX_TRY(const Relocatable at, evaluated_address(name));
    return memory.insert(at, value);
}

Result<void> HintContext::set(ids::Name name, const Felt& value) {
    return insert_at(name, value);
}

Result<void> HintContext::set(ids::Name name, const Relocatable& value) {
    return insert_at(name, value);
}

Result<void> HintContext::set(ids::Name name, const Cell& value) {
    return insert_at(name, value);
}

Result<void> HintContext::set(ids::Name name, const Value& value) {
    return insert_at(name, value);
}

Result<Felt> HintContext::constant(constants::Name name) const {
    if (const auto& value = operands_.constants->values[name])
        return *value;
    return hint_error("Missing constant: " + std::string(constants::error_text(name)));
}

Result<Felt> HintContext::range_check_bound() const {
    if (vm.builtins().find(BuiltinName::range_check) == nullptr)
        return Error(ErrorKind::virtual_machine, "Expected range_check builtin to be present");
    return Felt::from_canonical({0, 0, 1, 0});
}

}  // namespace blockexecd::vm::cairo0
