// SPDX-License-Identifier: Apache-2.0
// A block on its way from storage to result: what is read of it, and what came out. Failures travel
// with the block, so that each block ends in exactly one of matched, mismatched, failed.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "executor/blocks/block_executor.hpp"
#include "executor/types/verdict.hpp"
#include "storage/database/database.hpp"
#include "storage/database/results.hpp"

namespace blockexecd::daemon {

struct BlockToExecute {
    executor::BlockNumber number = 0;
    executor::Block block;
    executor::StateUpdate update;
    std::optional<std::pair<executor::BlockNumber, executor::BlockHash>> old_block_hash;
    bool on_all_vms = false;  // else on the one that begins it
    // What the block's last run read and wrote; only for all VMs.
    std::optional<executor::BlockAccessSets> learned;
    std::string failure;  // why it could not be read; empty: it was
};

// Of a block that mismatches: whether a second execution with nothing cached gives the same result.
enum class Control : std::uint8_t { not_run, same, differs };

struct ExecutedBlock {
    storage::BlockOutcome outcome;
    std::string starknet_version;
    std::uint64_t transactions = 0;
    Control control = Control::not_run;
    std::string failure;  // why it was not executed; empty: it was
};

// Which blocks all VMs execute together.
struct ParallelBlocks {
    bool all = false;
    std::uint64_t from_transactions = 0;  // those with at least so many; 0: none for their size

    [[nodiscard]] bool contains(std::size_t transactions) const {
        return all || (from_transactions != 0 && transactions >= from_transactions);
    }
};

BlockToExecute read_block_to_execute(const storage::Database& database,
                                     executor::BlockNumber number, const ParallelBlocks& parallel);

}  // namespace blockexecd::daemon
