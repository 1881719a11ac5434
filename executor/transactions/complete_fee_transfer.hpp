// SPDX-License-Identifier: Apache-2.0
// The part of the fee transfer that concurrent execution leaves out: the sequencer's balance, known
// only when the transactions before are committed (specification 9.3; blockifier
// concurrency/fee_utils.rs).
#pragma once

#include "executor/calls/block_context.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/transactions/execution_info.hpp"
#include "executor/types/transaction.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// Puts the balance that the sequencer has in `state` into the call info's read values, and writes
// the balance after the fee. Nothing to do where the sequencer is the sender, or no fee was
// transferred. `state` is the transaction's state, over the one with all transactions before it.
// Error: a transfer whose reads are not those of the fee token.
vm::Result<void> complete_fee_transfer(TransactionExecutionInfo& info,
                                       const Transaction& transaction, const BlockContext& block,
                                       CachedState& state);

}  // namespace blockexecd::executor
