// SPDX-License-Identifier: Apache-2.0
// The engine on a bundled chain: whatever the number of VMs, exactly what was damaged mismatches,
// failures stay with their block, and a stop leaves the rest for later.
#include "daemon/engine/engine.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "daemon/lifecycle/log.hpp"
#include "storage/archive/import.hpp"
#include "storage/database/chain.hpp"
#include "storage/database/results.hpp"
#include "storage/schema/codec.hpp"
#include "storage/schema/keys.hpp"
#include "tests/storage/support/temporary_folder.hpp"

namespace blockexecd::daemon {
namespace {

using storage::Column;
using storage::StateMode;
using testing::HasSubstr;

class EngineOnChain : public testing::TestWithParam<std::uint64_t> {
  protected:
    EngineOnChain() {
        start_log(LogFormat::text, "error");
        storage::DatabaseSettings settings;
        settings.path = folder_ / "db";
        database_ = *storage::Database::open(settings);
        const auto imported =
            storage::import_archive(*database_, "tests/data/chains/transfers-small.tar.zst");
        if (imported.has_error())
            throw std::runtime_error(imported.error().message);
        last_ = imported->archive.last;
    }

    [[nodiscard]] EngineSettings settings(StateMode mode = StateMode::recorded) const {
        EngineSettings settings;
        settings.mode = mode;
        settings.placement =
            *executor::plan(executor::read_topology(), {.vms = GetParam(), .oversubscribe = true});
        settings.bundle_folder = folder_ / "bundles";
        return settings;
    }
    RunReport run(StateMode mode = StateMode::recorded) {
        Engine engine(database_, settings(mode));
        return engine.run_pending();
    }
    void put(Column column, const storage::Key& key, const std::string& value) {
        ASSERT_TRUE(database_->rocks().Put({}, database_->column(column), key.slice(), value).ok());
    }
    // Writes the recorded receipts of a block back with one changed.
    template <class F>
    void change_receipt(executor::BlockNumber block, std::size_t index, F change) {
        auto receipts = storage::read_block(*database_, block)->receipts;
        change(receipts.at(index));
        put(Column::receipts, storage::block_key(block), storage::encode(receipts));
    }
    static std::set<executor::BlockNumber> blocks_of(
        const std::vector<executor::Mismatch>& mismatches) {
        std::set<executor::BlockNumber> blocks;
        for (const auto& mismatch : mismatches)
            blocks.insert(mismatch.block);
        return blocks;
    }

    storage::test::TemporaryFolder folder_;
    std::shared_ptr<storage::Database> database_;
    executor::BlockNumber last_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Vms, EngineOnChain, testing::Values(1, 2, 8));

TEST_P(EngineOnChain, TheWholeChainMatchesInBothModes) {
    for (const auto mode : {StateMode::recorded, StateMode::computed}) {
        const auto report = run(mode);
        EXPECT_EQ(report.exit_code(), ExitCode::success);
        EXPECT_EQ(report.matched_blocks, last_);
        EXPECT_EQ(report.transactions, 400U);
        EXPECT_EQ(report.matched_transactions, 400U);
        EXPECT_GT(report.steps, 0U);
        EXPECT_EQ(report.vms.size(), GetParam());
        std::uint64_t blocks = 0;
        for (const auto& vm : report.vms)
            blocks += vm.blocks;
        EXPECT_EQ(blocks, last_);
        EXPECT_EQ(*storage::read_watermark(*database_, mode), last_);
    }
    for (executor::BlockNumber block = 1; block <= last_; ++block)
        EXPECT_EQ(*storage::read_computed_state_diff(*database_, StateMode::recorded, block),
                  *storage::read_computed_state_diff(*database_, StateMode::computed, block));
}

TEST_P(EngineOnChain, AccessSetsDoNotDependOnVmsOrStateAndServeTheNextRun) {
    const auto all_sets = [&] {
        std::vector<executor::BlockAccessSets> sets;
        for (executor::BlockNumber block = 1; block <= last_; ++block)
            sets.push_back(storage::read_access_sets(*database_, block)->value());
        return sets;
    };
    auto plain = settings();
    plain.in_block = InBlock::never;
    Engine(database_, plain).run_pending();
    const auto sets = all_sets();
    EXPECT_EQ(sets[0].size(), 100U);
    for (const auto mode : {StateMode::computed, StateMode::recorded}) {
        ASSERT_TRUE(storage::reset_results(*database_, mode));
        const auto report = run(mode);
        EXPECT_EQ(report.matched_transactions, 400U);
        EXPECT_EQ(all_sets(), sets);
    }
}

TEST_P(EngineOnChain, GiantBlocksAreExecutedByAllVms) {
    auto setting = settings();
    setting.giant_block_transactions = 100;
    const auto report = Engine(database_, setting).run_pending();
    EXPECT_EQ(report.exit_code(), ExitCode::success);
    EXPECT_EQ(report.matched_transactions, 400U);
}

TEST_P(EngineOnChain, AFaultInsideOfABlockFailsItByNumberAndTransaction) {
    auto block = *storage::read_block(*database_, 2);
    block.transactions.at(7).nonce += executor::Felt(5);
    put(Column::transactions, storage::block_key(2), storage::encode(block.transactions));
    for (const auto mode : {StateMode::recorded, StateMode::computed}) {
        const auto report = run(mode);
        EXPECT_EQ(report.exit_code(), ExitCode::not_executed);
        ASSERT_EQ(report.failures.size(), 1U);
        EXPECT_EQ(report.failures[0].block, 2U);
        EXPECT_THAT(report.failures[0].reason, HasSubstr("Block 2, transaction 7 (0x"));
        EXPECT_EQ(report.matched_blocks, mode == StateMode::recorded ? last_ - 1 : 1);
    }
}

TEST_P(EngineOnChain, ASecondRunExecutesNothing) {
    run();
    const auto digest = *database_->digest();
    const auto report = run();
    EXPECT_EQ(report.blocks, 0U);
    EXPECT_EQ(report.steps, 0U);
    EXPECT_EQ(*database_->digest(), digest);
}

TEST_P(EngineOnChain, ARangeLeavesTheRestForLater) {
    Engine engine(database_, settings());
    EXPECT_EQ(engine.run_pending(storage::BlockRange{2, 3}).matched_blocks, 2U);
    EXPECT_THAT(*storage::pending_ranges(*database_, StateMode::recorded),
                testing::ElementsAre(storage::BlockRange{1, 1}, storage::BlockRange{4, last_}));
    EXPECT_EQ(engine.run_pending(storage::BlockRange{2, 3}).blocks, 0U);
    EXPECT_EQ(engine.run_pending().matched_blocks, last_ - 2);
    EXPECT_TRUE(storage::pending_ranges(*database_, StateMode::recorded)->empty());
}

TEST_P(EngineOnChain, AnyMemoryLimitGivesTheSameResults) {
    auto tight = settings();
    tight.bytes_in_memory = 1;  // one block at a time
    EXPECT_EQ(Engine(database_, std::move(tight)).run_pending().matched_blocks, last_);
}

TEST_P(EngineOnChain, OneWrongReceiptIsOneMismatchByName) {
    change_receipt(2, 5,
                   [](executor::Receipt& receipt) { receipt.actual_fee += executor::Felt(1); });
    const auto report = run();
    EXPECT_EQ(report.exit_code(), ExitCode::mismatches);
    EXPECT_EQ(blocks_of(report.mismatches), std::set<executor::BlockNumber>{2});
    EXPECT_EQ(report.mismatches.front().index, 5U);
    EXPECT_EQ(report.mismatches.front().field, "actual_fee");
    EXPECT_EQ(report.matched_transactions, 399U);
    EXPECT_EQ(storage::read_outcome(*database_, StateMode::recorded, 2)->status,
              storage::BlockStatus::mismatched);

    std::ostringstream bundle;
    bundle << std::ifstream(folder_ / "bundles/block-2-recorded.json").rdbuf();
    EXPECT_THAT(bundle.str(), HasSubstr("\"field\":\"actual_fee\""));
    EXPECT_THAT(bundle.str(), HasSubstr("\"control_run\":\"same result\""));
}

// Nothing that is recorded about a block is visible to its execution: a wrong value in the last
// block's state update is found there, and no transaction of it, nor another block, sees it.
TEST_P(EngineOnChain, AWrongRecordedStateIsNotSeenByItsOwnBlock) {
    auto update = *storage::read_state_update(*database_, last_);
    const auto& changed = *update.diff.storage.begin();
    const auto cell = changed.first;
    const auto wrong = changed.second + executor::Felt(1);
    update.diff.storage[cell] = wrong;
    put(Column::state_updates, storage::block_key(last_), storage::encode(update));
    const auto bytes = wrong.to_bytes_be();
    put(Column::recorded_storage, storage::storage_history_key(cell, last_),
        std::string(bytes.begin(), bytes.end()));

    const auto report = run();
    EXPECT_EQ(blocks_of(report.mismatches), std::set<executor::BlockNumber>{last_});
    EXPECT_EQ(report.matched_transactions, 400U);
    for (const auto& mismatch : report.mismatches)
        EXPECT_FALSE(mismatch.index.has_value()) << mismatch.field;
    EXPECT_THAT(report.mismatches.front().field, HasSubstr("state_diff"));
}

TEST_P(EngineOnChain, ABlockThatCannotBeReadFailsAlone) {
    put(Column::receipts, storage::block_key(2), "damaged");
    const auto report = run();
    EXPECT_EQ(report.exit_code(), ExitCode::not_executed);
    ASSERT_EQ(report.failures.size(), 1U);
    EXPECT_EQ(report.failures[0].block, 2U);
    EXPECT_EQ(report.matched_blocks, last_ - 1);
    EXPECT_EQ(storage::read_outcome(*database_, StateMode::recorded, 2)->status,
              storage::BlockStatus::failed);
    EXPECT_EQ(*storage::read_watermark(*database_, StateMode::recorded), 1U);
}

TEST_P(EngineOnChain, InComputedStateNothingIsBuiltOnAFailure) {
    put(Column::receipts, storage::block_key(2), "damaged");
    const auto report = run(StateMode::computed);
    EXPECT_EQ(report.matched_blocks, 1U);
    ASSERT_EQ(report.failures.size(), 1U);
    EXPECT_TRUE(report.stopped);
    EXPECT_EQ(storage::read_outcome(*database_, StateMode::computed, 3)->status,
              storage::BlockStatus::pending);
}

TEST_P(EngineOnChain, StopsAtTheFirstMismatchWhenTold) {
    change_receipt(1, 0,
                   [](executor::Receipt& receipt) { receipt.actual_fee = executor::Felt(7); });
    Engine engine(database_, settings(StateMode::computed));
    engine.set_stop_at_mismatch(true);
    const auto report = engine.run_pending();
    EXPECT_EQ(report.blocks, 1U);
    EXPECT_EQ(report.mismatched_blocks, 1U);
    EXPECT_TRUE(report.stopped);
}

TEST_P(EngineOnChain, AfterAStopNothingBegins) {
    Engine engine(database_, settings());
    engine.stop();
    const auto report = engine.run_pending();
    EXPECT_EQ(report.blocks, 0U);
    EXPECT_TRUE(report.stopped);
    EXPECT_EQ(storage::pending_blocks(*database_, StateMode::recorded)->size(), last_);
}

}  // namespace
}  // namespace blockexecd::daemon
