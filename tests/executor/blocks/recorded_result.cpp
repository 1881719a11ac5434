// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/blocks/recorded_result.hpp"

#include "executor/blocks/finalize_block.hpp"

namespace blockexecd::executor::test {

std::vector<RecordedExecution> read_execution_infos(const ChainArchive& archive,
                                                    BlockNumber number) {
    return read_execution_infos(archive.folder() / "execution_infos" /
                                (std::to_string(number) + ".json"));
}

BlockResult recorded_result(const ChainArchive& archive, const Block& block,
                            const StateUpdate& update) {
    BlockResult result;
    result.state_diff = update.diff;
    auto executions = read_execution_infos(archive, block.header.number);
    for (std::size_t i = 0; i < executions.size(); ++i) {
        auto& execution = executions[i];
        TransactionResult transaction;
        transaction.info = {.validate_call_info = std::move(execution.validate_call_info),
                            .execute_call_info = std::move(execution.execute_call_info),
                            .fee_transfer_call_info = std::move(execution.fee_transfer_call_info),
                            .revert_error = execution.reverted
                                                ? std::optional(block.receipts[i].revert_error)
                                                : std::nullopt,
                            .receipt = std::move(execution.receipt)};
        transaction.receipt = chain_receipt(block.transactions[i], i, transaction.info);
        result.transactions.push_back(std::move(transaction));
    }
    return result;
}

}  // namespace blockexecd::executor::test
