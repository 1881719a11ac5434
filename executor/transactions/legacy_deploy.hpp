// SPDX-License-Identifier: Apache-2.0
// Deploy transactions of the first protocol versions: the constructor's effects.
#pragma once

#include "executor/state/cached_state.hpp"
#include "executor/transactions/transaction_run.hpp"

namespace blockexecd::executor {

// Resources without an operating system's share, no fee. A failure is a rejection.
vm::Result<TransactionExecutionInfo> execute_legacy_deploy(TransactionRun& run, CachedState& state);

}  // namespace blockexecd::executor
