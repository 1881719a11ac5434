// SPDX-License-Identifier: Apache-2.0
// Whether a transaction kept to what its signer agreed to pay, and what is charged when it did not
// (specification 3.6; blockifier fee/fee_checks.rs).
#pragma once

#include <optional>
#include <string>

#include "executor/transactions/transaction_run.hpp"

namespace blockexecd::executor {

struct FeeCheckReport {
    u128 recommended_fee = 0;
    std::optional<std::string> error;  // a revert reason
};

// The text names the first resource above its bound, in the order L1 gas, L2 gas, L1 data gas;
// nothing if none is.
std::optional<std::string> gas_amount_error(const GasVector& max_amounts, const GasVector& gas);

// The checks after execution: bounds, then the sender's balance in this state. Without charge_fee
// there are none.
vm::Result<FeeCheckReport> check_after_execution(const TransactionRun& run, StateReader& state,
                                                 const TransactionReceipt& receipt);

}  // namespace blockexecd::executor
