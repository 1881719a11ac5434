// SPDX-License-Identifier: Apache-2.0
// What blocks weigh, transaction by transaction, is what the reference's bouncer weighed: on chains
// whose classes migrate, of Cairo 0, and with system calls and opcodes of every kind.
#include "executor/blocks/block_weights.hpp"

#include <gtest/gtest.h>

#include "executor/state/cached_state.hpp"
#include "tests/executor/blocks/archive_json.hpp"
#include "tests/executor/blocks/block_capacity.hpp"
#include "tests/executor/blocks/chain_names.hpp"
#include "tests/executor/blocks/chain_replay.hpp"

namespace blockexecd::executor {
namespace {

BlockWeights to_weights(const boost::json::value& json) {
    BlockWeights weights;
    for (const auto& field : kBlockWeightFields)
        weights.*field.value = test::to_u64(json.at(field.name));
    return weights;
}

class WeighedChain : public testing::TestWithParam<const char*> {};

TEST_P(WeighedChain, WeighsWhatTheReferenceWeighed) {
    const test::ChainArchive archive(test::chains_folder() / GetParam());
    const auto recorded = test::read_json(BLOCKEXECD_CHAIN_DATA "/" + std::string(GetParam()) +
                                          ".block_weights.json");
    test::ChainReplay replay(archive);
    VmWorker vm;
    for (BlockNumber number = 1; number <= archive.last_block() && !HasFailure(); ++number) {
        const auto block = archive.block(number);
        const auto& expected = recorded.at(number).as_array();
        ASSERT_EQ(expected.size(), block.transactions.size());
        const auto result = replay.execute(
            block, archive.state_update(number),
            [&](const BlockInput& input, InMemoryState& state) -> vm::Result<BlockResult> {
                BlockResult whole;
                for (std::uint64_t n = 1; n <= expected.size(); ++n) {
                    auto limited = input;
                    limited.limits.capacity = test::unlimited_capacity();
                    limited.limits.capacity->n_txs = n;
                    BX_TRY(whole, execute_block(vm, limited, state));
                    EXPECT_EQ(whole.transactions.size(), n);
                    EXPECT_EQ(to_text(whole.weights), to_text(to_weights(expected[n - 1])))
                        << "block " << number << ", transaction " << n - 1;
                }
                return whole;
            });
        ASSERT_TRUE(result.has_value()) << result.error().message();
    }
}

INSTANTIATE_TEST_SUITE_P(SomeChains, WeighedChain,
                         testing::Values("mixed-small", "legacy-small", "syscalls-0.13.4",
                                         "syscalls-0.14.4"),
                         test::chain_test_name);

}  // namespace
}  // namespace blockexecd::executor
