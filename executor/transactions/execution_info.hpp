// SPDX-License-Identifier: Apache-2.0
// The whole result of an executed transaction.
#pragma once

#include <optional>
#include <string>

#include "executor/calls/call_info.hpp"
#include "executor/gas/transaction_receipt.hpp"

namespace blockexecd::executor {

// Nothing where the stage did not run, or (execute) was reverted.
struct TransactionExecutionInfo {
    std::optional<CallInfo> validate_call_info;
    std::optional<CallInfo> execute_call_info;
    std::optional<CallInfo> fee_transfer_call_info;
    std::optional<std::string> revert_error;  // the receipt's text, hashed into its commitment
    TransactionReceipt receipt;

    [[nodiscard]] bool is_reverted() const { return revert_error.has_value(); }
};

}  // namespace blockexecd::executor
