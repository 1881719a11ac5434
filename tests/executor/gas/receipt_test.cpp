// SPDX-License-Identifier: Apache-2.0
// Resources, gas and fee computed from recorded call trees equal the reference's receipts, for
// every version of which there is a chain. No VM runs here.
#include <gtest/gtest.h>

#include "executor/blocks/block_setup.hpp"
#include "executor/gas/transaction_receipt.hpp"
#include "tests/executor/blocks/chain_archive.hpp"
#include "tests/executor/blocks/chain_names.hpp"
#include "tests/executor/blocks/execution_info_json.hpp"

namespace blockexecd::executor {
namespace {

class ReceiptOfChain : public testing::TestWithParam<const char*> {};

void expect_receipt(const BlockContext& block, const Transaction& transaction,
                    const test::RecordedExecution& recorded) {
    const TransactionReceipt& expected = recorded.receipt;
    ReceiptInput input{.block = block,
                       .transaction = transaction,
                       .declared_code_size = expected.starknet_resources.archival_data.code_size,
                       .state = expected.starknet_resources.state,
                       .summary = {},
                       .n_reverted_steps = expected.computation.n_reverted_steps,
                       .reverted_sierra_gas = expected.computation.reverted_sierra_gas};
    for (const auto* call : {&recorded.validate_call_info, &recorded.execute_call_info})
        if (*call) {
            ASSERT_TRUE(add_call(input.summary, **call, *block.constants));
        }
    const auto receipt = make_receipt(input);
    ASSERT_TRUE(receipt) << receipt.error().message();

    EXPECT_EQ(receipt->starknet_resources, expected.starknet_resources);
    EXPECT_EQ(receipt->computation, expected.computation);
    EXPECT_EQ(receipt->gas, expected.gas);
    EXPECT_EQ(receipt->da_gas, expected.da_gas);
    // An L1 handler's fee is paid on L1, a reverted transaction's follows from checks after
    // execution.
    if (transaction.type != TransactionType::l1_handler && !recorded.reverted) {
        EXPECT_TRUE(expected.fee == receipt->fee);
    }
}

TEST_P(ReceiptOfChain, EqualsTheRecordedOne) {
    const test::ChainArchive archive(test::chains_folder() / GetParam());
    std::size_t n_transactions = 0;
    for (BlockNumber number = 1; number <= archive.last_block(); ++number) {
        const Block block = archive.block(number);
        const auto context = make_block_context(archive.info(), block.header);
        ASSERT_TRUE(context) << context.error().message();
        const auto recorded = test::read_execution_infos(archive.folder() / "execution_infos" /
                                                         (std::to_string(number) + ".json"));
        ASSERT_EQ(recorded.size(), block.transactions.size());
        for (std::size_t i = 0; i < recorded.size(); ++i) {
            ++n_transactions;
            SCOPED_TRACE("block " + std::to_string(number) + ", transaction " + std::to_string(i));
            expect_receipt(*context, block.transactions[i], recorded[i]);
            // The minimum is one: of what is checked before it runs (version 0 is not, nor are L1
            // handlers).
            if (block.transactions[i].version == 0 || recorded[i].reverted)
                continue;
            const auto minimal = minimal_gas_vector(*context, block.transactions[i]);
            ASSERT_TRUE(minimal);
            EXPECT_LE(minimal->l1_gas, recorded[i].receipt.gas.l1_gas);
            EXPECT_LE(minimal->l2_gas, recorded[i].receipt.gas.l2_gas);
            EXPECT_LE(minimal->l1_data_gas, recorded[i].receipt.gas.l1_data_gas);
        }
    }
    EXPECT_GT(n_transactions, 0U);
    RecordProperty("transactions", std::to_string(n_transactions));
}

INSTANTIATE_TEST_SUITE_P(AllChains, ReceiptOfChain, testing::ValuesIn(test::kChainNames),
                         test::chain_test_name);

}  // namespace
}  // namespace blockexecd::executor
