// SPDX-License-Identifier: Apache-2.0
// The state before a block, read from history: the newest value written by an earlier block, by one
// seek. One reused iterator per reader and kind: creating iterators dominates look-ups otherwise. A
// reader belongs to one thread.
#pragma once

#include <rocksdb/iterator.h>

#include <array>
#include <memory>
#include <optional>

#include "executor/state/state_reader.hpp"
#include "storage/database/database.hpp"
#include "storage/history/class_loader.hpp"
#include "storage/schema/keys.hpp"

namespace blockexecd::storage {

class HistoryReader final : public executor::StateReader {
  public:
    // The state after block `block` - 1. In recorded mode nothing that is recorded about `block`
    // itself, or about a later one, is visible; in computed mode only what blocks below `block`
    // computed.
    HistoryReader(std::shared_ptr<const Database> database, StateMode mode,
                  executor::BlockNumber block, ClassLoader classes);
    ~HistoryReader() override;

    // The same reader for another block: iterators are kept, and refreshed only when a history was
    // written meanwhile.
    vm::Result<void> move_to(executor::BlockNumber block);
    [[nodiscard]] executor::BlockNumber block() const { return block_; }

    vm::Result<executor::Felt> storage_at(const executor::ContractAddress& address,
                                          const executor::StorageKey& key) override;
    vm::Result<executor::Nonce> nonce_at(const executor::ContractAddress& address) override;
    vm::Result<executor::ClassHash> class_hash_at(
        const executor::ContractAddress& address) override;
    vm::Result<std::shared_ptr<const executor::CompiledClass>> compiled_class(
        const executor::ClassHash& class_hash) override;
    vm::Result<executor::CompiledClassHash> compiled_class_hash(
        const executor::ClassHash& class_hash) override;

  private:
    vm::Result<std::optional<rocksdb::Slice>> newest(HistoryKind kind, const Key& prefix);
    vm::Result<executor::Felt> newest_felt(HistoryKind kind, const Key& prefix);

    std::shared_ptr<const Database> database_;
    StateMode mode_;
    executor::BlockNumber block_;
    ClassLoader classes_;
    std::uint64_t version_;
    std::array<std::unique_ptr<rocksdb::Iterator>, kHistoryKindCount> iterators_;
};

}  // namespace blockexecd::storage
