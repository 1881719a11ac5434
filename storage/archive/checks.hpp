// SPDX-License-Identifier: Apache-2.0
// What must hold between the parts of an archive, beyond the form of each file.
#pragma once

#include <string>

#include "executor/types/block.hpp"
#include "storage/schema/error.hpp"

namespace blockexecd::storage {

// A block with its state update, and the names that errors call their files.
struct ArchivedBlock {
    executor::Block block;
    executor::StateUpdate update;
    std::string block_file;
    std::string update_file;
};

// The block follows `previous` (null for a chain's first block), and block and state update are of
// each other.
Result<void> check_links(const ArchivedBlock& archived, const executor::BlockHeader* previous);

// Transaction hashes, commitments, block hash and state root are those of the content, as far as
// the block's version defines them. `synthetic_block_hashes`: the block hashes are made up, and
// there are no commitments.
Result<void> check_hashes(const ArchivedBlock& archived, const executor::ChainInfo& chain);

}  // namespace blockexecd::storage
