// SPDX-License-Identifier: Apache-2.0
// The look at an input or an output that nearly always is a felt.
#pragma once

#include "vm/memory/memory.hpp"

namespace blockexecd::vm {

// The cell at an address if it holds a felt, which no relocation rule moves; null for all else.
[[nodiscard]] inline const Cell* felt_cell(const Memory& memory, const Relocatable& address) {
    const Cell* const cell = memory.cell(address);
    return cell == nullptr || cell->is_empty() || cell->is_relocatable() ? nullptr : cell;
}

}  // namespace blockexecd::vm
