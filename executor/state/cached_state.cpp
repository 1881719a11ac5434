// SPDX-License-Identifier: Apache-2.0
// Reads fall through to the reader once; writes stay here until they are committed.
#include "executor/state/cached_state.hpp"

#include <utility>

namespace blockexecd::executor {

namespace {

// The value of a key, read by `read` and remembered when it is not there yet.
template <class Key, class Value, class Read>
vm::Result<Value> current_value(CachedMap<Key, Value>& map, const Key& key, Read&& read) {
    if (const auto* entry = map.find(key); entry != nullptr && entry->has_value())
        return entry->current();
    BX_TRY(const Value value, read());
    map.set_initial(key, value);
    return value;
}

template <class Key, class Value>
void commit_map(const CachedMap<Key, Value>& from, CachedMap<Key, Value>& to) {
    for (const auto& [key, entry] : from)
        if (entry.has_written)
            to.write(key, entry.written);
}

// The writes that change the value. Cells never read count as zero before, as the reference's
// lenient subtraction does; storage cells have been read by then, and the flow reads the others
// before it writes them.
template <class Key, class Value>
void changed_entries(const CachedMap<Key, Value>& map, FlatMap<Key, Value>& changes) {
    for (const auto& [key, entry] : map)
        if (entry.has_written && !(entry.has_initial && entry.initial == entry.written))
            changes.insert_or_assign(key, entry.written);
}

template <class Key, class Value>
void initial_entries(const CachedMap<Key, Value>& map, FlatMap<Key, Value>& values) {
    for (const auto& [key, entry] : map)
        if (entry.has_initial)
            values.emplace(key, entry.initial);
}

template <class Key, class Value>
void written_entries(const CachedMap<Key, Value>& map, FlatMap<Key, Value>& values) {
    for (const auto& [key, entry] : map)
        if (entry.has_written)
            values.emplace(key, entry.written);
}

// The first stage's reads win, and the last stage's writes.
template <class Key, class Value>
void squash_map(const CachedMap<Key, Value>& stage, CachedMap<Key, Value>& squashed) {
    for (const auto& [key, entry] : stage) {
        if (entry.has_initial) {
            const auto* known = squashed.find(key);
            if (known == nullptr || !known->has_initial)
                squashed.set_initial(key, entry.initial);
        }
        if (entry.has_written)
            squashed.write(key, entry.written);
    }
}

}  // namespace

void CachedState::reset(StateReader* reader) {
    reader_ = reader;
    nonces_.clear();
    class_hashes_.clear();
    storage_.clear();
    compiled_class_hashes_.clear();
    declared_contracts_.clear();
    classes_.clear();
}

vm::Result<Felt> CachedState::storage_at(const ContractAddress& address, const StorageKey& key) {
    return current_value(storage_, StorageCell{address, key},
                         [&] { return reader_->storage_at(address, key); });
}

vm::Result<Nonce> CachedState::nonce_at(const ContractAddress& address) {
    return current_value(nonces_, address, [&] { return reader_->nonce_at(address); });
}

vm::Result<ClassHash> CachedState::class_hash_at(const ContractAddress& address) {
    return current_value(class_hashes_, address, [&] { return reader_->class_hash_at(address); });
}

vm::Result<std::shared_ptr<const CompiledClass>> CachedState::compiled_class(
    const ClassHash& class_hash) {
    if (const auto found = classes_.find(class_hash); found != classes_.end())
        return found->second;
    BX_TRY(auto compiled_class, reader_->compiled_class(class_hash));
    declared_contracts_.set_initial(class_hash, compiled_class != nullptr);
    if (compiled_class == nullptr)
        compiled_class_hashes_.set_initial(class_hash, CompiledClassHash{});
    else
        classes_.emplace(class_hash, compiled_class);
    return compiled_class;
}

vm::Result<CompiledClassHash> CachedState::compiled_class_hash(const ClassHash& class_hash) {
    return current_value(compiled_class_hashes_, class_hash,
                         [&] { return reader_->compiled_class_hash(class_hash); });
}

void CachedState::set_storage_at(const ContractAddress& address, const StorageKey& key,
                                 const Felt& value) {
    storage_.write({address, key}, value);
}

vm::Result<void> CachedState::increment_nonce(const ContractAddress& address) {
    BX_TRY(const Nonce nonce, nonce_at(address));
    nonces_.write(address, nonce + Felt(1));
    return {};
}

void CachedState::set_nonce_at(const ContractAddress& address, const Nonce& nonce) {
    nonces_.write(address, nonce);
}

vm::Result<void> CachedState::set_class_hash_at(const ContractAddress& address,
                                                const ClassHash& class_hash) {
    if (address.is_zero())
        return vm::Error(vm::ErrorKind::syscall, "Cannot deploy contract at address 0.");
    class_hashes_.write(address, class_hash);
    return {};
}

void CachedState::set_compiled_class(const ClassHash& class_hash,
                                     std::shared_ptr<const CompiledClass> compiled_class) {
    classes_.insert_or_assign(class_hash, std::move(compiled_class));
    declared_contracts_.write(class_hash, true);
}

void CachedState::set_compiled_class_hash(const ClassHash& class_hash,
                                          const CompiledClassHash& compiled_class_hash) {
    compiled_class_hashes_.write(class_hash, compiled_class_hash);
}

void CachedState::commit_to(CachedState& parent) const {
    commit_map(nonces_, parent.nonces_);
    commit_map(class_hashes_, parent.class_hashes_);
    commit_map(storage_, parent.storage_);
    commit_map(compiled_class_hashes_, parent.compiled_class_hashes_);
    commit_map(declared_contracts_, parent.declared_contracts_);
    for (const auto& [class_hash, entry] : declared_contracts_)
        if (entry.has_written)
            parent.classes_.insert_or_assign(class_hash, classes_.at(class_hash));
}

vm::Result<void> CachedState::read_write_only_cells() {
    for (const auto& [cell, entry] : storage_)
        if (!entry.has_initial) {
            BX_TRY(const Felt value, reader_->storage_at(cell.address, cell.key));
            storage_.set_initial(cell, value);  // the key is there: no entry moves
        }
    return {};
}

vm::Result<StateChanges> CachedState::state_changes() {
    BX_CHECK(read_write_only_cells());
    StateChanges changes;
    changed_entries(nonces_, changes.maps.nonces);
    changed_entries(class_hashes_, changes.maps.class_hashes);
    changed_entries(storage_, changes.maps.storage);
    changed_entries(compiled_class_hashes_, changes.maps.compiled_class_hashes);
    changed_entries(declared_contracts_, changes.maps.declared_contracts);
    for (const auto& [cell, value] : changes.maps.storage)
        if (storage_.find(cell)->initial.is_zero())
            changes.allocated_keys.insert(cell);
    return changes;
}

StateMaps CachedState::initial_reads() const {
    StateMaps maps;
    initial_entries(nonces_, maps.nonces);
    initial_entries(class_hashes_, maps.class_hashes);
    initial_entries(storage_, maps.storage);
    initial_entries(compiled_class_hashes_, maps.compiled_class_hashes);
    initial_entries(declared_contracts_, maps.declared_contracts);
    return maps;
}

StateMaps CachedState::writes() const {
    StateMaps maps;
    written_entries(nonces_, maps.nonces);
    written_entries(class_hashes_, maps.class_hashes);
    written_entries(storage_, maps.storage);
    written_entries(compiled_class_hashes_, maps.compiled_class_hashes);
    written_entries(declared_contracts_, maps.declared_contracts);
    return maps;
}

FlatMap<ClassHash, std::shared_ptr<const CompiledClass>> CachedState::declared_classes() const {
    FlatMap<ClassHash, std::shared_ptr<const CompiledClass>> classes;
    for (const auto& [class_hash, entry] : declared_contracts_)
        if (entry.has_written)
            classes.emplace(class_hash, classes_.at(class_hash));
    return classes;
}

vm::Result<StateChanges> squashed_state_changes(std::span<CachedState* const> stages,
                                                bool comprehensive) {
    if (stages.size() == 1)
        return stages.front()->state_changes();
    if (!comprehensive) {
        StateChanges merged;
        const auto merge = [](const auto& from, auto& to) {
            for (const auto& [key, value] : from)
                to.insert_or_assign(key, value);
        };
        for (auto* stage : stages) {
            BX_TRY(const auto changes, stage->state_changes());
            merge(changes.maps.nonces, merged.maps.nonces);
            merge(changes.maps.class_hashes, merged.maps.class_hashes);
            merge(changes.maps.storage, merged.maps.storage);
            merge(changes.maps.compiled_class_hashes, merged.maps.compiled_class_hashes);
            merge(changes.maps.declared_contracts, merged.maps.declared_contracts);
            merged.allocated_keys.insert(changes.allocated_keys.begin(),
                                         changes.allocated_keys.end());
        }
        return merged;
    }
    if (stages.empty())
        return StateChanges{};
    CachedState squashed(stages.front()->reader_);
    for (auto* stage : stages) {
        // A stage's write-only cells are read from below it, so before it writes them.
        BX_CHECK(stage->read_write_only_cells());
        squash_map(stage->nonces_, squashed.nonces_);
        squash_map(stage->class_hashes_, squashed.class_hashes_);
        squash_map(stage->storage_, squashed.storage_);
        squash_map(stage->compiled_class_hashes_, squashed.compiled_class_hashes_);
        squash_map(stage->declared_contracts_, squashed.declared_contracts_);
    }
    return squashed.state_changes();
}

}  // namespace blockexecd::executor
