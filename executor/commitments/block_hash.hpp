// SPDX-License-Identifier: Apache-2.0
// What a block commits to, by its Starknet version: transactions, events, receipts, state diff, and
// the block hash over them (starknet_api block_hash; versions before 0.13.2 as the network's nodes
// have them).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "executor/types/block.hpp"
#include "executor/types/side_by_side.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// Receipt and state diff commitments exist from 0.13.2 on, the event commitment from 0.7.
struct BlockCommitments {
    Felt transaction;
    Felt event;
    std::optional<Felt> receipt;
    std::optional<Felt> state_diff;
    std::uint64_t n_events = 0;
    std::uint64_t state_diff_length = 0;
    friend bool operator==(const BlockCommitments&, const BlockCommitments&) = default;
};

Felt state_diff_commitment(const StateDiff& diff);
// Contracts deployed or replaced + classes declared or migrated + Cairo 0 classes + nonces +
// storage cells.
std::uint64_t state_diff_length(const StateDiff& diff);

// `receipts` belong to `transactions`, one each: those recorded, or those that we computed. Errors:
// a version that is not N.N.N or N.N.N.N, receipts without gas where the version commits to it. The
// commitments are jobs for `run_jobs`.
vm::Result<BlockCommitments> block_commitments(std::string_view starknet_version,
                                               std::span<const Transaction> transactions,
                                               std::span<const Receipt> receipts,
                                               const StateDiff& diff,
                                               const RunJobs& run_jobs = run_in_turn);

// `header`'s number, parent hash, state root, sequencer, timestamp, prices, data availability mode
// and version; its own commitments and hash are not looked at. `chain_id` counts for blocks older
// than 0.7.
vm::Result<BlockHash> block_hash(const BlockHeader& header, std::uint64_t n_transactions,
                                 const BlockCommitments& commitments, std::string_view chain_id);

// header.hash is the block's hash. Old headers without a sequencer are tried with the one that
// their network had then.
vm::Result<bool> is_block_hash_valid(const BlockHeader& header, std::uint64_t n_transactions,
                                     const BlockCommitments& commitments,
                                     std::string_view chain_id);

}  // namespace blockexecd::executor
