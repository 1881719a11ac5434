// SPDX-License-Identifier: Apache-2.0
// Reorganisation: what the removed blocks put is taken out again, so that the content is that of a
// database that never had them.
#include <algorithm>

#include "storage/database/chain.hpp"
#include "storage/database/results.hpp"
#include "storage/database/status.hpp"
#include "storage/database/writes.hpp"

namespace blockexecd::storage {

using executor::BlockNumber;

namespace {

Result<void> delete_block(rocksdb::WriteBatch& batch, const Database& database, BlockNumber number,
                          BlockNumber kept) {
    BX_TRY(const auto block, read_block(database, number));
    BX_TRY(const auto update, read_state_update(database, number));
    const auto remove = [&](Column column, const Key& key) {
        return to_result(batch.Delete(database.column(column), key.slice()));
    };
    for (const auto column :
         {Column::headers, Column::transactions, Column::receipts, Column::state_updates})
        BX_CHECK(remove(column, block_key(number)));
    BX_CHECK(remove(Column::access_sets, block_key(number)));
    BX_CHECK(remove(Column::blocks_by_hash, felt_key(block.header.hash)));
    BX_CHECK(delete_history(batch, database, StateMode::recorded, update.diff, number));
    for (const auto& needed : needed_classes(block.transactions, update.diff)) {
        BX_TRY(const auto bytes,
               read_class_source(database, needed.class_hash, SourcePart::first_use));
        if (!bytes)
            continue;
        BX_TRY(const auto first_use, read_number(*bytes, "first use of a class"));
        if (first_use <= kept)
            continue;
        BX_CHECK(remove(Column::classes, felt_key(needed.class_hash)));
        for (const auto part :
             {SourcePart::first_use, SourcePart::cairo0, SourcePart::sierra, SourcePart::casm})
            BX_CHECK(remove(Column::class_sources, class_source_key(needed.class_hash, part)));
    }
    for (const auto mode : {StateMode::recorded, StateMode::computed}) {
        if (mode == StateMode::computed) {
            BX_TRY(const auto computed, read_computed_state_diff(database, mode, number));
            if (computed)
                BX_CHECK(delete_history(batch, database, mode, *computed, number));
        }
        for (const auto part :
             {ResultPart::done, ResultPart::outcome, ResultPart::receipts, ResultPart::state_diff})
            BX_CHECK(remove(Column::results, result_key(mode, number, part)));
        BX_CHECK(remove(Column::timings, timings_key(mode, number)));
    }
    return {};
}

}  // namespace

Result<std::uint64_t> revert_to_block(Database& database, BlockNumber number) {
    const auto lock = database.lock_writer();
    BX_TRY(const auto range, read_block_range(database));
    BX_CHECK(read_stored_header(database, number));  // names what is stored, if this block is not
    rocksdb::WriteBatch batch;
    for (auto removed = range->last; removed > number; --removed)
        BX_CHECK(delete_block(batch, database, removed, number));
    for (const auto mode : {StateMode::recorded, StateMode::computed}) {
        BX_TRY(const auto watermark, read_watermark(database, mode));
        if (watermark && *watermark > number)
            BX_CHECK(put_watermark(batch, database, mode, number));
    }
    BX_CHECK(put_range(batch, database, {range->first, number}));
    if (range->last > number)
        BX_CHECK(database.write(batch, true));
    return range->last - number;
}

}  // namespace blockexecd::storage
