// SPDX-License-Identifier: Apache-2.0
// The stored chain: what all blocks share, the range of blocks, and each block with what the chain
// recorded about it.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "executor/types/block.hpp"
#include "storage/database/database.hpp"
#include "storage/schema/keys.hpp"
#include "storage/schema/records.hpp"

namespace blockexecd::storage {

// Nothing while no archive was imported.
Result<std::optional<executor::ChainInfo>> read_chain_info(const Database& database);
Result<std::optional<BlockRange>> read_block_range(const Database& database);

// Errors: not_found (names the stored range), corrupt.
Result<executor::BlockHeader> read_header(const Database& database, executor::BlockNumber number);
Result<executor::Block> read_block(const Database& database, executor::BlockNumber number);
Result<executor::StateUpdate> read_state_update(const Database& database,
                                                executor::BlockNumber number);
Result<std::optional<executor::BlockNumber>> find_block(const Database& database,
                                                        const executor::BlockHash& hash);

// What BlockInput::old_block_hash of block `number` is: number and hash of block number-10; nothing
// below block 10.
Result<std::optional<std::pair<executor::BlockNumber, executor::BlockHash>>> read_old_block_hash(
    const Database& database, executor::BlockNumber number);

// The same with the number of transactions, without reading them.
Result<StoredHeader> read_stored_header(const Database& database, executor::BlockNumber number);

// The compact binary class; nothing when it is not stored.
Result<std::optional<std::string>> read_class_binary(const Database& database,
                                                     const executor::ClassHash& class_hash);

// A class's JSON file as it was imported; nothing when it is not stored.
Result<std::optional<std::string>> read_class_source(const Database& database,
                                                     const executor::ClassHash& class_hash,
                                                     SourcePart part);

// Reorganisation: removes every block after `number`, its histories, results and timings of both
// modes, in one write. Returns how many blocks were removed. Errors: not_found when `number` is not
// stored.
Result<std::uint64_t> revert_to_block(Database& database, executor::BlockNumber number);

}  // namespace blockexecd::storage
