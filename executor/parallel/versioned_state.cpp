// SPDX-License-Identifier: Apache-2.0
#include "executor/parallel/versioned_state.hpp"

#include <string>
#include <utility>

namespace blockexecd::executor {

namespace {

template <class Map, class Writes>
bool publish(Map& map, TransactionIndex writer, const Writes& writes, const Writes& previous) {
    bool wrote_new_cell = false;
    for (const auto& [key, value] : writes)
        wrote_new_cell |= map.write(key, writer, value);
    for (const auto& [key, value] : previous)
        if (!writes.contains(key))
            map.erase(key, writer);
    return wrote_new_cell;
}

template <class Map, class Writes>
void mark(Map& map, TransactionIndex writer, const Writes& writes) {
    for (const auto& [key, value] : writes)
        map.mark_estimate(key, writer);
}

template <class Reads, class Read>
vm::Result<bool> all_equal(const Reads& reads, Read&& read_now) {
    for (const auto& [key, value] : reads) {
        BX_TRY(const auto now, read_now(key));
        if (!(now == value))
            return false;
    }
    return true;
}

}  // namespace

bool publish_writes(VersionedState& state, TransactionIndex writer, const StateMaps& writes,
                    const DeclaredClasses& classes, const StateMaps& previous,
                    const DeclaredClasses& previous_classes) {
    // Not short-circuited: every map is published.
    bool wrote_new_cell = publish(state.nonces, writer, writes.nonces, previous.nonces);
    wrote_new_cell |=
        publish(state.class_hashes, writer, writes.class_hashes, previous.class_hashes);
    wrote_new_cell |= publish(state.storage, writer, writes.storage, previous.storage);
    wrote_new_cell |= publish(state.compiled_class_hashes, writer, writes.compiled_class_hashes,
                              previous.compiled_class_hashes);
    wrote_new_cell |= publish(state.classes, writer, classes, previous_classes);
    return wrote_new_cell;
}

void mark_estimates(VersionedState& state, TransactionIndex writer, const StateMaps& writes,
                    const DeclaredClasses& classes) {
    mark(state.nonces, writer, writes.nonces);
    mark(state.class_hashes, writer, writes.class_hashes);
    mark(state.storage, writer, writes.storage);
    mark(state.compiled_class_hashes, writer, writes.compiled_class_hashes);
    mark(state.classes, writer, classes);
}

template <class Key, class Value, class Base>
vm::Result<Value> VersionedView::read(MultiVersionMap<Key, Value>& map, const Key& key,
                                      Base&& read_base) {
    using Kind = typename MultiVersionMap<Key, Value>::Read::Kind;
    auto found = map.read(key, reader_);
    if (found.kind == Kind::value)
        return std::move(found.value);
    if (found.kind == Kind::estimate) {
        if (!blocked_on_)
            blocked_on_ = found.writer;
        return vm::Error(vm::ErrorKind::host, "Waiting for transaction " +
                                                  std::to_string(found.writer) + " of the block.");
    }
    vm::Result<Value> value = read_base();
    if (value.has_error()) {
        if (!fault_)
            fault_ = value.error();
        return value;
    }
    map.set_base(key, *value);
    return value;
}

vm::Result<Felt> VersionedView::storage_at(const ContractAddress& address, const StorageKey& key) {
    return read(state_->storage, StorageCell{address, key},
                [&] { return base_->storage_at(address, key); });
}
vm::Result<Nonce> VersionedView::nonce_at(const ContractAddress& address) {
    return read(state_->nonces, address, [&] { return base_->nonce_at(address); });
}
vm::Result<ClassHash> VersionedView::class_hash_at(const ContractAddress& address) {
    return read(state_->class_hashes, address, [&] { return base_->class_hash_at(address); });
}
vm::Result<std::shared_ptr<const CompiledClass>> VersionedView::compiled_class(
    const ClassHash& class_hash) {
    return read(state_->classes, class_hash, [&] { return base_->compiled_class(class_hash); });
}
vm::Result<CompiledClassHash> VersionedView::compiled_class_hash(const ClassHash& class_hash) {
    return read(state_->compiled_class_hashes, class_hash,
                [&] { return base_->compiled_class_hash(class_hash); });
}

vm::Result<bool> reads_are_current(VersionedView& view, const StateMaps& reads) {
    BX_TRY(const bool storage, all_equal(reads.storage, [&](const StorageCell& cell) {
               return view.storage_at(cell.address, cell.key);
           }));
    if (!storage)
        return false;
    BX_TRY(const bool nonces, all_equal(reads.nonces, [&](const ContractAddress& address) {
               return view.nonce_at(address);
           }));
    if (!nonces)
        return false;
    BX_TRY(const bool class_hashes,
           all_equal(reads.class_hashes,
                     [&](const ContractAddress& address) { return view.class_hash_at(address); }));
    if (!class_hashes)
        return false;
    BX_TRY(const bool compiled,
           all_equal(reads.compiled_class_hashes, [&](const ClassHash& class_hash) {
               return view.compiled_class_hash(class_hash);
           }));
    if (!compiled)
        return false;
    return all_equal(reads.declared_contracts,
                     [&](const ClassHash& class_hash) -> vm::Result<bool> {
                         BX_TRY(const auto compiled_class, view.compiled_class(class_hash));
                         return compiled_class != nullptr;
                     });
}

}  // namespace blockexecd::executor
