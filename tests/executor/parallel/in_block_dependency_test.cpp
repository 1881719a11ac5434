// SPDX-License-Identifier: Apache-2.0
// What one transaction of a block makes and a later one of it needs: nonces, classes, contracts,
// replaced classes, and what the end of the block makes of all together. Each block is made by hand
// over the first state of mixed-small, nobody signs it, and every number of workers gives what one
// VM gives.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "executor/types/address.hpp"
#include "tests/executor/blocks/chain_replay.hpp"
#include "tests/executor/parallel/chaos.hpp"
#include "tests/executor/parallel/thread_workers.hpp"

namespace blockexecd::executor {
namespace {

// Contracts of mixed-small (chain.json has the names of the classes).
const ContractAddress kWorkload(0x30000);
const ContractAddress kDeployer =
    Felt::from_hex("0x41a78e741e5af2fec34b695679bc6891742439f7afb8484ecd7766661ad02bf").value();
const ClassHash kWorkloadClass =
    Felt::from_hex("0x6b60d1d2c2b8466bd6447135fdfb0f4951cc6884daae8e371563c167c339c23").value();
const ClassHash kWorkloadGasClass =
    Felt::from_hex("0x49c746a240229be2db1718c26392464d26a0e88ce7f6051b1f44d15d4c2d309").value();

class HandmadeBlock : public testing::Test {
  protected:
    HandmadeBlock() {
        for (BlockNumber number = 1; number <= archive_.last_block(); ++number)
            for (const auto& transaction : archive_.block(number).transactions)
                recorded_.push_back(transaction);
        block_.header = archive_.block(1).header;
        const auto& invoke = first(TransactionType::invoke);
        bounds_ = invoke.resource_bounds;
        // Accounts of one class take calls in one form.
        const auto& class_hashes = replay_.state().class_hashes;
        for (const auto& [address, class_hash] : class_hashes)
            if (class_hash == class_hashes.at(invoke.sender_address))
                accounts_.push_back(address);
        std::ranges::sort(accounts_);
    }

    const Transaction& first(TransactionType type) const {
        return *std::ranges::find(recorded_, type, &Transaction::type);
    }

    void add(Transaction transaction) {
        transaction.nonce = nonces_[transaction.sender_address];
        nonces_[transaction.sender_address] += Felt(1);
        transaction.hash = Felt(0x1000 + block_.transactions.size());
        block_.transactions.push_back(std::move(transaction));
    }
    void call_as(const ContractAddress& account, const ContractAddress& to,
                 std::string_view function, const std::vector<Felt>& arguments = {}) {
        Transaction invoke;
        invoke.sender_address = account;
        invoke.resource_bounds = bounds_;
        invoke.calldata = {Felt(1), to, selector_from_name(function), Felt(arguments.size())};
        invoke.calldata.insert(invoke.calldata.end(), arguments.begin(), arguments.end());
        add(std::move(invoke));
    }
    // As the n-th account.
    void call(std::size_t account, const ContractAddress& to, std::string_view function,
              const std::vector<Felt>& arguments = {}) {
        call_as(accounts_.at(account), to, function, arguments);
    }
    // Through the universal deployer, so that the address depends on nobody.
    ContractAddress deploy(std::size_t account, const ClassHash& class_hash,
                           const std::vector<Felt>& constructor) {
        const Felt salt(0x5a17 + block_.transactions.size());
        std::vector<Felt> arguments{class_hash, salt, Felt(0), Felt(constructor.size())};
        arguments.insert(arguments.end(), constructor.begin(), constructor.end());
        call(account, kDeployer, "deployContract", arguments);
        return contract_address(Felt(0), salt, class_hash, constructor);
    }

    // On one VM, after every number of workers gave the same.
    BlockResult execute() {
        const BlockInput input{.chain = archive_.info(),
                               .block = block_,
                               .old_block_hash = {},
                               .declared_class = [this](const ClassHash& class_hash)
                                   -> vm::Result<std::shared_ptr<const CompiledClass>> {
                                   return replay_.load_class(class_hash);
                               },
                               .validate = false};
        VmWorker vm;
        auto expected = execute_block(vm, input, replay_.state());
        EXPECT_TRUE(expected.has_value()) << expected.error().message();
        for (const std::size_t n_workers : {1U, 2U, 4U, 8U, 16U}) {
            test::ThreadWorkers workers(n_workers);
            for (const std::uint64_t seed : {1U, 2U, 3U}) {
                test::Chaos chaos(seed, {.delays = 4, .leaves = 80});
                const auto computed =
                    workers.execute(input, replay_.state(), {.chaos = chaos.hook()});
                EXPECT_THAT(test::result_differences(expected, computed), testing::IsEmpty())
                    << n_workers << " workers, seed " << seed;
            }
        }
        return expected.has_value() ? *expected : BlockResult{};
    }
    static void expect_none_reverted(const BlockResult& result) {
        for (const auto& transaction : result.transactions)
            EXPECT_EQ(transaction.info.revert_error.value_or(""), "")
                << "transaction " << transaction.receipt.transaction_index;
    }
    // Of the call that the account made.
    static const CallInfo& inner_call(const TransactionResult& transaction) {
        return transaction.info.execute_call_info->inner_calls.at(0);
    }

    const test::ChainArchive archive_{test::chains_folder() / "mixed-small"};
    test::ChainReplay replay_{archive_};
    std::vector<Transaction> recorded_;
    ValidResourceBounds bounds_;
    std::vector<ContractAddress> accounts_;
    FlatMap<ContractAddress, Nonce> nonces_;
    Block block_;
};

TEST_F(HandmadeBlock, OneSendersTransactionsAreAChainOfNonces) {
    for (int i = 0; i < 12; ++i)
        call(0, kWorkload, "increment");
    const auto result = execute();
    expect_none_reverted(result);
    EXPECT_EQ(result.state_diff.nonces.at(accounts_[0]), Felt(12));
    for (std::uint64_t i = 1; i < 12; ++i)
        EXPECT_EQ(inner_call(result.transactions[i]).execution.retdata.at(0),
                  inner_call(result.transactions[i - 1]).execution.retdata.at(0) + Felt(1));
}

TEST_F(HandmadeBlock, AClassIsDeclaredAndThenUsed) {
    auto declare = first(TransactionType::declare);
    declare.sender_address = accounts_[0];
    declare.resource_bounds = bounds_;
    const ClassHash class_hash = declare.class_hash;
    ASSERT_EQ(*replay_.state().compiled_class(class_hash), nullptr);
    call(1, kWorkload, "upgrade", {class_hash});  // too early: nobody declared it
    add(declare);
    deploy(1, class_hash, {});
    deploy(2, class_hash, {});
    const auto result = execute();
    EXPECT_TRUE(result.transactions[0].info.is_reverted());
    for (const std::size_t later : {1U, 2U, 3U})
        EXPECT_EQ(result.transactions[later].info.revert_error.value_or(""), "");
    EXPECT_EQ(result.state_diff.declared_classes.count(class_hash), 1U);
    EXPECT_EQ(result.state_diff.deployed_contracts.size(), 2U);
}

TEST_F(HandmadeBlock, AContractIsDeployedAndThenCalled) {
    const auto contract = deploy(0, kWorkloadClass, {Felt(7), Felt(8)});
    for (std::size_t account = 1; account < 7; ++account)
        call(account, contract, "increment");
    const auto result = execute();
    expect_none_reverted(result);
    EXPECT_EQ(result.state_diff.deployed_contracts.at(contract), kWorkloadClass);
    EXPECT_EQ(inner_call(result.transactions[6]).execution.retdata.at(0),
              inner_call(result.transactions[1]).execution.retdata.at(0) + Felt(5));
}

TEST_F(HandmadeBlock, AnAccountIsDeployedAndThenSends) {
    // One whose deployment is paid for from the first state on.
    for (const auto& deployment : recorded_) {
        if (deployment.type != TransactionType::deploy_account)
            continue;
        const auto& state = replay_.state();
        const StorageCell balance{archive_.info().strk_fee_token_address,
                                  fee_token_balance_key(deployment.sender_address)};
        if (!state.storage.contains(balance))
            continue;
        add(deployment);
        for (int i = 0; i < 4; ++i)
            call_as(deployment.sender_address, kWorkload, "increment");
        const auto result = execute();
        EXPECT_EQ(result.state_diff.deployed_contracts.count(deployment.sender_address), 1U);
        EXPECT_EQ(result.state_diff.nonces.at(deployment.sender_address), Felt(5));
        return;
    }
    FAIL() << "no deployment of this chain is paid for from the first state on";
}

TEST_F(HandmadeBlock, AContractsClassIsReplacedAndThenRuns) {
    for (std::size_t account = 0; account < 3; ++account)
        call(account, kWorkload, "increment");
    call(3, kWorkload, "upgrade", {kWorkloadGasClass});
    for (std::size_t account = 4; account < 7; ++account)
        call(account, kWorkload, "increment");
    call(7, kWorkload, "upgrade", {kWorkloadClass});
    call(8, kWorkload, "increment");
    const auto result = execute();
    expect_none_reverted(result);
    for (const std::size_t i : {0U, 1U, 2U, 8U})
        EXPECT_EQ(inner_call(result.transactions[i]).call.class_hash, kWorkloadClass);
    for (const std::size_t i : {4U, 5U, 6U})
        EXPECT_EQ(inner_call(result.transactions[i]).call.class_hash, kWorkloadGasClass);
    EXPECT_TRUE(result.state_diff.replaced_classes.empty()) << "it is what it was before";
}

TEST_F(HandmadeBlock, ClassesThatRanMigrateTheirHashesAtTheEnd) {
    call(0, kWorkload, "increment");
    call(1, kWorkload, "upgrade", {kWorkloadGasClass});
    call(2, kWorkload, "increment");
    const auto result = execute();
    const auto& migrated = result.state_diff.migrated_compiled_classes;
    EXPECT_EQ(migrated.count(kWorkloadClass), 1U);
    EXPECT_EQ(migrated.count(kWorkloadGasClass), 1U) << "it ran after the replacement only";
    EXPECT_EQ(migrated.at(kWorkloadClass),
              replay_.load_class(kWorkloadClass)->compiled_class_hash_v2);
}

TEST_F(HandmadeBlock, WhatChangedGetsItsAliasesInOneOrder) {
    // Each writes cells of its own, in the opposite order of their keys.
    for (std::size_t account = 0; account < 8; ++account)
        call(account, kWorkload, "work_storage",
             {Felt(3), Felt(0x1000 * (8 - account)), Felt(1 + account)});
    const auto result = execute();
    expect_none_reverted(result);
    const ContractAddress aliases(2);
    std::vector<Felt> given;
    for (const auto& [cell, value] : result.state_diff.storage)
        if (cell.address == aliases && !cell.key.is_zero())
            given.push_back(value);
    EXPECT_GT(given.size(), 24U);
    std::ranges::sort(given);
    for (std::size_t i = 0; i < given.size(); ++i)
        EXPECT_EQ(given[i], Felt(0x80 + i));
    EXPECT_EQ(result.state_diff.storage.at({aliases, Felt(0)}), Felt(0x80 + given.size()));
}

}  // namespace
}  // namespace blockexecd::executor
