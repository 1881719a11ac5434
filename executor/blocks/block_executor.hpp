// SPDX-License-Identifier: Apache-2.0
// Executes one block on one VM worker: transactions in order, then the entries that no transaction
// makes.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "executor/blocks/block_limits.hpp"
#include "executor/state/state_reader.hpp"
#include "executor/transactions/execution_info.hpp"
#include "executor/types/access_sets.hpp"
#include "executor/types/block.hpp"
#include "vm/memory/arena.hpp"

namespace blockexecd::executor {

// What belongs to one VM and to no other: its cells, and scratch that is kept between transactions.
// One thread uses it.
struct VmWorker {
    explicit VmWorker(vm::Arena::Pages pages = vm::Arena::Pages::huge)
        : arena(vm::Arena::kDefaultReserve, pages) {}

    vm::Arena arena;
    // Instructions that the VM executed since the worker was made.
    std::uint64_t executed_steps = 0;
};

struct TransactionResult {
    TransactionExecutionInfo info;
    Receipt receipt;  // in the shape that the chain records, to be compared
    std::uint64_t executed_steps = 0;
};

struct BlockInput {
    const ChainInfo& chain;
    const Block& block;
    // Hash of block N-10, which is written to contract 0x1; nothing below block 10.
    std::optional<std::pair<BlockNumber, BlockHash>> old_block_hash;
    // The classes that this block's declare transactions bring.
    std::function<vm::Result<std::shared_ptr<const CompiledClass>>(const ClassHash&)>
        declared_class;
    // false: no account validates, for blocks that carry no valid signatures.
    bool validate = true;
    BlockLimits limits = {};
};

struct BlockResult {
    // All of the block's, or those before the one that its limits kept out.
    std::vector<TransactionResult> transactions;
    StateDiff state_diff;
    // One a transaction; the sequencer's balance in the fee tokens is left out.
    BlockAccessSets access_sets;
    // Of all these transactions; zero for a block without limits, which is not weighed.
    BlockWeights weights;
    std::uint64_t executed_steps = 0;
};

// Errors: a transaction that the reference would reject (a block holds none: it is our bug or a
// damaged block), an unknown Starknet version, a state that cannot be read. The text names the
// block and the transaction.
vm::Result<BlockResult> execute_block(VmWorker& worker, const BlockInput& input,
                                      StateReader& state);

}  // namespace blockexecd::executor
