// SPDX-License-Identifier: Apache-2.0
// Executes one transaction on a state: checks, validation, execution that may revert, fee
// (specification 3; blockifier transaction/account_transaction.rs, l1_handler_transaction.rs).
#pragma once

#include <cstdint>
#include <memory>

#include "executor/calls/block_context.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/transactions/execution_info.hpp"
#include "executor/types/contract_class.hpp"
#include "executor/types/transaction.hpp"
#include "vm/error.hpp"
#include "vm/memory/arena.hpp"

namespace blockexecd::executor {

struct ExecutionFlags {
    bool charge_fee =
        true;              // off: no checks of bounds and balance, no transfer; the fee is computed
    bool validate = true;  // off: __validate__ and its kin do not run
    bool strict_nonce_check = true;  // off: a nonce above the account's will do
    // The sequencer's balance stays out of the transaction's reads and writes; the fee transfer is
    // completed when the transaction is committed (complete_fee_transfer).
    bool concurrency_mode = false;
};

// As blocks are made: the fee is charged where the signer offers one.
ExecutionFlags flags_of_block(const Transaction& transaction);

struct TransactionInput {
    const Transaction& transaction;
    const BlockContext& block;
    // The class of a declare transaction, else null.
    std::shared_ptr<const CompiledClass> declared_class;
    ExecutionFlags flags;
};

// `state` is the transaction's own, a child of the block's: the caller commits it after a result
// and drops it after an error. `executed_steps` grows by the instructions that the VM executed,
// reverted or not. Errors: the reference rejects the transaction (the message is its text), or the
// state cannot be read.
vm::Result<TransactionExecutionInfo> execute_transaction(const TransactionInput& input,
                                                         CachedState& state, vm::Arena& arena,
                                                         std::uint64_t& executed_steps);

}  // namespace blockexecd::executor
