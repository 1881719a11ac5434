// SPDX-License-Identifier: Apache-2.0
#include "storage/database/results.hpp"

#include "storage/database/chain.hpp"
#include "storage/database/options.hpp"
#include "storage/database/status.hpp"
#include "storage/database/writes.hpp"
#include "storage/schema/codec.hpp"

namespace blockexecd::storage {

using executor::BlockNumber;

namespace {

std::string name(StateMode mode, BlockNumber block) {
    return "block " + std::to_string(block) + " (state " + std::string(state_mode_name(mode)) + ")";
}

Result<bool> is_done(const Database& database, StateMode mode, BlockNumber block) {
    BX_TRY(const auto key,
           database.get(Column::results, result_key(mode, block, ResultPart::done).slice()));
    return key.has_value();
}

// That the block is stored, to be executed, and not done.
Result<void> check_open(const Database& database, StateMode mode, BlockNumber block) {
    BX_TRY(const auto range, read_block_range(database));
    if (!range || block < range->first || block > range->last)
        return Error{ErrorCode::misuse,
                     name(mode, block) + " is not stored, so it can have no result"};
    if (block == range->first)
        return Error{ErrorCode::misuse,
                     name(mode, block) + " is the chain's first block: it is given, not executed"};
    BX_TRY(const auto done, is_done(database, mode, block));
    if (done)
        return Error{ErrorCode::misuse,
                     name(mode, block) + " is done already; reset the results to execute it again"};
    return {};
}

template <class T>
Result<std::optional<T>> read_part(const Database& database, StateMode mode, BlockNumber block,
                                   ResultPart part) {
    BX_TRY(const auto done, is_done(database, mode, block));
    if (!done)
        return std::optional<T>();
    BX_TRY(const auto bytes, database.get(Column::results, result_key(mode, block, part).slice()));
    if (!bytes)
        return Error{ErrorCode::corrupt, "results of " + name(mode, block) + " are not complete"};
    BX_TRY(auto value, decode<T>(*bytes, "results of " + name(mode, block)));
    return std::optional<T>(std::move(value));
}

BlockStatus status_of(const OutcomeRecord& outcome) {
    if (outcome.failure)
        return BlockStatus::failed;
    if (!outcome.verdict.mismatches.empty())
        return BlockStatus::mismatched;
    return outcome.verdict.excepted.empty() ? BlockStatus::matched : BlockStatus::excepted;
}

}  // namespace

Result<void> commit_block(Database& database, StateMode mode, const BlockOutcome& outcome) {
    const auto block = outcome.block;
    rocksdb::WriteBatch batch;
    const auto put = [&](Column column, const Key& key, const std::string& value) {
        return to_result(batch.Put(database.column(column), key.slice(), value));
    };
    const auto put_result = [&](ResultPart part, const std::string& value) {
        return put(Column::results, result_key(mode, block, part), value);
    };
    BX_CHECK(put_result(ResultPart::done, {}));
    BX_CHECK(put_result(ResultPart::outcome,
                        encode(OutcomeRecord{outcome.receipts.size(), outcome.verdict, {}})));
    BX_CHECK(put_result(ResultPart::receipts, encode(outcome.receipts)));
    BX_CHECK(put_result(ResultPart::state_diff, encode(outcome.state_diff)));
    BX_CHECK(put(Column::timings, timings_key(mode, block), encode(outcome.timings)));
    BX_CHECK(put(Column::access_sets, block_key(block), encode(outcome.access_sets)));
    if (mode == StateMode::computed)
        BX_CHECK(put_history(batch, database, mode, outcome.state_diff, block));

    const auto lock = database.lock_writer();
    BX_CHECK(check_open(database, mode, block));
    BX_TRY(const auto stored, read_stored_header(database, block));
    if (stored.header.hash != outcome.block_hash)
        return Error{
            ErrorCode::misuse,
            name(mode, block) + " was replaced since it was executed; its result is dropped"};
    if (stored.transactions != outcome.receipts.size())
        return Error{ErrorCode::misuse, name(mode, block) + " has " +
                                            std::to_string(stored.transactions) +
                                            " transactions, its result has " +
                                            std::to_string(outcome.receipts.size())};
    BX_TRY(const auto stored_watermark, read_watermark(database, mode));
    BX_TRY(const auto range, read_block_range(database));
    auto watermark = stored_watermark.value_or(range->first);
    if (mode == StateMode::computed && block != watermark + 1)
        return Error{ErrorCode::misuse, name(mode, block) + " cannot be committed before block " +
                                            std::to_string(watermark + 1) +
                                            ": computed state is built in order"};
    if (block == watermark + 1) {
        for (bool done = true; done;) {
            ++watermark;
            BX_TRY(done, is_done(database, mode, watermark + 1));
        }
        BX_CHECK(put_watermark(batch, database, mode, watermark));
    }
    return database.write(batch, database.settings().sync_results);
}

Result<void> commit_failure(Database& database, StateMode mode, BlockNumber block,
                            std::uint64_t transactions, const std::string& reason) {
    const auto lock = database.lock_writer();
    BX_CHECK(check_open(database, mode, block));
    rocksdb::WriteBatch batch;
    BX_CHECK(to_result(batch.Put(database.column(Column::results),
                                 result_key(mode, block, ResultPart::outcome).slice(),
                                 encode(OutcomeRecord{transactions, {}, reason}))));
    return database.write(batch, database.settings().sync_results);
}

Result<StoredOutcome> read_outcome(const Database& database, StateMode mode, BlockNumber block) {
    StoredOutcome outcome;
    BX_TRY(const auto range, read_block_range(database));
    if (!range || block < range->first || block > range->last)
        return outcome;
    BX_TRY(const auto stored, read_stored_header(database, block));
    outcome.transactions = stored.transactions;
    outcome.status = block == range->first ? BlockStatus::given : BlockStatus::pending;
    BX_TRY(const auto bytes,
           database.get(Column::results, result_key(mode, block, ResultPart::outcome).slice()));
    if (!bytes)
        return outcome;
    BX_TRY(auto record, decode<OutcomeRecord>(*bytes, "results of " + name(mode, block)));
    outcome.status = status_of(record);
    outcome.verdict = std::move(record.verdict);
    outcome.failure = std::move(record.failure).value_or("");
    return outcome;
}

Result<std::optional<std::vector<executor::Receipt>>> read_computed_receipts(
    const Database& database, StateMode mode, BlockNumber block) {
    return read_part<std::vector<executor::Receipt>>(database, mode, block, ResultPart::receipts);
}

Result<std::optional<executor::StateDiff>> read_computed_state_diff(const Database& database,
                                                                    StateMode mode,
                                                                    BlockNumber block) {
    return read_part<executor::StateDiff>(database, mode, block, ResultPart::state_diff);
}

Result<std::optional<BlockTimings>> read_timings(const Database& database, StateMode mode,
                                                 BlockNumber block) {
    BX_TRY(const auto bytes, database.get(Column::timings, timings_key(mode, block).slice()));
    if (!bytes)
        return std::optional<BlockTimings>();
    BX_TRY(auto timings, decode<BlockTimings>(*bytes, "timings of " + name(mode, block)));
    return std::optional<BlockTimings>(std::move(timings));
}

Result<std::optional<executor::BlockAccessSets>> read_access_sets(const Database& database,
                                                                  BlockNumber block) {
    BX_TRY(const auto bytes, database.get(Column::access_sets, block_key(block).slice()));
    if (!bytes)
        return std::optional<executor::BlockAccessSets>();
    BX_TRY(auto sets, decode<executor::BlockAccessSets>(
                          *bytes, "access sets of block " + std::to_string(block)));
    return std::optional<executor::BlockAccessSets>(std::move(sets));
}

Result<void> forget_access_sets(Database& database) {
    const auto lock = database.lock_writer();
    rocksdb::WriteBatch batch;
    const auto end = Key().byte(0xff);  // keys are block numbers, so below this byte
    BX_CHECK(to_result(
        batch.DeleteRange(database.column(Column::access_sets), rocksdb::Slice(), end.slice())));
    BX_CHECK(database.write(batch, false));
    return database.compact(Column::access_sets);
}

Result<std::optional<BlockNumber>> read_watermark(const Database& database, StateMode mode) {
    BX_TRY(const auto bytes,
           database.get(Column::meta, meta_key::watermark[static_cast<std::size_t>(mode)]));
    if (!bytes)
        return std::optional<BlockNumber>();
    BX_TRY(const auto number, read_number(*bytes, "watermark"));
    return std::optional<BlockNumber>(number);
}

Result<std::vector<BlockNumber>> pending_blocks(const Database& database, StateMode mode,
                                                std::size_t limit) {
    std::vector<BlockNumber> pending;
    BX_TRY(const auto range, read_block_range(database));
    if (!range)
        return pending;
    BX_TRY(const auto watermark, read_watermark(database, mode));
    for (auto block = watermark.value_or(range->first) + 1;
         block <= range->last && pending.size() < limit; ++block) {
        BX_TRY(const auto done, is_done(database, mode, block));
        if (!done)
            pending.push_back(block);
    }
    return pending;
}

Result<std::vector<BlockRange>> pending_ranges(const Database& database, StateMode mode) {
    std::vector<BlockRange> ranges;
    BX_TRY(const auto range, read_block_range(database));
    if (!range)
        return ranges;
    BX_TRY(const auto watermark, read_watermark(database, mode));
    for (auto block = watermark.value_or(range->first) + 1; block <= range->last; ++block) {
        BX_TRY(const auto done, is_done(database, mode, block));
        if (done)
            continue;
        if (!ranges.empty() && ranges.back().last + 1 == block)
            ranges.back().last = block;
        else
            ranges.push_back({block, block});
    }
    return ranges;
}

Result<ResultTotals> read_totals(const Database& database, StateMode mode) {
    ResultTotals totals;
    BX_TRY(const auto range, read_block_range(database));
    if (!range)
        return totals;
    totals.blocks = range->last - range->first + 1;
    totals.given_blocks = 1;
    for (auto block = range->first + 1; block <= range->last; ++block) {
        BX_TRY(const auto bytes,
               database.get(Column::results, result_key(mode, block, ResultPart::outcome).slice()));
        if (!bytes) {
            ++totals.pending_blocks;
            continue;
        }
        BX_TRY(const auto record, decode<OutcomeRecord>(*bytes, "results of " + name(mode, block)));
        const auto status = status_of(record);
        if (status == BlockStatus::failed) {
            ++totals.failed_blocks;
            continue;
        }
        ++(status == BlockStatus::matched    ? totals.matched_blocks
           : status == BlockStatus::excepted ? totals.excepted_blocks
                                             : totals.mismatched_blocks);
        totals.transactions += record.transactions;
        totals.matched_transactions += record.verdict.matched_transactions;
        totals.excepted_transactions += record.verdict.excepted_transactions;
        totals.skipped_transactions += record.verdict.skipped_transactions;
        totals.mismatches += record.verdict.mismatches.size();
        BX_TRY(const auto timings, read_timings(database, mode, block));
        if (timings)
            totals.executed_steps += timings->executed_steps;
    }
    return totals;
}

Result<void> reset_results(Database& database, StateMode mode) {
    const auto lock = database.lock_writer();
    BX_TRY(const auto range, read_block_range(database));
    if (!range)
        return {};
    rocksdb::WriteBatch batch;
    std::vector<Column> emptied{Column::results, Column::timings};
    const auto first = Key().byte(static_cast<std::uint8_t>(mode));
    const auto last = Key().byte(static_cast<std::uint8_t>(mode) + 1);
    for (const auto column : emptied)
        BX_CHECK(
            to_result(batch.DeleteRange(database.column(column), first.slice(), last.slice())));
    BX_CHECK(put_watermark(batch, database, mode, range->first));
    if (mode == StateMode::computed) {
        // Keys begin with a felt, so below this byte.
        const auto end = Key().byte(0xff);
        for (std::size_t kind = 0; kind < kHistoryKindCount; ++kind) {
            emptied.push_back(history_column(mode, static_cast<HistoryKind>(kind)));
            BX_CHECK(to_result(
                batch.DeleteRange(database.column(emptied.back()), rocksdb::Slice(), end.slice())));
        }
        BX_TRY(const auto given, read_state_update(database, range->first));
        BX_CHECK(put_history(batch, database, mode, given.diff, range->first));
    }
    BX_CHECK(database.write(batch, true));
    for (const auto column : emptied)
        BX_CHECK(database.compact(column));
    return {};
}

}  // namespace blockexecd::storage
