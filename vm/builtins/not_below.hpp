// SPDX-License-Identifier: Apache-2.0
// The error of builtins whose inputs have a limit on their bits.
#pragma once

#include <string>

#include "vm/error.hpp"
#include "vm/felt/felt.hpp"
#include "vm/memory/relocatable.hpp"

namespace blockexecd::vm {

[[nodiscard]] inline Error not_below(const Relocatable& address, unsigned bits, const Felt& felt) {
    return {ErrorKind::runner, "Expected integer at address " + to_debug_string(address) +
                                   " to be smaller than 2^" + std::to_string(bits) + ", Got " +
                                   felt.to_decimal()};
}

}  // namespace blockexecd::vm
