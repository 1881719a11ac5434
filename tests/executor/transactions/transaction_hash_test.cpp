// SPDX-License-Identifier: Apache-2.0
// Transaction hashes and contract addresses of every transaction that the reference data has.
#include "executor/transactions/transaction_hash.hpp"

#include <gtest/gtest.h>

#include <map>

#include "executor/types/address.hpp"
#include "tests/executor/commitments/gateway.hpp"

namespace blockexecd::executor {
namespace {

const std::vector<std::string> kChainIds{"SN_MAIN", "SN_SEPOLIA", "SN_GOERLI", "SN_GOERLI2",
                                         "SN_INTEGRATION_SEPOLIA"};

ContractAddress computed_address(const Transaction& transaction) {
    return contract_address(Felt(), transaction.contract_address_salt, transaction.class_hash,
                            transaction.calldata);
}

bool deploys(const Transaction& transaction) {
    return transaction.type == TransactionType::deploy_account ||
           transaction.type == TransactionType::deploy;
}

TEST(TransactionHash, IsThatOfEveryKindAndVersionOnMainnet) {
    const auto files = gateway::read_transactions("tests/data/transactions/hashes.json");
    ASSERT_EQ(files.size(), 15U);
    for (gateway::TransactionFile file : files) {
        Transaction& transaction = file.transaction;
        SCOPED_TRACE(transaction.hash.to_hex());
        if (deploys(transaction))
            transaction.sender_address = computed_address(transaction);
        EXPECT_TRUE(is_transaction_hash_valid(transaction, file.chain_id, file.block_number));
        const Felt chain_id = Felt::from_ascii(file.chain_id);
        if (file.only_query_hash) {
            EXPECT_EQ(transaction_hash(transaction, chain_id), transaction.hash);
            transaction.only_query = true;
            EXPECT_EQ(transaction_hash(transaction, chain_id), *file.only_query_hash);
        } else if (transaction.type == TransactionType::l1_handler) {
            EXPECT_NE(transaction_hash(transaction, chain_id), transaction.hash);
            EXPECT_FALSE(is_transaction_hash_valid(transaction, file.chain_id, 1471));
        }
    }
}

TEST(TransactionHash, CoversEveryField) {
    const auto chain_id = Felt::from_ascii("SN_MAIN");
    const auto changed = [&](const Transaction& transaction, auto change) {
        Transaction other = transaction;
        change(other);
        return transaction_hash(other, chain_id) != transaction_hash(transaction, chain_id);
    };
    const Transaction invoke;  // version 3
    EXPECT_TRUE(changed(invoke, [](Transaction& t) { t.tip = 1; }));
    EXPECT_TRUE(changed(invoke, [](Transaction& t) { t.nonce = Felt(1); }));
    EXPECT_TRUE(changed(invoke, [](Transaction& t) { t.sender_address = Felt(1); }));
    EXPECT_TRUE(changed(invoke, [](Transaction& t) { t.calldata = {Felt(0)}; }));
    EXPECT_TRUE(
        changed(invoke, [](Transaction& t) { t.resource_bounds.l1_data_gas = ResourceBounds{}; }));
    EXPECT_TRUE(changed(invoke, [](Transaction& t) {
        t.resource_bounds.l2_gas.max_price_per_unit = u128{1} << 127;
    }));
    EXPECT_TRUE(changed(invoke, [](Transaction& t) { t.nonce_data_availability_mode = 1; }));
    EXPECT_TRUE(changed(invoke, [](Transaction& t) { t.fee_data_availability_mode = 1; }));
    EXPECT_TRUE(changed(invoke, [](Transaction& t) { t.paymaster_data = {Felt(0)}; }));
    EXPECT_TRUE(changed(invoke, [](Transaction& t) { t.account_deployment_data = {Felt(0)}; }));
    EXPECT_TRUE(changed(invoke, [](Transaction& t) { t.proof_facts = {Felt(0)}; }));
    EXPECT_TRUE(changed(invoke, [](Transaction& t) { t.only_query = true; }));
}

TEST(TransactionHash, IsTheRecordedOneInTheReferenceChains) {
    const auto chains = gateway::bundled_chains();
    std::size_t transactions = 0;
    std::size_t addresses = 0;
    for (const auto& entry : std::filesystem::directory_iterator(chains)) {
        if (!entry.is_directory())
            continue;
        const auto chain = gateway::read_chain(entry.path());
        const Felt chain_id = Felt::from_ascii(chain.chain_id);
        for (const auto& path : chain.blocks)
            for (const Transaction& transaction : gateway::read_block(path).block.transactions) {
                SCOPED_TRACE(path.string() + " " + transaction.hash.to_hex());
                EXPECT_EQ(transaction_hash(transaction, chain_id), transaction.hash);
                ++transactions;
                if (deploys(transaction)) {
                    EXPECT_EQ(computed_address(transaction), transaction.sender_address);
                    ++addresses;
                }
            }
    }
    std::cout << transactions << " transactions, " << addresses << " addresses\n";
    EXPECT_GT(transactions, 1000U);
    EXPECT_GT(addresses, 10U);
}

TEST(TransactionHash, IsTheRecordedOneInRealBlocks) {
    const auto real = gateway::shared("real");
    if (!real)
        GTEST_SKIP() << "no ../shared/real";
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(*real / "blocks"))
        if (entry.path().extension() == ".json" && entry.path().filename() != "index.json")
            paths.push_back(entry.path());
    for (const char* folder : {"sepolia-0-7/block", "mainnet-0-9/decoded"})
        for (const auto& path : gateway::json_files(*real / folder))
            paths.push_back(path);
    std::size_t blocks = 0;
    std::size_t transactions = 0;
    std::size_t addresses = 0;
    for (const auto& path : paths) {
        SCOPED_TRACE(path.string());
        const Block block = gateway::read_block(path).block;
        // Not every file says which chain it is of: the one that most transactions hash with.
        std::size_t best = 0;
        for (const std::string& chain_id : kChainIds) {
            std::size_t valid = 0;
            for (const Transaction& transaction : block.transactions)
                valid +=
                    is_transaction_hash_valid(transaction, chain_id, block.header.number) ? 1 : 0;
            best = std::max(best, valid);
            if (valid == block.transactions.size())
                break;
        }
        EXPECT_EQ(best, block.transactions.size());
        ++blocks;
        transactions += best;
        for (const Transaction& transaction : block.transactions)
            if (deploys(transaction)) {
                EXPECT_EQ(computed_address(transaction), transaction.sender_address);
                ++addresses;
            }
    }
    std::cout << blocks << " blocks, " << transactions << " transactions, " << addresses
              << " addresses\n";
    EXPECT_GT(blocks, 90U);
    EXPECT_GT(transactions, 5000U);
}

TEST(Selector, IsTheKeccakOfTheName) {
    EXPECT_EQ(selector_from_name("transfer").to_hex(),
              "0x83afd3f4caedc6eebf44246fe54e38c95e3179a5ec9ea81740eca5b482d12e");
    EXPECT_EQ(selector_from_name("constructor").to_hex(),
              "0x28ffe4ff0f226a9107253e17a904099aa4f63a02a5621de0576e5aa71bc5194");
    EXPECT_EQ(selector_from_name("__default__"), Felt());
    EXPECT_EQ(selector_from_name("__l1_default__"), Felt());
}

}  // namespace
}  // namespace blockexecd::executor
