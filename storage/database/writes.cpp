// SPDX-License-Identifier: Apache-2.0
#include "storage/database/writes.hpp"

#include <algorithm>

#include "storage/database/status.hpp"
#include "storage/schema/codec.hpp"

namespace blockexecd::storage {

using executor::BlockNumber;
using executor::StateDiff;

std::string history_value(const vm::Felt& value) {
    const auto key = felt_key(value);
    const auto bytes = key.slice().ToStringView();
    return std::string(bytes.substr(std::min(bytes.find_first_not_of('\0'), bytes.size())));
}

Result<vm::Felt> read_history_value(std::string_view bytes) {
    vm::Felt::Limbs limbs{};
    bool valid = bytes.size() <= 32 && (bytes.empty() || bytes.front() != '\0');
    for (std::size_t i = 0; valid && i < bytes.size(); ++i) {
        const auto place = bytes.size() - 1 - i;
        limbs[place / 8] |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(bytes[i]))
                            << (8 * (place % 8));
    }
    valid =
        valid && std::lexicographical_compare(limbs.rbegin(), limbs.rend(),
                                              vm::Felt::kPrime.rbegin(), vm::Felt::kPrime.rend());
    if (!valid)
        return Error{ErrorCode::corrupt, "a stored history value is no felt (" +
                                             std::to_string(bytes.size()) + " bytes)"};
    return vm::Felt::from_canonical(limbs);
}

void for_each_history_entry(
    const StateDiff& diff, BlockNumber block,
    const std::function<void(HistoryKind, const Key&, const std::string&)>& entry) {
    for (const auto& [cell, value] : diff.storage)
        entry(HistoryKind::storage, storage_history_key(cell, block), history_value(value));
    const auto each = [&](HistoryKind kind, const std::map<vm::Felt, vm::Felt>& values) {
        for (const auto& [subject, value] : values)
            entry(kind, history_key(subject, block), history_value(value));
    };
    each(HistoryKind::nonces, diff.nonces);
    each(HistoryKind::class_hashes, diff.deployed_contracts);
    each(HistoryKind::class_hashes, diff.replaced_classes);
    each(HistoryKind::compiled_class_hashes, diff.declared_classes);
    each(HistoryKind::compiled_class_hashes, diff.migrated_compiled_classes);
    for (const auto& [class_hash, compiled] : diff.declared_classes)
        entry(HistoryKind::declarations, history_key(class_hash, block),
              encode(DeclarationRecord{ClassForm::sierra}));
    for (const auto& class_hash : diff.deprecated_declared_classes)
        entry(HistoryKind::declarations, history_key(class_hash, block),
              encode(DeclarationRecord{ClassForm::cairo0}));
}

Result<void> put_history(rocksdb::WriteBatch& batch, const Database& database, StateMode mode,
                         const StateDiff& diff, BlockNumber block) {
    rocksdb::Status status;
    for_each_history_entry(
        diff, block, [&](HistoryKind kind, const Key& key, const std::string& value) {
            if (status.ok())
                status = batch.Put(database.column(history_column(mode, kind)), key.slice(), value);
        });
    return to_result(status);
}

Result<void> delete_history(rocksdb::WriteBatch& batch, const Database& database, StateMode mode,
                            const StateDiff& diff, BlockNumber block) {
    rocksdb::Status status;
    for_each_history_entry(diff, block, [&](HistoryKind kind, const Key& key, const std::string&) {
        if (status.ok())
            status = batch.Delete(database.column(history_column(mode, kind)), key.slice());
    });
    return to_result(status);
}

Result<void> put_block(rocksdb::WriteBatch& batch, const Database& database,
                       const executor::Block& block, const executor::StateUpdate& update,
                       bool first) {
    const auto number = block.header.number;
    const auto key = block_key(number);
    const auto put = [&](Column column, const Key& at, const std::string& value) {
        return to_result(batch.Put(database.column(column), at.slice(), value));
    };
    BX_CHECK(
        put(Column::headers, key, encode(StoredHeader{block.header, block.transactions.size()})));
    BX_CHECK(put(Column::transactions, key, encode(block.transactions)));
    BX_CHECK(put(Column::receipts, key, encode(block.receipts)));
    BX_CHECK(put(Column::state_updates, key, encode(update)));
    BX_CHECK(put(Column::blocks_by_hash, felt_key(block.header.hash),
                 std::string(key.slice().ToStringView())));
    BX_CHECK(put_history(batch, database, StateMode::recorded, update.diff, number));
    if (first)
        BX_CHECK(put_history(batch, database, StateMode::computed, update.diff, number));
    return {};
}

std::vector<NeededClass> needed_classes(const std::vector<executor::Transaction>& transactions,
                                        const StateDiff& diff) {
    std::vector<NeededClass> classes;
    for (const auto& [class_hash, compiled] : diff.declared_classes)
        classes.push_back({class_hash, ClassForm::sierra});
    for (const auto& class_hash : diff.deprecated_declared_classes)
        classes.push_back({class_hash, ClassForm::cairo0});
    for (const auto& transaction : transactions)
        if (transaction.type == executor::TransactionType::declare)
            classes.push_back({transaction.class_hash,
                               transaction.version < 2 ? ClassForm::cairo0 : ClassForm::sierra});
    std::sort(classes.begin(), classes.end());
    classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
    return classes;
}

Result<void> put_class(rocksdb::WriteBatch& batch, const Database& database,
                       const executor::ClassHash& class_hash, const ClassRecord& record,
                       BlockNumber first_use) {
    const auto put_source = [&](SourcePart part, const rocksdb::Slice& value) {
        return to_result(batch.Put(database.column(Column::class_sources),
                                   class_source_key(class_hash, part).slice(), value));
    };
    BX_CHECK(to_result(
        batch.Put(database.column(Column::classes), felt_key(class_hash).slice(), record.binary)));
    BX_CHECK(put_source(SourcePart::first_use, block_key(first_use).slice()));
    if (record.form == ClassForm::cairo0)
        return put_source(SourcePart::cairo0, record.source);
    BX_CHECK(put_source(SourcePart::sierra, record.source));
    return put_source(SourcePart::casm, record.casm);
}

Result<void> put_range(rocksdb::WriteBatch& batch, const Database& database, BlockRange range) {
    return to_result(batch.Put(database.column(Column::meta), meta_key::range, encode(range)));
}

Result<void> put_watermark(rocksdb::WriteBatch& batch, const Database& database, StateMode mode,
                           BlockNumber watermark) {
    return to_result(batch.Put(database.column(Column::meta),
                               meta_key::watermark[static_cast<std::size_t>(mode)],
                               block_key(watermark).slice()));
}

}  // namespace blockexecd::storage
