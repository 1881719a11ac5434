// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/block_executor.hpp"

#include "executor/blocks/block_setup.hpp"
#include "executor/blocks/block_transaction.hpp"
#include "executor/blocks/finalize_block.hpp"
#include "executor/state/access_keys.hpp"
#include "executor/state/cached_state.hpp"

namespace blockexecd::executor {
namespace {

struct Executed {
    TransactionResult result;
    AccessSet access;
    StateMaps writes;
};

vm::Result<Executed> execute_one(VmWorker& worker, const BlockInput& input,
                                 const BlockContext& context, std::uint64_t index,
                                 CachedState& state) {
    Executed one;
    BX_TRY(const auto transaction, transaction_input(input, context, index));
    auto& result = one.result;
    BX_TRY(result.info,
           execute_transaction(transaction, state, worker.arena, result.executed_steps));
    result.receipt = chain_receipt(transaction.transaction, index, result.info);
    BX_TRY(auto changes, state.state_changes());
    one.access = {keys_of(state.initial_reads()), keys_of(changes.maps)};
    drop_sequencer_balance(one.access, context);
    one.writes = std::move(changes.maps);
    return one;
}

}  // namespace

vm::Result<BlockResult> execute_block(VmWorker& worker, const BlockInput& input,
                                      StateReader& state) {
    BX_TRY(const BlockContext context, make_block_context(input.chain, input.block.header));
    CachedState block_state(&state);
    BX_CHECK(write_old_block_hash(block_state, context, input.old_block_hash));

    BlockResult result;
    BlockRoom room(input.limits, *context.constants);
    FlatSet<ClassHash> executed_classes;
    CachedState transaction_state(&block_state);
    for (std::uint64_t i = 0; i < input.block.transactions.size(); ++i) {
        transaction_state.reset(&block_state);
        auto one = execute_one(worker, input, context, i, transaction_state);
        if (one.has_error())
            return located(input.block, i, one.error());
        const auto taken = room.take(one->result.info, one->writes, transaction_state);
        if (taken.has_error())
            return located(input.block, i, taken.error());
        if (!*taken)
            break;
        transaction_state.commit_to(block_state);
        add_executed_classes(one->result.info, executed_classes);
        result.executed_steps += one->result.executed_steps;
        result.transactions.push_back(std::move(one->result));
        result.access_sets.push_back(std::move(one->access));
    }
    result.weights = room.used();
    worker.executed_steps += result.executed_steps;
    BX_TRY(result.state_diff, finalize_block(block_state, state, context, executed_classes));
    return result;
}

}  // namespace blockexecd::executor
