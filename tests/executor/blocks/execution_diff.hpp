// SPDX-License-Identifier: Apache-2.0
// Test support: what differs between two executions of a transaction in call trees and resources,
// which receipts do not show.
#pragma once

#include <string>
#include <vector>

#include "executor/transactions/execution_info.hpp"
#include "executor/types/verdict.hpp"
#include "tests/executor/blocks/execution_info_json.hpp"

namespace blockexecd::executor::test {

// One line a field that differs.
std::vector<std::string> execution_differences(const RecordedExecution& expected,
                                               const TransactionExecutionInfo& computed);
// Both computed: revert texts, fee and gas too.
std::vector<std::string> execution_differences(const TransactionExecutionInfo& expected,
                                               const TransactionExecutionInfo& computed);

// "block 7, transaction 3: actual_fee: expected 0x1, got 0x2"
std::string to_text(const Mismatch& mismatch);

}  // namespace blockexecd::executor::test
