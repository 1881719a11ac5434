// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/blocks/execution_diff.hpp"

#include "tests/executor/support/call_info_diff.hpp"

namespace blockexecd::executor::test {
namespace {

using Lines = std::vector<std::string>;

void same(Lines& lines, const char* field, bool equal) {
    if (!equal)
        lines.push_back(std::string(field) + " differ");
}

template <class Expected>
Lines common_differences(const Expected& expected, const TransactionExecutionInfo& computed) {
    Lines lines;
    const auto add = [&lines](const char* stage, const auto& wanted, const auto& actual) {
        const auto more = diff_call_infos(stage, wanted, actual);
        lines.insert(lines.end(), more.begin(), more.end());
    };
    add("validate", expected.validate_call_info, computed.validate_call_info);
    add("execute", expected.execute_call_info, computed.execute_call_info);
    add("fee_transfer", expected.fee_transfer_call_info, computed.fee_transfer_call_info);
    const auto& resources = computed.receipt.starknet_resources;
    const auto& wanted = expected.receipt.starknet_resources;
    same(lines, "receipt.resources.starknet_resources.archival_data",
         resources.archival_data == wanted.archival_data);
    same(lines, "receipt.resources.starknet_resources.messages",
         resources.messages == wanted.messages);
    same(lines, "receipt.resources.starknet_resources.state", resources.state == wanted.state);
    same(lines, "receipt.resources.computation",
         computed.receipt.computation == expected.receipt.computation);
    return lines;
}

}  // namespace

Lines execution_differences(const RecordedExecution& expected,
                            const TransactionExecutionInfo& computed) {
    Lines lines = common_differences(expected, computed);
    same(lines, "reverted", expected.reverted == computed.is_reverted());
    same(lines, "receipt.fee", expected.receipt.fee == computed.receipt.fee);
    same(lines, "receipt.gas", expected.receipt.gas == computed.receipt.gas);
    same(lines, "receipt.da_gas", expected.receipt.da_gas == computed.receipt.da_gas);
    return lines;
}

Lines execution_differences(const TransactionExecutionInfo& expected,
                            const TransactionExecutionInfo& computed) {
    Lines lines = common_differences(expected, computed);
    same(lines, "revert_error", expected.revert_error == computed.revert_error);
    same(lines, "receipt", expected.receipt == computed.receipt);
    return lines;
}

std::string to_text(const Mismatch& mismatch) {
    return "block " + std::to_string(mismatch.block) +
           (mismatch.index ? ", transaction " + std::to_string(*mismatch.index) : "") + ": " +
           mismatch.field + ": expected " + mismatch.expected + ", got " + mismatch.actual;
}

}  // namespace blockexecd::executor::test
