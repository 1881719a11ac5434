// SPDX-License-Identifier: Apache-2.0
// What is checked before any code of an account transaction runs (specification 3.3; blockifier
// transaction/account_transaction.rs). Errors are rejections.
#pragma once

#include "executor/transactions/transaction_run.hpp"

namespace blockexecd::executor {

// Whether the executor knows this version of this kind of transaction.
vm::Result<void> check_version(const Transaction& transaction);

// Nonce (which it increments), bounds against the minimal gas and the block's prices, balance
// against bounds, proofs.
vm::Result<void> pre_validate(const TransactionRun& run, CachedState& state);

}  // namespace blockexecd::executor
