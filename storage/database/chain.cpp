// SPDX-License-Identifier: Apache-2.0
#include "storage/database/chain.hpp"

#include "storage/schema/codec.hpp"
#include "storage/schema/keys.hpp"

namespace blockexecd::storage {

using executor::BlockNumber;

namespace {

template <class T>
Result<std::optional<T>> read_meta(const Database& database, std::string_view key,
                                   std::string_view what) {
    BX_TRY(const auto bytes, database.get(Column::meta, key));
    if (!bytes)
        return std::optional<T>();
    BX_TRY(auto value, decode<T>(*bytes, what));
    return std::optional<T>(std::move(value));
}

Error not_stored(const Database& database, BlockNumber number) {
    std::string stored = "no block is";
    if (const auto range = read_block_range(database); range && *range)
        stored = "blocks " + std::to_string((*range)->first) + " to " +
                 std::to_string((*range)->last) + " are";
    return {ErrorCode::not_found,
            "block " + std::to_string(number) + " is not stored (" + stored + ")"};
}

template <class T>
Result<T> read_at(const Database& database, Column column, BlockNumber number) {
    BX_TRY(const auto bytes, database.get(column, block_key(number).slice()));
    if (!bytes)
        return not_stored(database, number);
    return decode<T>(*bytes,
                     std::string(column_name(column)) + " of block " + std::to_string(number));
}

}  // namespace

Result<std::optional<executor::ChainInfo>> read_chain_info(const Database& database) {
    return read_meta<executor::ChainInfo>(database, meta_key::chain, "chain");
}

Result<std::optional<BlockRange>> read_block_range(const Database& database) {
    return read_meta<BlockRange>(database, meta_key::range, "range of blocks");
}

Result<StoredHeader> read_stored_header(const Database& database, BlockNumber number) {
    return read_at<StoredHeader>(database, Column::headers, number);
}

Result<executor::BlockHeader> read_header(const Database& database, BlockNumber number) {
    BX_TRY(auto stored, read_stored_header(database, number));
    return std::move(stored.header);
}

Result<executor::Block> read_block(const Database& database, BlockNumber number) {
    executor::Block block;
    BX_TRY(block.header, read_header(database, number));
    BX_TRY(block.transactions,
           read_at<std::vector<executor::Transaction>>(database, Column::transactions, number));
    BX_TRY(block.receipts,
           read_at<std::vector<executor::Receipt>>(database, Column::receipts, number));
    return block;
}

Result<executor::StateUpdate> read_state_update(const Database& database, BlockNumber number) {
    return read_at<executor::StateUpdate>(database, Column::state_updates, number);
}

Result<std::optional<BlockNumber>> find_block(const Database& database,
                                              const executor::BlockHash& hash) {
    BX_TRY(const auto bytes, database.get(Column::blocks_by_hash, felt_key(hash).slice()));
    if (!bytes)
        return std::optional<BlockNumber>();
    BX_TRY(const auto number, read_number(*bytes, "number of a block"));
    return std::optional<BlockNumber>(number);
}

Result<std::optional<std::pair<BlockNumber, executor::BlockHash>>> read_old_block_hash(
    const Database& database, BlockNumber number) {
    constexpr BlockNumber kDistance = 10;
    if (number < kDistance)
        return std::optional<std::pair<BlockNumber, executor::BlockHash>>();
    BX_TRY(const auto header, read_header(database, number - kDistance));
    return std::optional(std::pair(header.number, header.hash));
}

Result<std::optional<std::string>> read_class_binary(const Database& database,
                                                     const executor::ClassHash& class_hash) {
    return database.get(Column::classes, felt_key(class_hash).slice());
}

Result<std::optional<std::string>> read_class_source(const Database& database,
                                                     const executor::ClassHash& class_hash,
                                                     SourcePart part) {
    return database.get(Column::class_sources, class_source_key(class_hash, part).slice());
}

}  // namespace blockexecd::storage
