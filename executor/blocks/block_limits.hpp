// SPDX-License-Identifier: Apache-2.0
// Where a block ends before its last transaction: it is full, or it was halted. Replayed blocks
// have no limits (specification 9.4: they never change results, only which transactions enter a
// block).
#pragma once

#include <atomic>
#include <optional>

#include "executor/blocks/block_weights.hpp"

namespace blockexecd::executor {

struct BlockLimits {
    // Nothing: no limits. The reference's, for a block of 0.14: 2,500,000; 3,700; 5,000; 600;
    // 4,000; 5,000,000,000; 5,000,000,000; 5,800,000,000.
    std::optional<BlockWeights> capacity;
    // Once it is set no further transaction enters the block; null: never.
    const std::atomic<bool>* halted = nullptr;
};

// What a block holds so far. One thread at a time.
class BlockRoom {
  public:
    BlockRoom(const BlockLimits& limits, const VersionedConstants& constants);

    // Takes the next transaction in, with all that it changed; false: the block ends before it.
    // `state` is the one that it leaves. Errors: the transaction alone is larger than a block (the
    // reference's text); the state cannot be read.
    [[nodiscard]] vm::Result<bool> take(const TransactionExecutionInfo& info,
                                        const StateMaps& writes, StateReader& state);

    // Of all transactions that were taken; zero without limits.
    [[nodiscard]] const BlockWeights& used() const { return used_; }

  private:
    const BlockLimits& limits_;
    std::optional<BlockScales> scales_;
    TouchedKeys touched_;
    BlockWeights used_;
};

}  // namespace blockexecd::executor
