// SPDX-License-Identifier: Apache-2.0
// State roots of whole chains from the empty state, against those recorded.
#include "executor/commitments/state_commitment.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "executor/commitments/starknet_version.hpp"
#include "tests/executor/commitments/gateway.hpp"

namespace blockexecd::executor {
namespace {

StateRootRule rule_of(std::string_view starknet_version) {
    return *parse_starknet_version(starknet_version) < StarknetVersion{0, 14, 0, 0}
               ? StateRootRule::contracts_alone
               : StateRootRule::both_roots;
}

TEST(StateCommitment, IsTheRecordedRootAfterEachBlockOfTheReferenceChains) {
    const auto chains = gateway::bundled_chains();
    std::size_t blocks = 0;
    for (const auto& entry : std::filesystem::directory_iterator(chains)) {
        if (!entry.is_directory())
            continue;
        const auto chain = gateway::read_chain(entry.path());
        StateCommitment state;
        for (std::size_t i = 0; i < chain.state_updates.size(); ++i, ++blocks) {
            SCOPED_TRACE(chain.state_updates[i].string());
            const StateUpdate update = gateway::read_state_update(chain.state_updates[i]);
            state.apply(update.diff);
            const StateRoots roots = state.roots(
                rule_of(gateway::read_block(chain.blocks[i]).block.header.starknet_version));
            const auto json = boost::json::parse(gateway::read_file(chain.state_updates[i]));
            EXPECT_EQ(roots.contracts_root.to_hex(),
                      std::string_view(json.at("contracts_root").as_string()));
            EXPECT_EQ(roots.classes_root.to_hex(),
                      std::string_view(json.at("classes_root").as_string()));
            ASSERT_EQ(roots.state_root.to_hex(), update.new_root.to_hex());
        }
    }
    std::cout << blocks << " blocks\n";
    EXPECT_GE(blocks, 50U);
}

TEST(StateCommitment, IsTheRecordedRootOfRealChainsFromTheirFirstBlocks) {
    const auto real = gateway::shared("real");
    if (!real)
        GTEST_SKIP() << "no ../shared/real";
    std::size_t blocks = 0;
    for (const char* folder :
         {"sepolia-0-7/state_update", "mainnet-0-9/decoded", "goerli2-0-6", "integration-0-1"}) {
        StateCommitment state;
        for (const auto& path : gateway::json_files(*real / folder)) {
            SCOPED_TRACE(path.string());
            const StateUpdate update = gateway::read_state_update(path);
            state.apply(update.diff);
            ASSERT_EQ(state.roots(StateRootRule::contracts_alone).state_root.to_hex(),
                      update.new_root.to_hex());
            ++blocks;
        }
    }
    std::cout << blocks << " blocks\n";
    EXPECT_EQ(blocks, 27U);
}

TEST(StateRoot, OfContractsWithoutClassesDependsOnTheRule) {
    EXPECT_EQ(state_root(Felt(), Felt(), StateRootRule::both_roots), Felt());
    EXPECT_EQ(state_root(Felt(5), Felt(), StateRootRule::contracts_alone), Felt(5));
    EXPECT_NE(state_root(Felt(5), Felt(), StateRootRule::both_roots), Felt(5));
    EXPECT_NE(state_root(Felt(5), Felt(6), StateRootRule::contracts_alone), Felt(5));
}

TEST(StateCommitment, ForgetsAContractWhoseStateIsEmptyAgain) {
    StateCommitment state;
    StateDiff diff;
    diff.storage[{Felt(9), Felt(1)}] = Felt(2);
    state.apply(diff);
    EXPECT_NE(state.roots(StateRootRule::both_roots).state_root, Felt());
    diff.storage[{Felt(9), Felt(1)}] = Felt();
    state.apply(diff);
    EXPECT_EQ(state.roots(StateRootRule::both_roots).state_root, Felt());
}

}  // namespace
}  // namespace blockexecd::executor
