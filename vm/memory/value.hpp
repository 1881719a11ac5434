// SPDX-License-Identifier: Apache-2.0
// What a memory cell holds once it is read: a felt or a relocatable (the reference's
// MaybeRelocatable).
#pragma once

#include <optional>
#include <string>

#include "vm/error.hpp"
#include "vm/felt/felt.hpp"
#include "vm/memory/relocatable.hpp"

namespace blockexecd::vm {

class Value {
  public:
    Value() = default;
    Value(const Felt& felt) : felt_(felt) {}          // NOLINT: both are values
    Value(std::uint64_t integer) : felt_(integer) {}  // NOLINT
    Value(const Relocatable& address) : address_(address), is_relocatable_(true) {}  // NOLINT

    [[nodiscard]] bool is_relocatable() const { return is_relocatable_; }
    [[nodiscard]] bool is_felt() const { return !is_relocatable_; }
    // Preconditions: is_felt(), is_relocatable().
    [[nodiscard]] const Felt& felt() const { return felt_; }
    [[nodiscard]] const Relocatable& relocatable() const { return address_; }

    friend bool operator==(const Value& a, const Value& b) {
        return a.is_relocatable_ == b.is_relocatable_ &&
               (a.is_relocatable_ ? a.address_ == b.address_ : a.felt_ == b.felt_);
    }

    // The reference's Display ("1:23" or decimal) and Debug ("RelocatableValue(Relocatable { … })",
    // "Int(5)").
    [[nodiscard]] std::string to_string() const;
    [[nodiscard]] std::string to_debug_string() const;

  private:
    Felt felt_;
    Relocatable address_;
    bool is_relocatable_ = false;
};

// The operation table of the VM: relocatables move by felts, differ within a segment, and do not
// multiply.
Result<Value> add(const Value& a, const Value& b);
Result<Value> sub(const Value& a, const Value& b);
Result<Value> mul(const Value& a, const Value& b);
// offset + felt in the field, which must fit u64: adding p - 1 subtracts 1.
Result<Relocatable> add(const Relocatable& a, const Felt& b);
Result<Relocatable> sub(const Relocatable& a, const Felt& b);
// The machine-integer versions, and a - b inside one segment, which must not be negative.
Result<Relocatable> add_usize(const Relocatable& a, std::uint64_t n);
Result<Relocatable> sub_usize(const Relocatable& a, std::uint64_t n);
Result<std::uint64_t> distance(const Relocatable& a, const Relocatable& b);

// "Relocatable { segment_index: 1, offset: 23 }"
std::string to_debug_string(const Relocatable& address);

}  // namespace blockexecd::vm
