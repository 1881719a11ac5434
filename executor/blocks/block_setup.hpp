// SPDX-License-Identifier: Apache-2.0
// What must be so before a block's first transaction runs.
#pragma once

#include <optional>
#include <utility>

#include "executor/calls/block_context.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/types/block.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// The constants are those of the header's version. Error: text that is no version.
vm::Result<BlockContext> make_block_context(const ChainInfo& chain, const BlockHeader& header);

// Writes the old block's hash into contract 0x1, at its number. Error: nothing given for a block
// from number 10 on.
vm::Result<void> write_old_block_hash(
    CachedState& state, const BlockContext& block,
    const std::optional<std::pair<BlockNumber, BlockHash>>& old_block_hash);

}  // namespace blockexecd::executor
