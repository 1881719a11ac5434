// SPDX-License-Identifier: Apache-2.0
// Every block of the recorded chains, executed over the state before it, gives what the reference
// gave: receipts, whole call trees, resources, state diff, commitments; and what it refused is
// refused with its words.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

#include "tests/executor/blocks/chain_archive.hpp"
#include "tests/executor/blocks/chain_comparison.hpp"
#include "tests/executor/blocks/chain_names.hpp"

namespace blockexecd::executor {
namespace {

class Chain : public testing::TestWithParam<const char*> {};

TEST_P(Chain, GivesWhatTheReferenceGave) {
    const auto result = test::compare_chain(test::chains_folder() / GetParam());
    std::cout << result.transactions << " transactions (" << result.reverted_transactions
              << " reverted) and " << result.rejections << " rejections compared, "
              << result.matched_transactions << " and " << result.matched_rejections
              << " matched, none skipped\n";
    EXPECT_GT(result.transactions, 0U);
    EXPECT_EQ(result.matched_transactions, result.transactions);
    EXPECT_EQ(result.matched_rejections, result.rejections);
    EXPECT_TRUE(result.differences.empty()) << result.differences.size() << " differences";
    constexpr std::size_t kShown = 25;
    for (std::size_t i = 0; i < std::min(result.differences.size(), kShown); ++i)
        ADD_FAILURE() << result.differences[i];
}

INSTANTIATE_TEST_SUITE_P(AllChains, Chain, testing::ValuesIn(test::kChainNames),
                         test::chain_test_name);
INSTANTIATE_TEST_SUITE_P(SyscallChains, Chain, testing::ValuesIn(test::kSyscallChainNames),
                         test::chain_test_name);

}  // namespace
}  // namespace blockexecd::executor
