// SPDX-License-Identifier: Apache-2.0
// A state with blocks on it that were executed but are not written yet.
#pragma once

#include <functional>
#include <memory>
#include <utility>
#include <vector>

#include "executor/state/state_reader.hpp"
#include "executor/types/state_diff.hpp"

namespace blockexecd::executor {

using DiffsNewestFirst = std::vector<std::shared_ptr<const StateDiff>>;

class OverlayState final : public StateReader {
  public:
    using LoadClass =
        std::function<vm::Result<std::shared_ptr<const CompiledClass>>(const ClassHash&)>;

    // below: the state under all diffs; it may already hold the oldest ones. All outlive this.
    OverlayState(StateReader& below, const DiffsNewestFirst& diffs, const LoadClass& load_class)
        : below_(below), diffs_(diffs), load_class_(load_class) {}

    vm::Result<Felt> storage_at(const ContractAddress& address, const StorageKey& key) override;
    vm::Result<Nonce> nonce_at(const ContractAddress& address) override;
    vm::Result<ClassHash> class_hash_at(const ContractAddress& address) override;
    vm::Result<std::shared_ptr<const CompiledClass>> compiled_class(
        const ClassHash& class_hash) override;
    vm::Result<CompiledClassHash> compiled_class_hash(const ClassHash& class_hash) override;

  private:
    StateReader& below_;
    const DiffsNewestFirst& diffs_;
    const LoadClass& load_class_;
};

}  // namespace blockexecd::executor
