// SPDX-License-Identifier: Apache-2.0
// Test support: the reference's whole result of a transaction (execution_infos/N.json), as our
// types.
#pragma once

#include <boost/json/value.hpp>
#include <filesystem>
#include <optional>
#include <vector>

#include "executor/calls/call_info.hpp"
#include "executor/gas/transaction_receipt.hpp"

namespace blockexecd::executor::test {

struct RecordedExecution {
    std::optional<CallInfo> validate_call_info;
    std::optional<CallInfo> execute_call_info;
    std::optional<CallInfo> fee_transfer_call_info;
    bool reverted = false;  // the reason's text is in the block's receipt
    TransactionReceipt receipt;
};

RecordedExecution read_execution_info(const boost::json::value& json);
// A call with its inner calls, as blockifier serializes it.
CallInfo read_call_info(const boost::json::value& json);
// One of each transaction of the block.
std::vector<RecordedExecution> read_execution_infos(const std::filesystem::path& file);

}  // namespace blockexecd::executor::test
