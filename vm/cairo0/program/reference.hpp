// SPDX-License-Identifier: Apache-2.0
// Where a Cairo 0 variable lives: an expression over ap, fp and integers with up to two
// dereferences, as the compiler writes it into a program's reference manager.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "vm/felt/felt.hpp"
#include "vm/program/instruction.hpp"

namespace blockexecd::vm::cairo0 {

// Positions of ap can be compared inside one group.
struct ApTracking {
    std::uint64_t group = 0;
    std::uint64_t offset = 0;
};

// One term of the expression: an integer, or reg + offset, maybe dereferenced.
struct ReferenceTerm {
    bool is_register = false;
    Register reg = Register::fp;
    bool dereference = false;
    // False for a dereferenced term that is subtracted.
    bool positive = true;
    std::int32_t offset = 0;
    Felt integer;
};

// [cast([term1 + term2], type)]: the outer and the inner dereference are both optional.
struct Reference {
    ReferenceTerm term1;
    ReferenceTerm term2;
    bool outer_dereference = false;
    bool inner_dereference = false;
    // The type's name has "felt" in it: error messages give the values of these only.
    bool has_felt_type = false;
    ApTracking ap_tracking;

    [[nodiscard]] bool uses_ap() const {
        return (term1.is_register && term1.reg == Register::ap) ||
               (term2.is_register && term2.reg == Register::ap);
    }
};

// Follows the reference's parser, its partial matches included: what it cannot read becomes the
// integers 99 and 99 without dereference, and a hint that uses it fails. Never an error.
[[nodiscard]] Reference parse_reference(std::string_view text);

}  // namespace blockexecd::vm::cairo0
