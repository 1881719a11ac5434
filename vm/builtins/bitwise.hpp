// SPDX-License-Identifier: Apache-2.0
// The bitwise builtin's instances, read where they lie: x, y, x & y, x ^ y, x | y.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "vm/error.hpp"
#include "vm/memory/memory.hpp"

namespace blockexecd::vm {

inline constexpr std::uint64_t kBitwiseCells = 5;
inline constexpr std::uint64_t kBitwiseInputs = 2;

using BitwiseOutputs = std::array<Felt, kBitwiseCells - kBitwiseInputs>;

// Of the instance that begins at `start`; nothing unless both inputs are there as felts. Error: an
// input that is not below 2^251.
[[nodiscard]] Result<std::optional<BitwiseOutputs>> bitwise_outputs(const Segment& segment,
                                                                    const Relocatable& start);
// Writes cell `index`, an output, of the instance that begins at `start`. False, and nothing is
// written, unless both inputs are there as felts below 2^251.
[[nodiscard]] bool deduce_bitwise_cell(const Segment& segment, std::uint64_t start,
                                       std::uint64_t index, Cell& out, Arena& arena);
// Whether both inputs of every instance are there as felts below 2^251.
[[nodiscard]] bool has_bitwise_inputs(const Segment& segment);

}  // namespace blockexecd::vm
