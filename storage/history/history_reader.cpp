// SPDX-License-Identifier: Apache-2.0
#include "storage/history/history_reader.hpp"

#include "storage/database/chain.hpp"
#include "storage/database/options.hpp"
#include "storage/database/writes.hpp"
#include "storage/schema/keys.hpp"

namespace blockexecd::storage {

namespace {

vm::Error unreadable(HistoryKind kind, StateMode mode, const std::string& reason) {
    return {vm::ErrorKind::host, "history " + std::string(column_name(history_column(mode, kind))) +
                                     " cannot be read: " + reason};
}

}  // namespace

HistoryReader::HistoryReader(std::shared_ptr<const Database> database, StateMode mode,
                             executor::BlockNumber block, ClassLoader classes)
    : database_(std::move(database)),
      mode_(mode),
      block_(block),
      classes_(std::move(classes)),
      version_(database_->history_version()) {}

HistoryReader::~HistoryReader() = default;

vm::Result<void> HistoryReader::move_to(executor::BlockNumber block) {
    block_ = block;
    const auto version = database_->history_version();
    if (version == version_)
        return {};
    version_ = version;
    for (std::size_t kind = 0; kind < kHistoryKindCount; ++kind)
        if (iterators_[kind])
            if (const auto status = iterators_[kind]->Refresh(); !status.ok())
                return unreadable(static_cast<HistoryKind>(kind), mode_, status.ToString());
    return {};
}

// Nothing when no earlier block wrote under `prefix`. The bytes are the iterator's, good until its
// next move.
vm::Result<std::optional<rocksdb::Slice>> HistoryReader::newest(HistoryKind kind,
                                                                const Key& prefix) {
    if (block_ == 0)
        return std::optional<rocksdb::Slice>();
    auto& entries = iterators_[static_cast<std::size_t>(kind)];
    if (!entries)
        entries.reset(database_->rocks().NewIterator(
            history_read_options(), database_->column(history_column(mode_, kind))));
    auto key = prefix;
    entries->Seek(key.number(~(block_ - 1)).slice());
    if (!entries->Valid()) {
        if (const auto status = entries->status(); !status.ok())
            return unreadable(kind, mode_, status.ToString());
        return std::optional<rocksdb::Slice>();
    }
    // prefix_same_as_start promises no more than that other prefixes may be left out.
    if (!entries->key().starts_with(prefix.slice()))
        return std::optional<rocksdb::Slice>();
    return std::optional(entries->value());
}

vm::Result<executor::Felt> HistoryReader::newest_felt(HistoryKind kind, const Key& prefix) {
    BX_TRY(const auto bytes, newest(kind, prefix));
    if (!bytes)
        return executor::Felt();
    const auto value = read_history_value(bytes->ToStringView());
    if (!value)
        return unreadable(kind, mode_, value.error().message);
    return *value;
}

vm::Result<executor::Felt> HistoryReader::storage_at(const executor::ContractAddress& address,
                                                     const executor::StorageKey& key) {
    return newest_felt(HistoryKind::storage, Key().felt(address).felt(key));
}

vm::Result<executor::Nonce> HistoryReader::nonce_at(const executor::ContractAddress& address) {
    return newest_felt(HistoryKind::nonces, felt_key(address));
}

vm::Result<executor::ClassHash> HistoryReader::class_hash_at(
    const executor::ContractAddress& address) {
    return newest_felt(HistoryKind::class_hashes, felt_key(address));
}

vm::Result<std::shared_ptr<const executor::CompiledClass>> HistoryReader::compiled_class(
    const executor::ClassHash& class_hash) {
    BX_TRY(const auto declared, newest(HistoryKind::declarations, felt_key(class_hash)));
    if (!declared)
        return std::shared_ptr<const executor::CompiledClass>();
    return classes_(class_hash);
}

vm::Result<executor::CompiledClassHash> HistoryReader::compiled_class_hash(
    const executor::ClassHash& class_hash) {
    return newest_felt(HistoryKind::compiled_class_hashes, felt_key(class_hash));
}

}  // namespace blockexecd::storage
