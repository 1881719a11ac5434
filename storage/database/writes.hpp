// SPDX-License-Identifier: Apache-2.0
// What a block puts into the column families: import, commits and reverts add or remove exactly the
// same keys.
#pragma once

#include <rocksdb/write_batch.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "executor/types/block.hpp"
#include "storage/database/database.hpp"
#include "storage/schema/keys.hpp"
#include "storage/schema/records.hpp"

namespace blockexecd::storage {

// A felt as a history value: big-endian without leading zeros, empty for 0.
std::string history_value(const vm::Felt& value);
// Errors: corrupt, when the bytes are no felt.
Result<vm::Felt> read_history_value(std::string_view bytes);

// Calls `entry` for each history entry that a block with this diff makes, whatever the mode.
void for_each_history_entry(
    const executor::StateDiff& diff, executor::BlockNumber block,
    const std::function<void(HistoryKind, const Key&, const std::string& value)>& entry);

Result<void> put_history(rocksdb::WriteBatch& batch, const Database& database, StateMode mode,
                         const executor::StateDiff& diff, executor::BlockNumber block);
Result<void> delete_history(rocksdb::WriteBatch& batch, const Database& database, StateMode mode,
                            const executor::StateDiff& diff, executor::BlockNumber block);

// Header, transactions, receipts, state update, recorded history; for the chain's first block the
// computed history too.
Result<void> put_block(rocksdb::WriteBatch& batch, const Database& database,
                       const executor::Block& block, const executor::StateUpdate& update,
                       bool first);

// The classes that a block needs stored: those its diff declares, and those of its declare
// transactions, which execution reads even when they revert. Sorted.
struct NeededClass {
    executor::ClassHash class_hash;
    ClassForm form = ClassForm::sierra;
    friend auto operator<=>(const NeededClass&, const NeededClass&) = default;
};
std::vector<NeededClass> needed_classes(const std::vector<executor::Transaction>& transactions,
                                        const executor::StateDiff& diff);

struct ClassRecord {
    ClassForm form = ClassForm::sierra;
    std::string binary;
    std::string source;  // Cairo 0: the class's JSON; else Sierra's
    std::string casm;    // empty for Cairo 0
};
// `first_use`: the block that brought the class; reverting below it removes the class.
Result<void> put_class(rocksdb::WriteBatch& batch, const Database& database,
                       const executor::ClassHash& class_hash, const ClassRecord& record,
                       executor::BlockNumber first_use);

Result<void> put_range(rocksdb::WriteBatch& batch, const Database& database, BlockRange range);
Result<void> put_watermark(rocksdb::WriteBatch& batch, const Database& database, StateMode mode,
                           executor::BlockNumber watermark);

}  // namespace blockexecd::storage
