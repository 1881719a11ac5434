// SPDX-License-Identifier: Apache-2.0
// Results of executed blocks, kept apart by mode. A block's results, its done key and (when it
// moves) the contiguous watermark are one write: after any crash what is reported as done is done,
// and the rest is executed again.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "executor/types/access_sets.hpp"
#include "executor/types/receipt.hpp"
#include "executor/types/state_diff.hpp"
#include "executor/types/verdict.hpp"
#include "storage/database/database.hpp"
#include "storage/schema/records.hpp"

namespace blockexecd::storage {

struct BlockOutcome {
    executor::BlockNumber block = 0;
    executor::BlockHash block_hash;  // of the block that was executed: a reverted one is refused
    std::vector<executor::Receipt> receipts;  // as computed, one a transaction
    executor::StateDiff state_diff;           // as computed
    executor::Verdict verdict;
    BlockTimings timings;
    executor::BlockAccessSets access_sets;  // for the block's next run
};

enum class BlockStatus : std::uint8_t {
    unknown,     // not stored
    given,       // the chain's first block: a bare state update
    pending,     // not executed yet
    matched,     // executed, no mismatch
    mismatched,  // executed, mismatches are recorded
    failed,      // could not be executed: the reason is recorded; not done, a later run tries again
    excepted,    // executed, differs only in known exceptions
};
inline constexpr std::array<std::string_view, 7> kBlockStatusNames{
    "unknown", "given", "pending", "matched", "mismatched", "failed", "excepted"};
constexpr std::string_view block_status_name(BlockStatus status) {
    return kBlockStatusNames[static_cast<std::size_t>(status)];
}

struct StoredOutcome {
    BlockStatus status = BlockStatus::unknown;
    std::uint64_t transactions = 0;
    executor::Verdict verdict;
    std::string failure;  // failed only
};

// Both modes write the same kind of record; `computed` also extends the computed history, so there
// blocks are committed in order. Errors: misuse (not stored or replaced since, already done, out of
// order in computed mode), io.
Result<void> commit_block(Database& database, StateMode mode, const BlockOutcome& outcome);
// Records why a block could not be executed. The block stays not done. Errors: misuse when it is
// done.
Result<void> commit_failure(Database& database, StateMode mode, executor::BlockNumber block,
                            std::uint64_t transactions, const std::string& reason);

Result<StoredOutcome> read_outcome(const Database& database, StateMode mode,
                                   executor::BlockNumber block);
// Nothing unless the block is done.
Result<std::optional<std::vector<executor::Receipt>>> read_computed_receipts(
    const Database& database, StateMode mode, executor::BlockNumber block);
Result<std::optional<executor::StateDiff>> read_computed_state_diff(const Database& database,
                                                                    StateMode mode,
                                                                    executor::BlockNumber block);
Result<std::optional<BlockTimings>> read_timings(const Database& database, StateMode mode,
                                                 executor::BlockNumber block);

// What the block's transactions read and wrote when it was last executed, in whichever mode. It
// stays when results are reset, and goes with the block.
Result<std::optional<executor::BlockAccessSets>> read_access_sets(const Database& database,
                                                                  executor::BlockNumber block);
// As if no block had been executed before.
Result<void> forget_access_sets(Database& database);

// The last block such that it and all before it are done (the given block counts); nothing while no
// chain is stored.
Result<std::optional<executor::BlockNumber>> read_watermark(const Database& database,
                                                            StateMode mode);
// Stored blocks that are not done, ascending, at most `limit`.
Result<std::vector<executor::BlockNumber>> pending_blocks(const Database& database, StateMode mode,
                                                          std::size_t limit = ~std::size_t{0});
// The same as runs of neighbours: one run for a chain of any length that was not begun.
Result<std::vector<BlockRange>> pending_ranges(const Database& database, StateMode mode);

// Totals over the stored chain; each block counts in exactly one of given, pending, matched,
// mismatched, excepted, failed.
struct ResultTotals {
    std::uint64_t blocks = 0;
    std::uint64_t given_blocks = 0;
    std::uint64_t pending_blocks = 0;
    std::uint64_t matched_blocks = 0;
    std::uint64_t mismatched_blocks = 0;
    std::uint64_t excepted_blocks = 0;
    std::uint64_t failed_blocks = 0;
    std::uint64_t transactions = 0;          // of matched, mismatched and excepted blocks
    std::uint64_t matched_transactions = 0;  // of those
    std::uint64_t excepted_transactions = 0;
    std::uint64_t skipped_transactions = 0;
    std::uint64_t mismatches = 0;      // fields
    std::uint64_t executed_steps = 0;  // from timings
};
Result<ResultTotals> read_totals(const Database& database, StateMode mode);

// Drops results, failures and timings of a mode (and the computed history, but for the given
// block), keeps the chain.
Result<void> reset_results(Database& database, StateMode mode);

}  // namespace blockexecd::storage
