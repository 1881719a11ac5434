// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/block_setup.hpp"
#include "executor/constants/versioned_constants.hpp"

namespace blockexecd::executor {

vm::Result<void> write_old_block_hash(
    CachedState& state, const BlockContext& block,
    const std::optional<std::pair<BlockNumber, BlockHash>>& old_block_hash) {
    if (old_block_hash)
        state.set_storage_at(block.constants->os_constants.block_hash_contract_address,
                             Felt(old_block_hash->first), old_block_hash->second);
    else if (block.block_number >= kStoredBlockHashBuffer)
        return vm::Error(vm::ErrorKind::host,
                         "A block hash must be provided for block number > 10.");
    return {};
}

}  // namespace blockexecd::executor
