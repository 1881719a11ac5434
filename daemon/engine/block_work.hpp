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

BlockToExecute read_block_to_execute(const storage::Database& database,
                                     executor::BlockNumber number);

}  // namespace blockexecd::daemon
