// SPDX-License-Identifier: Apache-2.0
// The two ways of executing: account transactions, which validate and pay, and L1 handlers, which
// do neither.
#pragma once

#include "executor/transactions/transaction_run.hpp"

namespace blockexecd::executor {

vm::Result<TransactionExecutionInfo> execute_account_transaction(TransactionRun& run,
                                                                 CachedState& state);

// Specification 3.9. A failure reverts; only a message that nobody paid for is a rejection.
vm::Result<TransactionExecutionInfo> execute_l1_handler(TransactionRun& run, CachedState& state);

// The receipt of what these calls did; nothing for a stage that did not run.
struct StageCalls {
    const std::optional<CallInfo>& validate;
    const std::optional<CallInfo>& execute;
};
vm::Result<TransactionReceipt> receipt_of(const TransactionRun& run, const StateChanges& changes,
                                          StageCalls calls, std::uint64_t n_reverted_steps = 0,
                                          std::uint64_t reverted_sierra_gas = 0);

}  // namespace blockexecd::executor
