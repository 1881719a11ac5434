// SPDX-License-Identifier: Apache-2.0
// Absent keys read as zero, as in a trie.
#include "executor/state/in_memory_state.hpp"

#include <utility>

namespace blockexecd::executor {

namespace {

template <class Key>
Felt value_or_zero(const FlatMap<Key, Felt>& map, const Key& key) {
    const auto found = map.find(key);
    return found == map.end() ? Felt{} : found->second;
}

template <class Key>
void apply_entries(const std::map<Key, Felt>& changes, FlatMap<Key, Felt>& map) {
    for (const auto& [key, value] : changes)
        map.insert_or_assign(key, value);
}

}  // namespace

vm::Result<Felt> InMemoryState::storage_at(const ContractAddress& address, const StorageKey& key) {
    return value_or_zero(storage, StorageCell{address, key});
}

vm::Result<Nonce> InMemoryState::nonce_at(const ContractAddress& address) {
    return value_or_zero(nonces, address);
}

vm::Result<ClassHash> InMemoryState::class_hash_at(const ContractAddress& address) {
    return value_or_zero(class_hashes, address);
}

vm::Result<std::shared_ptr<const CompiledClass>> InMemoryState::compiled_class(
    const ClassHash& class_hash) {
    const auto found = classes_.find(class_hash);
    return found == classes_.end() ? nullptr : found->second;
}

vm::Result<CompiledClassHash> InMemoryState::compiled_class_hash(const ClassHash& class_hash) {
    return value_or_zero(compiled_class_hashes, class_hash);
}

void InMemoryState::add_class(const ClassHash& class_hash,
                              std::shared_ptr<const CompiledClass> compiled_class) {
    classes_.insert_or_assign(class_hash, std::move(compiled_class));
}

void InMemoryState::apply(const StateDiff& diff) {
    apply_entries(diff.storage, storage);
    apply_entries(diff.nonces, nonces);
    apply_entries(diff.deployed_contracts, class_hashes);
    apply_entries(diff.replaced_classes, class_hashes);
    apply_entries(diff.declared_classes, compiled_class_hashes);
    apply_entries(diff.migrated_compiled_classes, compiled_class_hashes);
}

}  // namespace blockexecd::executor
