// SPDX-License-Identifier: Apache-2.0
// What flags, limits and concurrent execution change, seen on recorded transactions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "executor/gas/fee_bounds.hpp"
#include "executor/transactions/complete_fee_transfer.hpp"
#include "executor/types/address.hpp"
#include "tests/executor/blocks/chain_names.hpp"
#include "tests/executor/support/call_info_diff.hpp"
#include "tests/executor/transactions/one_transaction.hpp"

namespace blockexecd::executor {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

TEST(Flags, WithoutChargingTheFeeIsComputedAndNotTransferred) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::invoke, 3);
    const auto charged = one.execute(transaction);
    ASSERT_EQ(charged.rejection(), "");
    ASSERT_TRUE(charged.info->fee_transfer_call_info.has_value());

    transaction.resource_bounds.l1_gas.max_price_per_unit = 0;  // would be refused
    const auto free = one.execute(transaction, {.charge_fee = false, .validate = false});
    ASSERT_EQ(free.rejection(), "");
    EXPECT_FALSE(free.info->fee_transfer_call_info.has_value());
    EXPECT_FALSE(free.info->validate_call_info.has_value());
    EXPECT_TRUE(free.info->receipt.fee != 0);
    EXPECT_FALSE(free.changes.storage.contains(
        {one.context.strk_fee_token_address, fee_token_balance_key(transaction.sender_address)}));
}

TEST(Flags, OfABlockChargeWhereTheSignerOffersAFee) {
    test::OneTransaction one("mixed-0.13.2");
    Transaction transaction = one.first(TransactionType::invoke, 1);
    EXPECT_TRUE(flags_of_block(transaction).charge_fee);
    transaction.max_fee = 0;
    EXPECT_FALSE(flags_of_block(transaction).charge_fee);
    transaction = one.first(TransactionType::invoke, 3);
    EXPECT_TRUE(flags_of_block(transaction).charge_fee);
    transaction.resource_bounds = {};
    EXPECT_FALSE(flags_of_block(transaction).charge_fee);
}

TEST(Flags, ABootstrapDeclarationOnlyDeclares) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::declare, 3);
    transaction.sender_address = Felt::from_ascii("BOOTSTRAP");
    transaction.nonce = Felt(0);
    const auto outcome = one.execute(transaction, {.charge_fee = false});
    ASSERT_EQ(outcome.rejection(), "");
    EXPECT_TRUE(outcome.info->receipt.fee == 0);
    EXPECT_EQ(outcome.executed_steps, 0U);
    EXPECT_TRUE(outcome.changes.nonces.empty());
    EXPECT_EQ(outcome.changes.compiled_class_hashes.at(transaction.class_hash),
              transaction.compiled_class_hash);
}

TEST(Revert, KeepsNonceAndFeeOfWhatRanOutOfItsBounds) {
    test::OneTransaction one("mixed-small");
    Transaction transaction = one.first(TransactionType::invoke, 3);
    const auto whole = one.execute(transaction);
    ASSERT_EQ(whole.rejection(), "");
    ASSERT_FALSE(whole.info->is_reverted());
    // Enough to begin, and one unit less than it needs.
    transaction.resource_bounds.l2_gas.max_amount = whole.info->receipt.gas.l2_gas - 1;
    const auto outcome = one.execute(transaction);
    ASSERT_EQ(outcome.rejection(), "");
    ASSERT_TRUE(outcome.info->is_reverted());
    EXPECT_TRUE(outcome.info->validate_call_info.has_value());
    EXPECT_FALSE(outcome.info->execute_call_info.has_value());
    EXPECT_TRUE(outcome.info->fee_transfer_call_info.has_value());
    EXPECT_TRUE(outcome.info->receipt.fee != 0);
    EXPECT_EQ(outcome.changes.nonces.at(transaction.sender_address), transaction.nonce + Felt(1));
    // Nothing is left but nonce and fee: both balances' low halves.
    EXPECT_EQ(outcome.changes.storage.size(), 2U);
}

TEST(Revert, SaysWhichBoundOfTheFeeWasExceeded) {
    test::OneTransaction one("mixed-0.13.2");
    Transaction transaction = one.first(TransactionType::invoke, 1);
    const ExecutionFlags flags{.validate = false};
    const auto whole = one.execute(transaction, flags);
    ASSERT_EQ(whole.rejection(), "");
    ASSERT_FALSE(whole.info->is_reverted());
    // One less than it costs: the execution stands no longer, and all that was offered is charged.
    transaction.max_fee = whole.info->receipt.fee - 1;
    const auto outcome = one.execute(transaction, flags);
    ASSERT_EQ(outcome.rejection(), "");
    ASSERT_TRUE(outcome.info->is_reverted());
    EXPECT_THAT(*outcome.info->revert_error,
                testing::AnyOf(StartsWith("Insufficient max fee: max fee: "),
                               HasSubstr("RunResources has no remaining steps.")));
    EXPECT_TRUE(outcome.info->receipt.fee <= transaction.max_fee);
    EXPECT_TRUE(outcome.info->fee_transfer_call_info.has_value());
    EXPECT_FALSE(outcome.info->execute_call_info.has_value());
}

class ConcurrentFee : public testing::TestWithParam<const char*> {};

// Executed concurrently and completed, a transaction gives what it gives in sequence; and in
// between it has neither read nor written the sequencer's balance.
TEST_P(ConcurrentFee, IsCompletedToWhatSequentialExecutionGives) {
    test::OneTransaction one(GetParam());
    const StorageKey low = fee_token_balance_key(one.context.sequencer_address);
    CachedState block_state(&one.replay.state());
    vm::Arena arena;
    std::uint64_t n_transfers = 0;
    for (const auto& transaction : one.block.transactions) {
        TransactionInput input{.transaction = transaction,
                               .block = one.context,
                               .declared_class = transaction.type == TransactionType::declare
                                                     ? one.replay.load_class(transaction.class_hash)
                                                     : nullptr,
                               .flags = flags_of_block(transaction)};
        std::uint64_t steps = 0;
        CachedState sequential(&block_state);
        const auto expected = execute_transaction(input, sequential, arena, steps);
        ASSERT_TRUE(expected) << expected.error().message();

        input.flags.concurrency_mode = true;
        CachedState concurrent(&block_state);
        auto info = execute_transaction(input, concurrent, arena, steps);
        ASSERT_TRUE(info) << info.error().message();
        if (info->fee_transfer_call_info) {
            ++n_transfers;
            const StorageCell cell{one.context.fee_token_address(transaction.fee_type()), low};
            EXPECT_FALSE(concurrent.initial_reads().storage.contains(cell));
            EXPECT_FALSE(concurrent.writes().storage.contains(cell));
        }
        const auto completed = complete_fee_transfer(*info, transaction, one.context, concurrent);
        ASSERT_TRUE(completed) << completed.error().message();

        EXPECT_THAT(test::diff_call_infos("fee_transfer", expected->fee_transfer_call_info,
                                          info->fee_transfer_call_info),
                    IsEmpty());
        EXPECT_THAT(
            test::diff_call_infos("execute", expected->execute_call_info, info->execute_call_info),
            IsEmpty());
        EXPECT_EQ(expected->receipt, info->receipt);
        EXPECT_EQ(sequential.state_changes().value().maps, concurrent.state_changes().value().maps);
        sequential.commit_to(block_state);
    }
    EXPECT_GT(n_transfers, 0U);
}

INSTANTIATE_TEST_SUITE_P(AllChains, ConcurrentFee, testing::ValuesIn(test::kChainNames),
                         test::chain_test_name);

}  // namespace
}  // namespace blockexecd::executor
