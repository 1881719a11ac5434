// SPDX-License-Identifier: Apache-2.0
// State in ordinary maps: for tests, and for chains small enough to be held whole.
#pragma once

#include <memory>

#include "executor/state/state_reader.hpp"
#include "executor/types/flat_map.hpp"
#include "executor/types/ids.hpp"
#include "executor/types/state_diff.hpp"

namespace blockexecd::executor {

class InMemoryState final : public StateReader {
  public:
    vm::Result<Felt> storage_at(const ContractAddress& address, const StorageKey& key) override;
    vm::Result<Nonce> nonce_at(const ContractAddress& address) override;
    vm::Result<ClassHash> class_hash_at(const ContractAddress& address) override;
    vm::Result<std::shared_ptr<const CompiledClass>> compiled_class(
        const ClassHash& class_hash) override;
    vm::Result<CompiledClassHash> compiled_class_hash(const ClassHash& class_hash) override;

    // A class is declared from here on.
    void add_class(const ClassHash& class_hash,
                   std::shared_ptr<const CompiledClass> compiled_class);
    // Advances to the state after a block. Classes that the diff declares are added with add_class.
    void apply(const StateDiff& diff);

    FlatMap<StorageCell, Felt> storage;
    FlatMap<ContractAddress, Nonce> nonces;
    FlatMap<ContractAddress, ClassHash> class_hashes;
    FlatMap<ClassHash, CompiledClassHash> compiled_class_hashes;

  private:
    FlatMap<ClassHash, std::shared_ptr<const CompiledClass>> classes_;
};

}  // namespace blockexecd::executor
