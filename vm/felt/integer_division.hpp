// SPDX-License-Identifier: Apache-2.0
// Division of felts as the integers that they are, for hints that guess quotients.
#pragma once

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

struct IntegerDivision {
    Felt quotient;
    Felt remainder;
};

// Rounded down. Precondition: divisor is not 0.
[[nodiscard]] IntegerDivision divide_integers(const Felt& value, const Felt& divisor);

}  // namespace blockexecd::vm
