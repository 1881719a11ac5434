// SPDX-License-Identifier: Apache-2.0
// The state of a block in flight, and the view of it that one transaction executes on.
#pragma once

#include <memory>
#include <optional>

#include "executor/parallel/multi_version_map.hpp"
#include "executor/state/state_maps.hpp"
#include "executor/state/state_reader.hpp"
#include "executor/types/ids.hpp"

namespace blockexecd::executor {

using DeclaredClasses = FlatMap<ClassHash, std::shared_ptr<const CompiledClass>>;

// Thread-safe; holds no lock while a worker reads the state before the block.
struct VersionedState {
    MultiVersionMap<ContractAddress, Nonce> nonces;
    MultiVersionMap<ContractAddress, ClassHash> class_hashes;
    MultiVersionMap<StorageCell, Felt> storage;
    MultiVersionMap<ClassHash, CompiledClassHash> compiled_class_hashes;
    MultiVersionMap<ClassHash, std::shared_ptr<const CompiledClass>> classes;
};

// Publishes what (writer, any incarnation) wrote in place of `previous`, what it wrote the time
// before. True if a cell is new among them.
bool publish_writes(VersionedState& state, TransactionIndex writer, const StateMaps& writes,
                    const DeclaredClasses& classes, const StateMaps& previous,
                    const DeclaredClasses& previous_classes);
// Marks them so that readers wait for the next incarnation.
void mark_estimates(VersionedState& state, TransactionIndex writer, const StateMaps& writes,
                    const DeclaredClasses& classes);

// What one worker's transaction reads. After a read that met an estimate, blocked_on() names the
// transaction to wait for, and whatever the execution returned is to be thrown away: its error came
// from here.
class VersionedView final : public StateReader {
  public:
    // base: this worker's own reader of the state before the block. Both outlive this.
    VersionedView(VersionedState& state, StateReader& base, TransactionIndex reader)
        : state_(&state), base_(&base), reader_(reader) {}

    vm::Result<Felt> storage_at(const ContractAddress& address, const StorageKey& key) override;
    vm::Result<Nonce> nonce_at(const ContractAddress& address) override;
    vm::Result<ClassHash> class_hash_at(const ContractAddress& address) override;
    vm::Result<std::shared_ptr<const CompiledClass>> compiled_class(
        const ClassHash& class_hash) override;
    vm::Result<CompiledClassHash> compiled_class_hash(const ClassHash& class_hash) override;

    [[nodiscard]] std::optional<TransactionIndex> blocked_on() const { return blocked_on_; }
    // The first failure of the state below: not a result of the transaction but a fault of the
    // block.
    [[nodiscard]] const std::optional<vm::Error>& fault() const { return fault_; }

  private:
    template <class Key, class Value, class Base>
    vm::Result<Value> read(MultiVersionMap<Key, Value>& map, const Key& key, Base&& read_base);

    VersionedState* state_;
    StateReader* base_;
    TransactionIndex reader_;
    std::optional<TransactionIndex> blocked_on_;
    std::optional<vm::Error> fault_;
};

// Whether the values that were read are those that the view gives now. Errors: the state below
// cannot be read.
vm::Result<bool> reads_are_current(VersionedView& view, const StateMaps& reads);

}  // namespace blockexecd::executor
