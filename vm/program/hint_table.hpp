// SPDX-License-Identifier: Apache-2.0
// The hints of a program, resolved when it is loaded: for each pc the functions to run and their
// parsed operands. Nothing is looked up by text at run time.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "vm/error.hpp"

namespace blockexecd::vm {

class VirtualMachine;

// Runs before the instruction at its pc. `operands` is whatever the loader stored for this hint.
using HintFunction = Result<void> (*)(VirtualMachine& vm, const void* operands);

struct Hint {
    HintFunction function;
    const void* operands;
};

struct HintRange {
    std::uint64_t pc;  // offset in the program
    std::uint32_t first;
    std::uint32_t count;
};

struct HintTable {
    std::vector<Hint> hints;
    std::vector<HintRange> ranges;  // ascending pc, no pc twice
    std::vector<std::shared_ptr<const void>>
        operands;  // what the hints' operand pointers point into

    // Appends a hint for a pc that is not below any pc added before.
    void add(std::uint64_t pc, HintFunction function, const void* hint_operands) {
        if (ranges.empty() || ranges.back().pc != pc)
            ranges.push_back({pc, static_cast<std::uint32_t>(hints.size()), 0});
        hints.push_back({function, hint_operands});
        ++ranges.back().count;
    }
};

}  // namespace blockexecd::vm
