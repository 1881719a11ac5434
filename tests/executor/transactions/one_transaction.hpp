// SPDX-License-Identifier: Apache-2.0
// Test support: one transaction of a recorded chain, to be changed and executed over the state
// before its block.
#pragma once

#include <memory>

#include "executor/blocks/block_setup.hpp"
#include "executor/transactions/execute_transaction.hpp"
#include "tests/executor/blocks/chain_replay.hpp"

namespace blockexecd::executor::test {

// What was executed, and the state with its writes.
struct Outcome {
    vm::Result<TransactionExecutionInfo> info;
    StateMaps changes;
    std::uint64_t executed_steps = 0;

    // The rejection's text, or nothing.
    [[nodiscard]] std::string rejection() const {
        return info.has_error() ? info.error().message() : std::string();
    }
};

class OneTransaction {
  public:
    // The chain's state before `number`.
    explicit OneTransaction(const char* chain, BlockNumber number = 1)
        : archive(chains_folder() / chain), replay(archive), block(archive.block(number)) {
        for (BlockNumber before = 1; before < number; ++before)
            replay.skip(archive.state_update(before));
        context = make_block_context(archive.info(), block.header).value();
    }

    // The block's first transaction of this type that did not revert.
    [[nodiscard]] Transaction first(TransactionType type, std::uint8_t version) const {
        for (std::size_t i = 0; i < block.transactions.size(); ++i) {
            const Transaction& transaction = block.transactions[i];
            if (transaction.type == type && transaction.version == version &&
                block.receipts[i].revert_error.empty())
                return transaction;
        }
        throw std::runtime_error("the block has no such transaction");
    }

    Outcome execute(const Transaction& transaction, ExecutionFlags flags = {}) {
        CachedState state(&replay.state());
        const TransactionInput input{
            .transaction = transaction,
            .block = context,
            .declared_class =
                transaction.type == TransactionType::declare && !transaction.class_hash.is_zero()
                    ? replay.load_class(transaction.class_hash)
                    : nullptr,
            .flags = flags};
        Outcome outcome{.info = TransactionExecutionInfo{}, .changes = {}};
        outcome.info = execute_transaction(input, state, arena, outcome.executed_steps);
        outcome.changes = state.state_changes().value().maps;
        return outcome;
    }

    ChainArchive archive;
    ChainReplay replay;
    Block block;
    BlockContext context;
    vm::Arena arena;
};

}  // namespace blockexecd::executor::test
