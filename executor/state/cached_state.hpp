// SPDX-License-Identifier: Apache-2.0
// State with writes, over a reader. It remembers what it read (a transaction's read set) and what
// was written to it; a child over a parent makes a transaction: commit copies its writes up,
// dropping it aborts.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "executor/state/state_maps.hpp"
#include "executor/state/state_reader.hpp"
#include "executor/types/contract_class.hpp"
#include "executor/types/flat_map.hpp"
#include "executor/types/ids.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// One map of a state: each key has the value first read from below, the value last written, or
// both. One table, so that the common access is one look-up.
template <class Key, class Value>
class CachedMap {
  public:
    struct Entry {
        Value initial{};
        Value written{};
        bool has_initial = false;
        bool has_written = false;

        [[nodiscard]] bool has_value() const { return has_initial || has_written; }
        // Precondition: has_value().
        [[nodiscard]] const Value& current() const { return has_written ? written : initial; }
    };

    [[nodiscard]] const Entry* find(const Key& key) const {
        const auto found = entries_.find(key);
        return found == entries_.end() ? nullptr : &found->second;
    }
    void set_initial(const Key& key, const Value& value) {
        auto& entry = entries_[key];
        entry.initial = value;
        entry.has_initial = true;
    }
    void write(const Key& key, const Value& value) {
        auto& entry = entries_[key];
        entry.written = value;
        entry.has_written = true;
    }
    void erase_write(const Key& key) {
        if (const auto found = entries_.find(key); found != entries_.end())
            found->second.has_written = false;
    }
    void clear() { entries_.clear(); }
    [[nodiscard]] auto begin() const { return entries_.begin(); }
    [[nodiscard]] auto end() const { return entries_.end(); }
    [[nodiscard]] auto begin() { return entries_.begin(); }
    [[nodiscard]] auto end() { return entries_.end(); }

  private:
    FlatMap<Key, Entry> entries_;
};

class CachedState final : public StateReader {
  public:
    // reader outlives this and is never null. A pointer, since a reference to a parent would read
    // as a copy of it.
    explicit CachedState(StateReader* reader) : reader_(reader) {}
    CachedState(const CachedState&) = delete;
    CachedState& operator=(const CachedState&) = delete;

    // Forgets everything and keeps the tables' memory: scratch states are reused from transaction
    // to transaction.
    void reset(StateReader* reader);

    vm::Result<Felt> storage_at(const ContractAddress& address, const StorageKey& key) override;
    vm::Result<Nonce> nonce_at(const ContractAddress& address) override;
    vm::Result<ClassHash> class_hash_at(const ContractAddress& address) override;
    vm::Result<std::shared_ptr<const CompiledClass>> compiled_class(
        const ClassHash& class_hash) override;
    vm::Result<CompiledClassHash> compiled_class_hash(const ClassHash& class_hash) override;

    void set_storage_at(const ContractAddress& address, const StorageKey& key, const Felt& value);
    vm::Result<void> increment_nonce(const ContractAddress& address);
    void set_nonce_at(const ContractAddress& address, const Nonce& nonce);
    // Error: address 0.
    vm::Result<void> set_class_hash_at(const ContractAddress& address, const ClassHash& class_hash);
    // Declares the class.
    void set_compiled_class(const ClassHash& class_hash,
                            std::shared_ptr<const CompiledClass> compiled_class);
    void set_compiled_class_hash(const ClassHash& class_hash,
                                 const CompiledClassHash& compiled_class_hash);

    // Copies the writes and classes into the parent's writes.
    void commit_to(CachedState& parent) const;

    // What the writes change against the values read below; reads those of cells that were only
    // written.
    vm::Result<StateChanges> state_changes();

    // Values read from below before any write (the read set), and values written, changed or not.
    [[nodiscard]] StateMaps initial_reads() const;
    [[nodiscard]] StateMaps writes() const;
    // The classes that were declared here.
    [[nodiscard]] FlatMap<ClassHash, std::shared_ptr<const CompiledClass>> declared_classes() const;
    // visit(cell, value) for each storage cell read from below.
    template <class Visitor>
    void for_each_storage_read(Visitor&& visit) const {
        for (const auto& [cell, entry] : storage_)
            if (entry.has_initial)
                visit(cell, entry.initial);
    }

    // visit(cell, value) for each storage cell written, changed or not.
    template <class Visitor>
    void for_each_storage_write(Visitor&& visit) const {
        for (const auto& [cell, entry] : storage_)
            if (entry.has_written)
                visit(cell, entry.written);
    }

    // For the sequencer's fee balance, which concurrent execution keeps out of read and write sets:
    // a value that counts as read without asking the reader, and forgetting a write.
    void set_initial_storage(const StorageCell& cell, const Felt& value) {
        storage_.set_initial(cell, value);
    }
    void erase_storage_write(const StorageCell& cell) { storage_.erase_write(cell); }

  private:
    friend vm::Result<StateChanges> squashed_state_changes(std::span<CachedState* const>, bool);
    vm::Result<void> read_write_only_cells();

    StateReader* reader_;
    CachedMap<ContractAddress, Nonce> nonces_;
    CachedMap<ContractAddress, ClassHash> class_hashes_;
    CachedMap<StorageCell, Felt> storage_;
    CachedMap<ClassHash, CompiledClassHash> compiled_class_hashes_;
    CachedMap<ClassHash, bool> declared_contracts_;
    FlatMap<ClassHash, std::shared_ptr<const CompiledClass>> classes_;
};

// The changes of consecutive stages (validate, execute), oldest first. comprehensive: as one diff
// from the first stage's reads to the last stage's writes; else each stage's diff merged, so that a
// change and its opposite both count (VersionedConstants::comprehensive_state_diff,
// specification 4.6).
vm::Result<StateChanges> squashed_state_changes(std::span<CachedState* const> stages,
                                                bool comprehensive);

}  // namespace blockexecd::executor
