// SPDX-License-Identifier: Apache-2.0
// One program on the model and on the machine, and what differs between them.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "vm/felt/felt.hpp"
#include "vm/memory/arena.hpp"
#include "vm/memory/value.hpp"

namespace blockexecd::vm {

// Segments: 0 program, 1 stack, 2 range checks, 3 bitwise, 4 data, 5 the end.
struct ModelProgram {
    std::vector<Felt> words;
    std::vector<Value> stack;  // below the first frame; frame and end come behind it
    std::uint64_t frame = 0;   // offset in the stack of the frame to return to
    std::vector<Value> data;
    std::array<Value, 2> bits;
    std::uint64_t step_limit = 120;
};

struct ModelMode {
    bool fast = false;   // else one step at a time
    bool trace = false;  // with `fast`
};

struct ModelComparison {
    std::string difference;  // empty: none
    bool completed = false;  // the program reached its end
};

// Steps, registers, cells, access marks, steps left and error texts. The arena is left as it was
// found. A program that fills more than 100,000 cells of a segment is not compared.
[[nodiscard]] ModelComparison compare_with_model(const ModelProgram& program, ModelMode mode,
                                                 Arena& arena);

}  // namespace blockexecd::vm
