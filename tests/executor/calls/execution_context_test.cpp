// SPDX-License-Identifier: Apache-2.0
// How many steps a stage may take.
#include "executor/calls/execution_context.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "executor/constants/versioned_constants.hpp"

namespace blockexecd::executor {
namespace {

class MaxSteps : public testing::Test {
  protected:
    MaxSteps() { block.constants = versioned_constants_for("0.14.1").value(); }

    std::uint64_t steps(const Transaction& transaction, ExecutionMode mode = ExecutionMode::execute,
                        bool limited = true) const {
        return max_steps(block, transaction_info(transaction), mode, limited);
    }
    static Transaction with_l1_bound(std::uint64_t amount) {
        Transaction transaction;
        transaction.resource_bounds.l1_gas.max_amount = amount;
        return transaction;
    }

    BlockContext block;
};

TEST_F(MaxSteps, TheBlocksLimitDependsOnTheMode) {
    EXPECT_EQ(steps({}, ExecutionMode::execute, false), 10'000'000U);
    EXPECT_EQ(steps({}, ExecutionMode::validate, false), 1'000'000U);
}

TEST_F(MaxSteps, L1BoundsPay400StepsAGas) {
    EXPECT_EQ(steps(with_l1_bound(10)), 4000U);
    EXPECT_EQ(steps(with_l1_bound(std::numeric_limits<std::uint64_t>::max())), 10'000'000U);
}

TEST_F(MaxSteps, AllBoundsPayWithL2Gas) {
    Transaction transaction = with_l1_bound(10);
    transaction.resource_bounds.l1_data_gas = ResourceBounds{};
    transaction.resource_bounds.l2_gas.max_amount = 12345;
    EXPECT_EQ(steps(transaction), 123U);
}

TEST_F(MaxSteps, AnOlderTransactionsFeePaysAtTheBlocksPrice) {
    Transaction transaction;
    transaction.version = 1;
    transaction.max_fee = 1099;
    block.eth_prices.l1_gas = 100;
    EXPECT_EQ(steps(transaction), 4000U);
    transaction.max_fee = ~u128{0};
    EXPECT_EQ(steps(transaction), 10'000'000U);
}

TEST_F(MaxSteps, SubtractingStepsStopsAtZero) {
    vm::Arena arena(std::size_t{1} << 20);
    auto context = make_execution_context(block, transaction_info(with_l1_bound(10)),
                                          ExecutionMode::execute, true, 7, arena);
    context.subtract_steps(1500);
    EXPECT_EQ(context.run_resources.n_steps, 2500U);
    context.subtract_steps(2501);
    EXPECT_EQ(context.run_resources.n_steps, 0U);
}

}  // namespace
}  // namespace blockexecd::executor
