// SPDX-License-Identifier: Apache-2.0
// How much memory a block takes while it waits: what bounds reading ahead. An estimate from sizes,
// without the allocator's own rounding.
#pragma once

#include <cstddef>

#include "executor/types/block.hpp"

namespace blockexecd::executor {

// Bytes.
std::size_t footprint(const Block& block);
std::size_t footprint(const StateUpdate& update);

}  // namespace blockexecd::executor
