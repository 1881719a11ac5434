// SPDX-License-Identifier: Apache-2.0
// Test support: the room of the oracle's blocks.
#pragma once

#include <limits>

#include "executor/blocks/block_weights.hpp"

namespace blockexecd::executor::test {

// All that a block can hold, but that proving gas keeps the prices of builtins sane.
inline BlockWeights unlimited_capacity() {
    BlockWeights capacity;
    for (const auto& field : kBlockWeightFields)
        capacity.*field.value = std::numeric_limits<std::uint64_t>::max();
    capacity.proving_gas = 5'000'000'000;
    return capacity;
}

}  // namespace blockexecd::executor::test
