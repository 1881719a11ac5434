// SPDX-License-Identifier: Apache-2.0
// One transaction of a block, the same for one VM and for many: what goes into its execution, and
// what names it in errors.
#pragma once

#include <cstdint>

#include "executor/blocks/block_executor.hpp"
#include "executor/calls/block_context.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/transactions/execute_transaction.hpp"
#include "executor/types/access_sets.hpp"

namespace blockexecd::executor {

// Error: the class of a declare transaction cannot be had.
vm::Result<TransactionInput> transaction_input(const BlockInput& input, const BlockContext& context,
                                               std::uint64_t index);

// "Block 7, transaction 3 (0x…): reason".
vm::Error located(const Block& block, std::uint64_t index, const vm::Error& error);

// Takes the sequencer's balance out of an access set: every fee is added to it when its transaction
// is committed, in parallel blocks outside of reads and writes, so it orders nothing.
void drop_sequencer_balance(AccessSet& access, const BlockContext& context);

}  // namespace blockexecd::executor
