// SPDX-License-Identifier: Apache-2.0
// What a run came to, as others read it: JSON keys, exit code and table.
#include "daemon/engine/run_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "daemon/engine/bundle.hpp"

namespace blockexecd::daemon {
namespace {

using testing::HasSubstr;

executor::Mismatch fee_mismatch() {
    return {.block = 7,
            .index = 3,
            .transaction_hash = executor::Felt(255),
            .field = "actual_fee",
            .expected = "0x1",
            .actual = "0x2"};
}

BundleContext oracle_chain() {
    BundleContext context;
    context.chain.chain_id = "SN_ORACLE";
    return context;
}

RunReport report_of_two_blocks() {
    RunReport report;
    report.blocks = 2;
    report.matched_blocks = 1;
    report.mismatched_blocks = 1;
    report.transactions = 20;
    report.matched_transactions = 19;
    report.mismatches = {fee_mismatch()};
    report.steps = 1234567;
    report.seconds = 0.5;
    report.vms = {{.placement = {.vm = 0, .cpu = 2, .core = 1, .node = 0},
                   .blocks = 2,
                   .executed_steps = 1234567,
                   .pin_error = {},
                   .memory_error = {}}};
    return report;
}

TEST(RunReport, JsonHasTheDocumentedKeys) {
    const auto json = to_json(report_of_two_blocks());
    EXPECT_EQ(
        boost::json::value(json),
        boost::json::parse(
            R"({"blocks":2,"matched_blocks":1,"mismatched_blocks":1,"excepted_blocks":0,"skipped_blocks":0,
        "transactions":20,"matched":19,"excepted":0,"skipped_transactions":0,"compared":{},"skipped":{},"exceptions":[],
        "mismatches":[{"block":7,"index":3,"transaction_hash":"0xff","field":"actual_fee","expected":"0x1","actual":"0x2"}],
        "failures":[],"steps":1234567,"seconds":0.5,"transactions_per_second":40.0,"vms":1})"));
}

TEST(RunReport, WhatIsSkippedOrExceptedIsNeitherMatchedNorAMismatch) {
    RunReport report;
    executor::Verdict verdict;
    verdict.matched_transactions = 4;
    verdict.compared = {"receipts"};
    verdict.skipped = {"state_root: needs the whole state"};
    report.add(verdict, 5);
    verdict.excepted = {{.mismatch = fee_mismatch(), .reason = "known"}};
    verdict.excepted_transactions = 1;
    report.add(verdict, 5);
    executor::Verdict nothing;
    nothing.skipped_transactions = 2;
    nothing.skipped = {"receipts: none"};
    report.add(nothing, 2);
    EXPECT_EQ(report.matched_blocks, 1U);
    EXPECT_EQ(report.excepted_blocks, 1U);
    EXPECT_EQ(report.mismatched_blocks, 0U);
    EXPECT_EQ(report.skipped_blocks, 1U);
    EXPECT_EQ(report.transactions, 12U);
    EXPECT_EQ(report.matched_transactions, 8U);
    EXPECT_EQ(report.excepted_transactions, 1U);
    EXPECT_EQ(report.skipped_transactions, 2U);
    EXPECT_EQ(report.exit_code(), ExitCode::success);
    const auto json = to_json(report);
    EXPECT_EQ(json.at("compared").at("receipts"), 2);
    EXPECT_EQ(json.at("skipped").at("state_root: needs the whole state"), 2);
    EXPECT_EQ(json.at("exceptions").at(0).at("reason"), "known");
    EXPECT_TRUE(json.at("mismatches").as_array().empty());
    const auto text = details_of(report);
    EXPECT_THAT(text, HasSubstr("compared in 2 blocks: receipts\n"));
    EXPECT_THAT(text, HasSubstr("skipped in 2 blocks: state_root"));
    EXPECT_THAT(text, HasSubstr("known exception: block 7 transaction 3 actual_fee"));
}

TEST(RunReport, ABlocksOwnFieldHasNoTransaction) {
    auto mismatch = fee_mismatch();
    mismatch.index.reset();
    const auto json = to_json(mismatch);
    EXPECT_TRUE(json.at("index").is_null());
    EXPECT_TRUE(json.at("transaction_hash").is_null());
}

TEST(RunReport, MismatchesGoOverFailuresInTheExitCode) {
    RunReport report;
    EXPECT_EQ(report.exit_code(), ExitCode::success);
    report.failures = {{.block = 1, .reason = "no class"}};
    EXPECT_EQ(report.exit_code(), ExitCode::not_executed);
    report.mismatches = {fee_mismatch()};
    EXPECT_EQ(report.exit_code(), ExitCode::mismatches);
}

TEST(RunReport, TableTellsTotalsAndWhereEachVmIs) {
    storage::ResultTotals stored;
    stored.matched_blocks = 40;
    stored.transactions = 400;
    stored.matched_transactions = 390;
    stored.excepted_transactions = 3;
    const auto table = to_table(report_of_two_blocks(), stored);
    EXPECT_THAT(table, HasSubstr("transactions                      20               400\n"));
    EXPECT_THAT(table, HasSubstr("  matched                         19               390\n"));
    EXPECT_THAT(table, HasSubstr("  mismatched                       1                 7\n"));
    EXPECT_THAT(table, HasSubstr("  excepted                         0                 3\n"));
    EXPECT_THAT(table, HasSubstr("VM steps                   1,234,567"));
    EXPECT_THAT(table, HasSubstr("transactions/s                  40.0\n"));
    EXPECT_THAT(table, HasSubstr("  vm 0 on cpu 2 (core 1, node 0): 2 blocks, 1,234,567 steps\n"));
}

TEST(RunReport, TableTellsAVmThatIsNotPinned) {
    auto report = report_of_two_blocks();
    report.vms[0].pin_error = "Invalid argument";
    EXPECT_THAT(to_table(report, {}), HasSubstr("NOT PINNED: Invalid argument"));
}

TEST(RunReport, NumbersAreGrouped) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(Bundle, HoldsWhatIsNeededToJudge) {
    ExecutedBlock block;
    block.outcome.block = 7;
    block.outcome.verdict.mismatches = {fee_mismatch()};
    block.outcome.verdict.compared = {"receipts"};
    block.starknet_version = "0.14.1";
    block.control = Control::same;
    const std::filesystem::path folder = testing::TempDir() + "blockexecd_bundles";
    EXPECT_EQ(write_bundle(folder, oracle_chain(), block), std::nullopt);
    const auto path = folder / "block-7-recorded.json";
    ASSERT_TRUE(std::filesystem::exists(path));
    std::filesystem::remove_all(folder);
    const auto json = boost::json::parse(bundle_text(oracle_chain(), block)).as_object();
    EXPECT_EQ(json.at("chain_id"), "SN_ORACLE");
    EXPECT_EQ(json.at("block"), 7);
    EXPECT_EQ(json.at("starknet_version"), "0.14.1");
    EXPECT_EQ(json.at("control_run"), "same result");
    EXPECT_EQ(json.at("mismatches").at(0).at("field"), "actual_fee");
    EXPECT_TRUE(json.at("versions").as_object().contains("commit"));
}

TEST(Bundle, TellsAFolderThatCannotBeWritten) {
    EXPECT_THAT(write_bundle("/proc/nothing", {}, {}).value_or(""), HasSubstr("/proc/nothing"));
}

}  // namespace
}  // namespace blockexecd::daemon
