// SPDX-License-Identifier: Apache-2.0
#include "daemon/engine/block_work.hpp"

#include "storage/database/chain.hpp"
#include "storage/database/results.hpp"

namespace blockexecd::daemon {

BlockToExecute read_block_to_execute(const storage::Database& database,
                                     executor::BlockNumber number, const ParallelBlocks& parallel) {
    BlockToExecute work;
    work.number = number;
    auto block = storage::read_block(database, number);
    auto update = storage::read_state_update(database, number);
    auto old_block_hash = storage::read_old_block_hash(database, number);
    if (block.has_error())
        work.failure = block.error().message;
    else if (update.has_error())
        work.failure = update.error().message;
    else if (old_block_hash.has_error())
        work.failure = old_block_hash.error().message;
    if (!work.failure.empty())
        return work;
    work.block = *std::move(block);
    work.update = *std::move(update);
    work.old_block_hash = *old_block_hash;
    work.on_all_vms = parallel.contains(work.block.transactions.size());
    if (work.on_all_vms)
        if (auto learned = storage::read_access_sets(database, number); learned.has_value())
            work.learned = *std::move(learned);  // a hint: what cannot be read is not needed
    return work;
}

}  // namespace blockexecd::daemon
