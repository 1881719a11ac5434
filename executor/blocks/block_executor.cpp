// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/block_executor.hpp"

#include "executor/blocks/block_setup.hpp"
#include "executor/blocks/finalize_block.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/transactions/execute_transaction.hpp"

namespace blockexecd::executor {
namespace {

vm::Error located(const Block& block, std::uint64_t index, const vm::Error& error) {
    return {vm::ErrorKind::host,
            "Block " + std::to_string(block.header.number) + ", transaction " +
                std::to_string(index) + " (" + block.transactions[index].hash.to_hex() +
                "): " + error.message(),
            error};
}

vm::Result<TransactionResult> execute_one(VmWorker& worker, const BlockInput& input,
                                          const BlockContext& context, std::uint64_t index,
                                          CachedState& state) {
    const Transaction& transaction = input.block.transactions[index];
    TransactionInput one{.transaction = transaction,
                         .block = context,
                         .declared_class = nullptr,
                         .flags = flags_of_block(transaction)};
    if (transaction.type == TransactionType::declare) {
        BX_TRY(one.declared_class, input.declared_class(transaction.class_hash));
    }
    TransactionResult result;
    BX_TRY(result.info, execute_transaction(one, state, worker.arena, result.executed_steps));
    result.receipt = chain_receipt(transaction, index, result.info);
    return result;
}

}  // namespace

vm::Result<BlockResult> execute_block(VmWorker& worker, const BlockInput& input,
                                      StateReader& state) {
    BX_TRY(const BlockContext context, make_block_context(input.chain, input.block.header));
    CachedState block_state(&state);
    BX_CHECK(write_old_block_hash(block_state, context, input.old_block_hash));

    BlockResult result;
    FlatSet<ClassHash> executed_classes;
    CachedState transaction_state(&block_state);
    for (std::uint64_t i = 0; i < input.block.transactions.size(); ++i) {
        transaction_state.reset(&block_state);
        auto one = execute_one(worker, input, context, i, transaction_state);
        if (one.has_error())
            return located(input.block, i, one.error());
        transaction_state.commit_to(block_state);
        add_executed_classes(one->info, executed_classes);
        result.executed_steps += one->executed_steps;
        result.transactions.push_back(std::move(*one));
    }
    worker.executed_steps += result.executed_steps;
    BX_TRY(result.state_diff, finalize_block(block_state, state, context, executed_classes));
    return result;
}

}  // namespace blockexecd::executor
