// SPDX-License-Identifier: Apache-2.0
// What a comparison of computed with recorded found: each differing field by name, and how much was
// compared.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "executor/types/ids.hpp"

namespace blockexecd::executor {

struct Mismatch {
    BlockNumber block = 0;
    std::optional<std::uint64_t>
        index;  // of the transaction; nothing for the block's own fields (state diff, commitments)
    TransactionHash transaction_hash;  // 0 for the block's own
    std::string field;  // "actual_fee", "events[2].keys[0]", "state_diff.storage_diffs[0x…][0x…]"
    std::string expected;  // as recorded
    std::string actual;    // as computed
    friend bool operator==(const Mismatch&, const Mismatch&) = default;
};

// A difference that is known, and no fault of this program (executor/blocks/known_exceptions.hpp).
struct ExceptedMismatch {
    Mismatch mismatch;
    std::string reason;
    friend bool operator==(const ExceptedMismatch&, const ExceptedMismatch&) = default;
};

// How much of a block was compared; what a chain does not record is not counted as matched.
struct Verdict {
    std::vector<Mismatch> mismatches;
    std::uint64_t matched_transactions = 0;
    std::uint64_t excepted_transactions = 0;  // differ in known exceptions alone
    std::uint64_t skipped_transactions = 0;   // not compared
    std::vector<std::string>
        compared;  // levels reached: "receipts", "state_diff", "commitments", "block_hash"
    std::vector<std::string> skipped;        // with the reason
    std::vector<ExceptedMismatch> excepted;  // none of them is in mismatches
    friend bool operator==(const Verdict&, const Verdict&) = default;
};

}  // namespace blockexecd::executor
