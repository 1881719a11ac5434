// SPDX-License-Identifier: Apache-2.0
// The three stages in which a transaction calls contracts: validation, execution, fee transfer
// (specification 3.4, 3.7, 3.8). Each starts a context of its own, with its own step budget.
#pragma once

#include <optional>
#include <string>

#include "executor/transactions/transaction_run.hpp"

namespace blockexecd::executor {

// __validate__, __validate_declare__ or __validate_deploy__; nothing where the flags or version 0
// leave it out. Errors are rejections.
vm::Result<std::optional<CallInfo>> run_validate(TransactionRun& run, CachedState& state);

// A stage's failure; unless it is the host's, `trace` is what the reference prints of it.
struct StageError {
    vm::Error error;
    std::string trace;
};

using StageResult = boost::system::result<std::optional<CallInfo>, StageError>;

// The transaction's own effect: the call of an invoke or L1 handler, the deployment of an account,
// a class declaration (which calls nothing).
StageResult run_execute(TransactionRun& run, CachedState& state, ExecutionContext& context);

// Pays the sequencer; nothing where no fee is charged. Errors are rejections.
vm::Result<std::optional<CallInfo>> run_fee_transfer(TransactionRun& run, CachedState& state,
                                                     u128 fee);

[[noreturn]] void throw_exception_from_error(const StageError& error,
                                             const boost::source_location& where);

}  // namespace blockexecd::executor
