// SPDX-License-Identifier: Apache-2.0
// Where a block ends before its last transaction: it is full, or it was halted. Replayed blocks
// have no limits (specification 9.4: they never change results, only which transactions enter a
// block).
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>

#include "executor/state/state_maps.hpp"
#include "executor/transactions/execution_info.hpp"
#include "executor/types/flat_map.hpp"

namespace blockexecd::executor {

// The reference's bouncer weights (blockifier bouncer.rs), but for Sierra and proving gas: those
// add an estimate of the OS's work for classes and tries, which nothing here needs.
struct BlockWeights {
    std::uint64_t n_txs = 0;
    std::uint64_t n_events = 0;                // of all calls
    std::uint64_t message_segment_length = 0;  // felts
    std::uint64_t receipt_l2_gas = 0;
    std::uint64_t l1_gas = 0;           // of messages, for Starknet's contract on L1
    std::uint64_t state_diff_size = 0;  // felts of data availability
    friend bool operator==(const BlockWeights&, const BlockWeights&) = default;
};
// But for state_diff_size: what a transaction adds to it depends on those before it.
BlockWeights weights_of(const TransactionExecutionInfo& info);

// The contracts and cells that the transactions of a block changed so far: each counts once.
class ChangedKeys {
  public:
    // What `writes` adds to the keys, in felts of data availability.
    std::uint64_t added_size(const StateMaps& writes) const;
    void add(const StateMaps& writes);

  private:
    FlatSet<ContractAddress> contracts_;
    FlatSet<ContractAddress> class_hashes_;
    FlatSet<StorageCell> cells_;
    FlatSet<ClassHash> compiled_class_hashes_;
};

struct BlockLimits {
    static constexpr std::uint64_t kNone = std::numeric_limits<std::uint64_t>::max();
    BlockWeights capacity{kNone, kNone, kNone, kNone, kNone, kNone};
    // Once it is set no further transaction enters the block; null: never.
    const std::atomic<bool>* halted = nullptr;
};

// What a block holds so far. One thread at a time.
class BlockRoom {
  public:
    explicit BlockRoom(const BlockLimits& limits) : limits_(limits) {}

    // Takes the next transaction in, with all that it changed; false: the block ends before it.
    [[nodiscard]] bool take(const TransactionExecutionInfo& info, const StateMaps& writes);

  private:
    const BlockLimits& limits_;
    ChangedKeys changed_;
    BlockWeights used_;
};

}  // namespace blockexecd::executor
