// SPDX-License-Identifier: Apache-2.0
// The VM's operation table with the reference's error texts.
#include "vm/memory/value.hpp"

namespace blockexecd::vm {

namespace {

Error math_error(std::string message) {
    return {ErrorKind::math, std::move(message)};
}

}  // namespace

std::string Value::to_string() const {
    return is_relocatable_ ? address_.to_string() : felt_.to_decimal();
}

std::string Value::to_debug_string() const {
    return is_relocatable_ ? "RelocatableValue(" + blockexecd::vm::to_debug_string(address_) + ")"
                           : "Int(" + felt_.to_decimal() + ")";
}

std::string to_debug_string(const Relocatable& address) {
    return "Relocatable { segment_index: " + std::to_string(address.segment) +
           ", offset: " + std::to_string(address.offset) + " }";
}

Result<Relocatable> add(const Relocatable& a, const Felt& b) {
    const auto offset = (Felt(a.offset) + b).to_u64();
    if (!offset)
        return math_error("Operation failed: " + a.to_string() + " + " + b.to_decimal() +
                          ", maximum offset value exceeded");
    return Relocatable{a.segment, *offset};
}

Result<Relocatable> sub(const Relocatable& a, const Felt& b) {
    const auto offset = (Felt(a.offset) - b).to_u64();
    if (!offset)
        return math_error("Operation failed: " + a.to_string() + " - " + b.to_decimal() +
                          ", offsets cant be negative");
    return Relocatable{a.segment, *offset};
}

Result<Relocatable> add_usize(const Relocatable& a, std::uint64_t n) {
    if (a.offset + n < n)
        return math_error("Operation failed: " + a.to_string() + " + " + std::to_string(n) +
                          ", maximum offset value exceeded");
    return Relocatable{a.segment, a.offset + n};
}

Result<Relocatable> sub_usize(const Relocatable& a, std::uint64_t n) {
    if (a.offset < n)
        return math_error("Operation failed: " + a.to_string() + " - " + std::to_string(n) +
                          ", offsets cant be negative");
    return Relocatable{a.segment, a.offset - n};
}

Result<std::uint64_t> distance(const Relocatable& a, const Relocatable& b) {
    if (a.segment != b.segment)
        return math_error("Operation failed: " + a.to_string() + " - " + b.to_string() +
                          ", can't subtract two relocatable values with different segment indexes");
    BX_TRY(const Relocatable difference, sub_usize(a, b.offset));
    return difference.offset;
}

Result<Value> add(const Value& a, const Value& b) {
    if (a.is_felt() && b.is_felt())
        return Value(a.felt() + b.felt());
    if (a.is_relocatable() && b.is_relocatable())
        return math_error("Operation failed: " + a.to_string() + " + " + b.to_string() +
                          ", can't add two relocatable values");
    BX_TRY(const Relocatable sum,
           a.is_relocatable() ? add(a.relocatable(), b.felt()) : add(b.relocatable(), a.felt()));
    return Value(sum);
}

Result<Value> sub(const Value& a, const Value& b) {
    if (a.is_felt() && b.is_felt())
        return Value(a.felt() - b.felt());
    if (a.is_felt())
        return math_error("Operation failed " + a.to_string() + " - " + b.to_string() +
                          ", can't subtract a relocatable value from an integer");
    if (b.is_felt()) {
        BX_TRY(const Relocatable difference, sub(a.relocatable(), b.felt()));
        return Value(difference);
    }
    if (a.relocatable().segment != b.relocatable().segment)
        return math_error("Operation failed: " + a.to_string() + " - " + b.to_string() +
                          ", can't subtract two relocatable values with different segment indexes");
    return Value(Felt(a.relocatable().offset) - Felt(b.relocatable().offset));
}

Result<Value> mul(const Value& a, const Value& b) {
    if (a.is_felt() && b.is_felt())
        return Value(a.felt() * b.felt());
    return Error(ErrorKind::virtual_machine,
                 "Failed to compute Res.MUL: Could not complete computation of non pure values " +
                     a.to_string() + " * " + b.to_string());
}

}  // namespace blockexecd::vm
