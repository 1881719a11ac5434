// SPDX-License-Identifier: Apache-2.0
// Compares what we computed with what the chain recorded, field by field, and names each field that differs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "executor/blocks/block_executor.hpp"
#include "executor/types/block.hpp"

namespace blockexecd::executor {

struct Mismatch {
    BlockNumber block = 0;
    std::optional<std::uint64_t> index;  // of the transaction; nothing for the block's own fields (state diff, commitments)
    TransactionHash transaction_hash;    // 0 for the block's own
    std::string field;                   // "actual_fee", "events[2].keys[0]", "state_diff.storage_diffs[0x…][0x…]"
    std::string expected;                // as recorded
    std::string actual;                  // as computed
};

// How much of a block was compared; what a chain does not record is not counted as matched.
struct Verdict {
    std::vector<Mismatch> mismatches;
    std::uint64_t matched_transactions = 0;
    std::vector<std::string> compared;  // levels reached: "receipts", "state_diff", "commitments", "block_hash"
    std::vector<std::string> skipped;   // with the reason
};

Verdict verify_block(const ChainInfo& chain, const Block& recorded, const StateUpdate& update, const BlockResult& computed);

}  // namespace blockexecd::executor
