// SPDX-License-Identifier: Apache-2.0
// Every block of the recorded chains, executed over the state before it, gives what the reference
// gave: receipts, whole call trees, resources, state diff, commitments.
#include <gtest/gtest.h>

#include "executor/blocks/verify.hpp"
#include "tests/executor/blocks/chain_names.hpp"
#include "tests/executor/blocks/chain_replay.hpp"
#include "tests/executor/blocks/execution_diff.hpp"
#include "tests/executor/blocks/recorded_result.hpp"

namespace blockexecd::executor {
namespace {

class Chain : public testing::TestWithParam<const char*> {};

TEST_P(Chain, GivesWhatTheReferenceGave) {
    const test::ChainArchive archive(test::chains_folder() / GetParam());
    test::ChainReplay replay(archive);
    std::uint64_t n_transactions = 0;
    std::uint64_t n_matched = 0;
    std::vector<std::string> differences;
    for (BlockNumber number = 1; number <= archive.last_block(); ++number) {
        const Block block = archive.block(number);
        const StateUpdate update = archive.state_update(number);
        n_transactions += block.transactions.size();
        const auto result = replay.execute(block, update);
        if (result.has_error()) {
            differences.push_back(result.error().message());
            continue;
        }
        const Verdict verdict = verify_block(archive.info(), block, update, *result);
        for (const auto& mismatch : verdict.mismatches)
            differences.push_back(test::to_text(mismatch));
        n_matched += verdict.matched_transactions;
        const auto recorded = test::read_execution_infos(archive, number);
        for (std::size_t i = 0; i < recorded.size(); ++i)
            for (const auto& line :
                 test::execution_differences(recorded[i], result->transactions[i].info))
                differences.push_back("block " + std::to_string(number) + ", transaction " +
                                      std::to_string(i) + ": " + line);
    }
    RecordProperty("transactions", std::to_string(n_transactions));
    EXPECT_EQ(n_matched, n_transactions);
    EXPECT_TRUE(differences.empty()) << differences.size() << " differences";
    constexpr std::size_t kShown = 25;
    for (std::size_t i = 0; i < std::min(differences.size(), kShown); ++i)
        ADD_FAILURE() << differences[i];
}

INSTANTIATE_TEST_SUITE_P(AllChains, Chain, testing::ValuesIn(test::kChainNames),
                         test::chain_test_name);

}  // namespace
}  // namespace blockexecd::executor
