// SPDX-License-Identifier: Apache-2.0
// Real blocks in the reference's offline re-execution form give what blockifier computes from the
// same file, call trees included, and what the chain recorded, but for the known exceptions.
#include <gmock/gmock.h>

#include <iostream>

#include "executor/blocks/block_executor.hpp"
#include "executor/blocks/verify_state_diff.hpp"
#include "storage/archive/reexecution_data.hpp"
#include "tests/executor/blocks/archive_json.hpp"
#include "tests/executor/blocks/execution_diff.hpp"
#include "tests/executor/real/real_data.hpp"

namespace blockexecd::executor::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

class Reexecution : public RealData {
  protected:
    using RealData::RealData;

    void execute() {
        auto read =
            storage::read_reexecution_data(folder / "reexecution_data.json", folder / "casm");
        ASSERT_TRUE(read.has_value()) << read.error().message;
        data = std::make_unique<storage::ReexecutionData>(std::move(*read));
        auto executed = execute_block(worker,
                                      {.chain = data->chain,
                                       .block = data->block,
                                       .old_block_hash = data->old_block_hash,
                                       .declared_class = {}},
                                      data->before);
        ASSERT_TRUE(executed.has_value()) << executed.error().message();
        result = std::move(*executed);
    }
    // Against the reference's results from the same file.
    void expect_execution_infos() {
        const auto infos = read_json(folder / "execution_infos.json");
        std::size_t index = 0;
        for (const auto& info : infos.as_array()) {
            const auto& transaction = result.transactions.at(index++);
            EXPECT_EQ(transaction.receipt.transaction_hash, to_felt(info.at("transaction_hash")));
            EXPECT_THAT(execution_differences(read_execution_info(info.at("execution_info")),
                                              transaction.info),
                        IsEmpty());
        }
        EXPECT_EQ(index, result.transactions.size());
        print_comparison("transactions with the reference's execution infos", index, 0);
    }

    std::unique_ptr<storage::ReexecutionData> data;
    VmWorker worker;
    BlockResult result;
};

class Sepolia8894544 : public Reexecution {
  protected:
    Sepolia8894544() : Reexecution("sepolia-8894544") {}
};

TEST_F(Sepolia8894544, GivesWhatTheReferenceComputes) {
    execute();
    if (HasFatalFailure())
        return;
    expect_execution_infos();
    ASSERT_TRUE(result.transactions.at(4).info.is_reverted());
    EXPECT_THAT(*result.transactions[4].info.revert_error, HasSubstr("('Index out of bounds')"));
}

TEST_F(Sepolia8894544, DiffersFromTheRecordedStateInTwoBalancesForAKnownReason) {
    execute();
    if (HasFatalFailure())
        return;
    ASSERT_TRUE(data->recorded.has_value());
    const auto number = data->block.header.number;
    const auto& chain_id = data->chain.chain_id;
    const auto verdict = verify_state_diff(chain_id, number, *data->recorded, result.state_diff);
    EXPECT_THAT(verdict.mismatches, IsEmpty());
    EXPECT_EQ(verdict.excepted.size(), 2U);
    for (const auto& known : verdict.excepted)
        EXPECT_THAT(known.reason, HasSubstr("native backend"));
    print_comparison(
        "entries of the state diff",
        data->recorded->storage.size() + data->recorded->nonces.size() - verdict.excepted.size(), 0,
        verdict.excepted.size());
}

class Mainnet876462 : public Reexecution {
  protected:
    Mainnet876462() : Reexecution("mainnet-876462") {}
};

TEST_F(Mainnet876462, GivesWhatTheReferenceComputes) {
    execute();
    if (!HasFatalFailure())
        expect_execution_infos();
}

// The file's state assumes the balances that the fee transfer reads, so the recorded fee, events
// and status are compared; the state diff is not recorded.
TEST_F(Mainnet876462, GivesTheReceiptThatTheChainRecorded) {
    execute();
    if (HasFatalFailure())
        return;
    const auto recorded = read_json(folder / "876462.json");
    const auto& pairs = recorded.at("transaction_receipts").as_array();
    ASSERT_EQ(pairs.size(), result.transactions.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const auto& expected = pairs[i].at(1);
        const auto& receipt = result.transactions[i].receipt;
        EXPECT_EQ(receipt.transaction_hash, to_felt(expected.at("transaction_hash")));
        EXPECT_EQ(expected.at("execution_status"), "SUCCEEDED");
        EXPECT_EQ(receipt.execution_status, ExecutionStatus::succeeded) << receipt.revert_error;
        EXPECT_EQ(receipt.actual_fee, to_felt(expected.at("actual_fee").at("amount")));
        EXPECT_TRUE(expected.at("messages_sent").as_array().empty());
        EXPECT_TRUE(receipt.l2_to_l1_messages.empty());
        const auto& events = expected.at("events").as_array();
        ASSERT_EQ(receipt.events.size(), events.size());
        for (std::size_t event = 0; event < events.size(); ++event) {
            EXPECT_EQ(receipt.events[event].from_address,
                      to_felt(events[event].at("from_address")));
            EXPECT_EQ(receipt.events[event].keys, to_felts(events[event].at("keys")));
            EXPECT_EQ(receipt.events[event].data, to_felts(events[event].at("data")));
        }
    }
    EXPECT_FALSE(data->recorded.has_value());
    print_comparison("real receipts (status, fee, events, messages)", pairs.size(), 0);
    print_comparison("state diffs (the file has none)", 0, 1);
}

}  // namespace
}  // namespace blockexecd::executor::test
