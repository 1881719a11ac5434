// SPDX-License-Identifier: Apache-2.0
// Commitments and block hashes of every block that the reference data has.
#include "executor/commitments/block_hash.hpp"

#include <gtest/gtest.h>

#include <set>
#include <thread>
#include <vector>

#include "executor/commitments/starknet_version.hpp"
#include "tests/executor/commitments/gateway.hpp"

namespace blockexecd::executor {
namespace {

struct Compared {
    std::size_t blocks = 0;
    std::size_t transaction = 0;
    std::size_t event = 0;
    std::size_t receipt = 0;
    std::size_t state_diff = 0;
    std::size_t hash = 0;
};
std::ostream& operator<<(std::ostream& out, const Compared& compared) {
    return out << compared.blocks << " blocks: " << compared.transaction << " transaction, "
               << compared.event << " event, " << compared.receipt << " receipt, "
               << compared.state_diff << " state diff commitments, " << compared.hash
               << " block hashes\n";
}

void expect_equal(const std::optional<Felt>& recorded, const std::optional<Felt>& computed,
                  std::size_t& count, const char* what) {
    if (!recorded || !computed)
        return;
    EXPECT_EQ(recorded->to_hex(), computed->to_hex()) << what;
    ++count;
}

std::string chain_id_of(const std::filesystem::path& path) {
    const std::string file = path.filename().string();
    const std::string network = file.substr(0, file.find('_'));
    // The blocks of the old integration network below its 0.7 were hashed with goerli's chain id.
    if (network == "integration")
        return file.starts_with("integration_0_") || file.starts_with("integration_1_")
                   ? "SN_GOERLI"
                   : "SN_INTEGRATION";
    return network == "mainnet" ? "SN_MAIN" : network == "goerli" ? "SN_GOERLI" : "SN_OTHER";
}

// A block of 0.14.2 (its hash says so) whose file was brought to 0.14.4 by its editors.
constexpr const char* kEditedVersion = "unknown_1041730_74783cfa.json";
// Served after 0.13.2 with commitments that the block hash does not cover.
const std::set<std::string> kReplacedCommitments{"integration_330363_8ab8117e.json",
                                                 "mainnet_619596_3ebe3c1d.json"};
// Not a network's block: of a development node whose commitments are partly 0.
constexpr const char* kMadeUp = "unknown_329526_1219b7fc.json";
// In the range of goerli's blocks (119802 to 148428) whose hashes no node can verify.
constexpr const char* kUnverifiable = "goerli_119802_62483d7a.json";

TEST(BlockHash, AndItsCommitmentsAreTheRecordedOnesInTheReferenceChains) {
    const auto chains = gateway::bundled_chains();
    Compared compared;
    for (const auto& entry : std::filesystem::directory_iterator(chains)) {
        if (!entry.is_directory())
            continue;
        const auto chain = gateway::read_chain(entry.path());
        ASSERT_EQ(chain.blocks.size(), chain.state_updates.size());
        for (std::size_t i = 0; i < chain.blocks.size(); ++i) {
            SCOPED_TRACE(chain.blocks[i].string());
            const Block block = gateway::read_block(chain.blocks[i]).block;
            const StateDiff diff = gateway::read_state_update(chain.state_updates[i]).diff;
            const auto commitments = block_commitments(block.header.starknet_version,
                                                       block.transactions, block.receipts, diff);
            ASSERT_TRUE(commitments.has_value()) << commitments.error().message();
            ++compared.blocks;
            expect_equal(block.header.transaction_commitment, commitments->transaction,
                         compared.transaction, "transaction commitment");
            expect_equal(block.header.event_commitment, commitments->event, compared.event,
                         "event commitment");
            expect_equal(block.header.receipt_commitment, commitments->receipt, compared.receipt,
                         "receipt commitment");
            expect_equal(block.header.state_diff_commitment, commitments->state_diff,
                         compared.state_diff, "state diff commitment");
            if (block.header.state_diff_length) {
                EXPECT_EQ(*block.header.state_diff_length, commitments->state_diff_length);
            }
            if (chain.synthetic_block_hashes)
                continue;
            const auto hash =
                block_hash(block.header, block.transactions.size(), *commitments, chain.chain_id);
            ASSERT_TRUE(hash.has_value()) << hash.error().message();
            expect_equal(block.header.hash, *hash, compared.hash, "block hash");
        }
    }
    std::cout << compared;
    EXPECT_GE(compared.hash, 40U);
}

TEST(BlockHash, AndItsCommitmentsAreTheRecordedOnesInRealBlocks) {
    const auto real = gateway::shared("real");
    if (!real)
        GTEST_SKIP() << "no ../shared/real";
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*real / "blocks"))
        if (entry.path().extension() == ".json" && entry.path().filename() != "index.json")
            paths.push_back(entry.path());
    Compared compared;
    for (const auto& path : paths) {
        if (path.filename() == kMadeUp)
            continue;
        SCOPED_TRACE(path.string());
        gateway::BlockFile file = gateway::read_block(path);
        if (path.filename() == kEditedVersion)
            file.block.header.starknet_version = "0.14.2";
        const Block& block = file.block;
        auto commitments = block_commitments(block.header.starknet_version, block.transactions,
                                             block.receipts, file.state_update.diff);
        ASSERT_TRUE(commitments.has_value()) << commitments.error().message();
        ++compared.blocks;
        // Old blocks that were served again later have 0 or other trees' roots in place of their
        // commitments: their hashes, which are compared below, are over ours.
        if (block.header.transaction_commitment.value_or(Felt()) != Felt() &&
            !kReplacedCommitments.contains(path.filename().string())) {
            expect_equal(block.header.transaction_commitment, commitments->transaction,
                         compared.transaction, "transaction commitment");
            expect_equal(block.header.event_commitment, commitments->event, compared.event,
                         "event commitment");
        }
        expect_equal(block.header.receipt_commitment, commitments->receipt, compared.receipt,
                     "receipt commitment");
        if (file.has_state_update) {
            expect_equal(block.header.state_diff_commitment,
                         state_diff_commitment(file.state_update.diff), compared.state_diff,
                         "state diff commitment");
        } else if (commitments->state_diff) {
            commitments->state_diff = block.header.state_diff_commitment;
            commitments->state_diff_length = block.header.state_diff_length.value_or(0);
        }
        const auto valid = is_block_hash_valid(block.header, block.transactions.size(),
                                               *commitments, chain_id_of(path));
        ASSERT_TRUE(valid.has_value()) << valid.error().message();
        EXPECT_EQ(*valid, path.filename() != kUnverifiable) << "block hash";
        ++compared.hash;
    }
    std::cout << compared;
    EXPECT_EQ(compared.blocks, 83U);
}

TEST(StateDiffCommitment, IsTheOneSignedForMainnetsFirstBlocks) {
    const auto real = gateway::shared("real");
    if (!real)
        GTEST_SKIP() << "no ../shared/real";
    for (const auto& path : gateway::json_files(*real / "mainnet-0-9/decoded")) {
        SCOPED_TRACE(path.string());
        const gateway::BlockFile file = gateway::read_block(path);
        EXPECT_EQ(file.block.header.state_diff_commitment,
                  state_diff_commitment(file.state_update.diff));
        EXPECT_EQ(file.block.header.state_diff_length, state_diff_length(file.state_update.diff));
    }
}

TEST(BlockCommitments, AreTheSameWhoeverComputesThem) {
    const auto chain = gateway::read_chain(gateway::bundled_chains() / "mixed-small");
    const Block block = gateway::read_block(chain.blocks[1]).block;
    const StateDiff diff = gateway::read_state_update(chain.state_updates[1]).diff;
    const RunJobs at_once = [](std::size_t count, const Job& job) {
        std::vector<std::jthread> threads;
        for (std::size_t index = count; index-- > 0;)
            threads.emplace_back([&job, index] { job(index); });
    };
    for (const std::string_view version : {"0.13.1.1", "0.14.1"}) {
        const auto in_turn = block_commitments(version, block.transactions, block.receipts, diff);
        const auto together =
            block_commitments(version, block.transactions, block.receipts, diff, at_once);
        ASSERT_TRUE(in_turn.has_value());
        EXPECT_EQ(*in_turn, *together);
    }
}

TEST(BlockCommitments, NeedTheGasOfReceiptsWhereTheVersionCommitsToIt) {
    std::vector<Transaction> transactions(1);
    transactions[0].hash = Felt(7);
    const std::vector<Receipt> receipts(1);
    EXPECT_TRUE(block_commitments("0.13.1.1", transactions, receipts, {}).has_value());
    const auto refused = block_commitments("0.13.2", transactions, receipts, {});
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().message(), "the receipt of 0x7 has no total_gas_consumed");
}

TEST(StarknetVersion, HasThreeOrFourNumbers) {
    EXPECT_EQ(parse_starknet_version("0.13.2"), (StarknetVersion{0, 13, 2, 0}));
    EXPECT_EQ(parse_starknet_version("0.13.1.1"), (StarknetVersion{0, 13, 1, 1}));
    EXPECT_EQ(parse_starknet_version(""), StarknetVersion{});
    for (const char* text :
         {"0", "0.13", "0.13.", "0.13.2.", "0.13.2.1.5", "0.13.x", "v0.13.2", "0.13.2 "})
        EXPECT_EQ(parse_starknet_version(text), std::nullopt) << text;
}

}  // namespace
}  // namespace blockexecd::executor
