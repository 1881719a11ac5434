// SPDX-License-Identifier: Apache-2.0
// Where a block ends before its last transaction: it is full, or it was halted. Replayed blocks
// have no limits (specification 9.4: they never change results, only which transactions enter a
// block).
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>

#include "executor/transactions/execution_info.hpp"

namespace blockexecd::executor {

// The reference's bouncer weights that a transaction's own result tells (blockifier bouncer.rs).
struct BlockWeights {
    std::uint64_t n_txs = 0;
    std::uint64_t n_events = 0;                // of all calls
    std::uint64_t message_segment_length = 0;  // felts
    std::uint64_t receipt_l2_gas = 0;
    friend bool operator==(const BlockWeights&, const BlockWeights&) = default;
};
BlockWeights weights_of(const TransactionExecutionInfo& info);

struct BlockLimits {
    static constexpr std::uint64_t kNone = std::numeric_limits<std::uint64_t>::max();
    BlockWeights capacity{kNone, kNone, kNone, kNone};
    // Once it is set no further transaction enters the block; null: never.
    const std::atomic<bool>* halted = nullptr;
};

// What a block holds so far. One thread at a time.
class BlockRoom {
  public:
    explicit BlockRoom(const BlockLimits& limits) : limits_(limits) {}

    // Takes the next transaction in; false: the block ends before it.
    [[nodiscard]] bool take(const TransactionExecutionInfo& info);

  private:
    const BlockLimits& limits_;
    BlockWeights used_;
};

}  // namespace blockexecd::executor
