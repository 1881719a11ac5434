// SPDX-License-Identifier: Apache-2.0
// Test support: executes an archived chain block by block over a state in memory.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "executor/blocks/block_executor.hpp"
#include "executor/classes/class_definition.hpp"
#include "executor/state/in_memory_state.hpp"
#include "tests/executor/blocks/chain_archive.hpp"

namespace blockexecd::executor::test {

// A class of the archive, as import reads it.
ClassDefinition read_class(const ChainArchive& archive, const ClassHash& class_hash);

class ChainReplay {
  public:
    explicit ChainReplay(const ChainArchive& archive);

    // The result of this block over the state before it; the state then advances by what the chain
    // recorded, so that one wrong block does not spoil the next. Blocks come in order, from block 1
    // on.
    vm::Result<BlockResult> execute(const Block& block, const StateUpdate& update);
    // The same with another way to execute it.
    using ExecuteBlock =
        std::function<vm::Result<BlockResult>(const BlockInput& input, InMemoryState& state)>;
    vm::Result<BlockResult> execute(const Block& block, const StateUpdate& update,
                                    const ExecuteBlock& execute_block);

    // What becomes of transactions that were tried behind the first so many of the block's and left
    // no trace: the text of the error, or "accepted". In the order of their indices. Does not
    // advance. Error: one of the block's own fails.
    struct Tried {
        std::uint64_t index = 0;
        Transaction transaction;
    };
    vm::Result<std::vector<std::string>> try_transactions(const Block& block,
                                                          std::span<const Tried> tried);

    // Advances over a block without executing it.
    void skip(const StateUpdate& update);
    [[nodiscard]] InMemoryState& state() { return state_; }

    // From the archive, whether declared yet or not. From any thread.
    std::shared_ptr<const CompiledClass> load_class(const ClassHash& class_hash);

  private:
    BlockInput input_of(const Block& block);
    void apply(const StateUpdate& update);

    const ChainArchive& archive_;
    InMemoryState state_;
    std::mutex classes_mutex_;
    FlatMap<ClassHash, std::shared_ptr<const CompiledClass>> classes_;
    std::vector<BlockHash> block_hashes_;  // by number
    VmWorker worker_;
};

}  // namespace blockexecd::executor::test
