// SPDX-License-Identifier: Apache-2.0
// Commits, their order, what is reported of them, and that the two modes keep apart.
#include "storage/database/results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/database/chain.hpp"
#include "tests/storage/support/sample_chain.hpp"
#include "tests/storage/support/temporary_folder.hpp"

namespace blockexecd::storage::test {
namespace {

using executor::BlockNumber;
using testing::ElementsAre;
using testing::HasSubstr;

class Results : public testing::Test {
  protected:
    void SetUp() override {
        database_ = open_database(folder_ / "db");
        store(*database_, chain_);
    }
    Result<void> commit(BlockNumber number, StateMode mode) {
        return commit_block(*database_, mode, sample_outcome(chain_[number], mode));
    }
    std::optional<BlockNumber> watermark(StateMode mode) {
        return read_watermark(*database_, mode).value();
    }
    std::vector<BlockNumber> pending(StateMode mode) {
        return pending_blocks(*database_, mode).value();
    }

    const TemporaryFolder folder_;
    const std::vector<SampleBlock> chain_ = sample_chain(6, 5);
    std::shared_ptr<Database> database_;
};

TEST_F(Results, AreReadBackAsTheyWereCommitted) {
    const auto outcome = sample_outcome(chain_[1], StateMode::recorded);
    ASSERT_TRUE(commit_block(*database_, StateMode::recorded, outcome));
    const auto stored = read_outcome(*database_, StateMode::recorded, 1).value();
    EXPECT_EQ(stored.status, !outcome.verdict.mismatches.empty() ? BlockStatus::mismatched
                             : !outcome.verdict.excepted.empty() ? BlockStatus::excepted
                                                                 : BlockStatus::matched);
    EXPECT_EQ(stored.verdict, outcome.verdict);
    EXPECT_EQ(stored.transactions, 2U);
    EXPECT_EQ(read_computed_receipts(*database_, StateMode::recorded, 1).value(), outcome.receipts);
    EXPECT_EQ(read_computed_state_diff(*database_, StateMode::recorded, 1).value(),
              outcome.state_diff);
    EXPECT_EQ(read_timings(*database_, StateMode::recorded, 1).value(), outcome.timings);
}

TEST_F(Results, WatermarkIsTheLastOfTheDoneBlocksWithoutAGap) {
    const auto mode = StateMode::recorded;
    EXPECT_EQ(watermark(mode), 0U);
    EXPECT_THAT(pending(mode), ElementsAre(1, 2, 3, 4, 5));
    ASSERT_TRUE(commit(3, mode));
    ASSERT_TRUE(commit(2, mode));
    EXPECT_EQ(watermark(mode), 0U);
    EXPECT_THAT(pending(mode), ElementsAre(1, 4, 5));
    ASSERT_TRUE(commit(1, mode));
    EXPECT_EQ(watermark(mode), 3U);
    ASSERT_TRUE(commit(5, mode));
    ASSERT_TRUE(commit(4, mode));
    EXPECT_EQ(watermark(mode), 5U);
    EXPECT_THAT(pending(mode), ElementsAre());
}

TEST_F(Results, OfTheTwoModesDoNotMix) {
    ASSERT_TRUE(commit(1, StateMode::recorded));
    EXPECT_EQ(read_outcome(*database_, StateMode::computed, 1).value().status,
              BlockStatus::pending);
    EXPECT_EQ(watermark(StateMode::computed), 0U);
    ASSERT_TRUE(commit(1, StateMode::computed));
    EXPECT_EQ(read_computed_receipts(*database_, StateMode::computed, 1).value(),
              sample_outcome(chain_[1], StateMode::computed).receipts);
    EXPECT_EQ(read_computed_receipts(*database_, StateMode::recorded, 1).value(),
              sample_outcome(chain_[1], StateMode::recorded).receipts);
}

TEST_F(Results, ComputedBlocksAreCommittedInOrder) {
    const auto early = commit(2, StateMode::computed);
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::misuse);
    EXPECT_THAT(early.error().message, HasSubstr("cannot be committed before block 1"));
}

TEST_F(Results, AreOfStoredUnchangedOpenBlocksOnly) {
    const auto mode = StateMode::recorded;
    EXPECT_THAT(commit(0, mode).error().message, HasSubstr("given, not executed"));
    ASSERT_TRUE(commit(1, mode));
    EXPECT_THAT(commit(1, mode).error().message, HasSubstr("done already"));
    auto outcome = sample_outcome(chain_[2], mode);
    outcome.block_hash = 1;
    EXPECT_THAT(commit_block(*database_, mode, outcome).error().message,
                HasSubstr("was replaced since"));
    outcome = sample_outcome(chain_[2], mode);
    outcome.receipts.pop_back();
    EXPECT_THAT(commit_block(*database_, mode, outcome).error().message,
                HasSubstr("has 2 transactions"));
    outcome.block = 6;
    EXPECT_THAT(commit_block(*database_, mode, outcome).error().message,
                HasSubstr("is not stored"));
}

TEST_F(Results, AFailedBlockIsReportedAndStaysToBeDone) {
    const auto mode = StateMode::recorded;
    ASSERT_TRUE(commit_failure(*database_, mode, 1, 2, "no such rule"));
    const auto failed = read_outcome(*database_, mode, 1).value();
    EXPECT_EQ(failed.status, BlockStatus::failed);
    EXPECT_EQ(failed.failure, "no such rule");
    EXPECT_THAT(pending(mode), ElementsAre(1, 2, 3, 4, 5));
    EXPECT_EQ(read_totals(*database_, mode).value().failed_blocks, 1U);
    ASSERT_TRUE(commit(1, mode));
    EXPECT_EQ(read_outcome(*database_, mode, 1).value().failure, "");
    EXPECT_EQ(watermark(mode), 1U);
}

TEST_F(Results, KnownExceptionsAreNeitherMatchesNorMismatches) {
    auto outcome = sample_outcome(chain_[1], StateMode::recorded);
    auto& verdict = outcome.verdict;
    verdict = {};
    verdict.matched_transactions = 1;
    verdict.excepted_transactions = 1;
    verdict.compared = {"receipts"};
    verdict.excepted = {{{1, 0, {}, "actual_fee", "0x1", "0x2"}, "known"}};
    ASSERT_TRUE(commit_block(*database_, StateMode::recorded, outcome));
    const auto stored = read_outcome(*database_, StateMode::recorded, 1).value();
    EXPECT_EQ(stored.status, BlockStatus::excepted);
    EXPECT_EQ(stored.verdict, outcome.verdict);
    const auto totals = read_totals(*database_, StateMode::recorded).value();
    EXPECT_EQ(totals.excepted_blocks, 1U);
    EXPECT_EQ(totals.matched_blocks, 0U);
    EXPECT_EQ(totals.mismatched_blocks, 0U);
    EXPECT_EQ(totals.matched_transactions, 1U);
    EXPECT_EQ(totals.excepted_transactions, 1U);
}

TEST_F(Results, TotalsCountEachBlockOnce) {
    const auto mode = StateMode::recorded;
    for (const BlockNumber number : {1, 2, 4})
        ASSERT_TRUE(commit(number, mode));
    ASSERT_TRUE(commit_failure(*database_, mode, 3, 2, "reason"));
    const auto totals = read_totals(*database_, mode).value();
    EXPECT_EQ(totals.blocks, 6U);
    EXPECT_EQ(totals.given_blocks, 1U);
    EXPECT_EQ(totals.matched_blocks + totals.mismatched_blocks + totals.excepted_blocks, 3U);
    EXPECT_EQ(totals.failed_blocks, 1U);
    EXPECT_EQ(totals.pending_blocks, 1U);
    EXPECT_EQ(totals.transactions, 6U);
    EXPECT_EQ(totals.executed_steps, 1001U + 1002 + 1004);
}

TEST_F(Results, ResetLeavesTheChainAndTheOtherMode) {
    for (const auto mode : {StateMode::recorded, StateMode::computed}) {
        const auto before = database_->digest().value();
        for (BlockNumber number = 1; number < chain_.size(); ++number)
            ASSERT_TRUE(commit(number, mode));
        EXPECT_NE(database_->digest().value(), before);
        ASSERT_TRUE(reset_results(*database_, mode));
        EXPECT_EQ(database_->digest().value(), before);
        for (BlockNumber number = 1; number < chain_.size(); ++number)
            ASSERT_TRUE(commit(number, mode));
        EXPECT_EQ(watermark(mode), 5U);
    }
}

TEST_F(Results, AccessSetsOutliveAResetAndGoWithTheirBlock) {
    const auto outcome = sample_outcome(chain_[1], StateMode::computed);
    ASSERT_FALSE(outcome.access_sets.empty());
    EXPECT_EQ(read_access_sets(*database_, 1).value(), std::nullopt);
    ASSERT_TRUE(commit_block(*database_, StateMode::computed, outcome));
    EXPECT_EQ(read_access_sets(*database_, 1).value(), outcome.access_sets);
    ASSERT_TRUE(reset_results(*database_, StateMode::computed));
    EXPECT_EQ(read_access_sets(*database_, 1).value(), outcome.access_sets)
        << "the next run is what they are for";
    const auto digest = database_->digest().value();
    ASSERT_TRUE(forget_access_sets(*database_));
    EXPECT_EQ(read_access_sets(*database_, 1).value(), std::nullopt);
    EXPECT_EQ(database_->digest().value(), digest) << "they are no result";
    ASSERT_TRUE(commit_block(*database_, StateMode::computed, outcome));
    ASSERT_TRUE(revert_to_block(*database_, 0));
    EXPECT_EQ(read_access_sets(*database_, 1).value(), std::nullopt);
}

TEST_F(Results, DigestLeavesOutTimingsAndNothingElse) {
    auto outcome = sample_outcome(chain_[1], StateMode::recorded);
    ASSERT_TRUE(commit_block(*database_, StateMode::recorded, outcome));
    const auto digest = database_->digest().value();
    ASSERT_TRUE(reset_results(*database_, StateMode::recorded));
    outcome.timings = {};
    ASSERT_TRUE(commit_block(*database_, StateMode::recorded, outcome));
    EXPECT_EQ(database_->digest().value(), digest);
    ASSERT_TRUE(reset_results(*database_, StateMode::recorded));
    ++outcome.verdict.matched_transactions;
    ASSERT_TRUE(commit_block(*database_, StateMode::recorded, outcome));
    EXPECT_NE(database_->digest().value(), digest);
}

}  // namespace
}  // namespace blockexecd::storage::test
