// SPDX-License-Identifier: Apache-2.0
// One block in the reference's offline form (blockifier_reexecution): every value of the state that
// it reads, its classes and transactions, and what the chain recorded that it changed. Classes are
// there as Sierra alone; their CASM lies beside the file.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "executor/state/in_memory_state.hpp"
#include "executor/types/block.hpp"
#include "storage/schema/error.hpp"

namespace blockexecd::storage {

struct ReexecutionData {
    executor::ChainInfo chain;
    executor::Block block;  // without receipts, hashes and commitments
    std::optional<std::pair<executor::BlockNumber, executor::BlockHash>> old_block_hash;
    executor::InMemoryState before;
    std::map<executor::ClassHash, std::shared_ptr<const executor::CompiledClass>> declared_classes;
    // Nothing where the file's is empty. Declarations of Cairo 0 classes are not in it.
    std::optional<executor::StateDiff> recorded;
};

// `casm_folder`: HASH.json or HASH.casm.json of each class. The class hashes are checked, but
// for a Sierra class whose ABI is not the text that was hashed. Errors: archive_invalid, with file,
// JSON path and reason.
Result<ReexecutionData> read_reexecution_data(const std::filesystem::path& file,
                                              const std::filesystem::path& casm_folder);

}  // namespace blockexecd::storage
