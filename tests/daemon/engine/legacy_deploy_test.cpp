// SPDX-License-Identifier: Apache-2.0
// A deploy transaction of the first protocol versions on its whole way: an archive that has one is
// imported with its hashes checked, executed, written back and exported as it was.
#include <gtest/gtest.h>

#include <fstream>

#include "daemon/engine/engine.hpp"
#include "daemon/lifecycle/log.hpp"
#include "executor/commitments/block_hash.hpp"
#include "executor/transactions/transaction_hash.hpp"
#include "executor/types/address.hpp"
#include "storage/archive/export.hpp"
#include "storage/archive/import.hpp"
#include "storage/archive/json_writer.hpp"
#include "storage/database/chain.hpp"
#include "storage/database/results.hpp"
#include "tests/executor/blocks/archive_json.hpp"
#include "tests/executor/blocks/chain_replay.hpp"
#include "tests/storage/support/temporary_folder.hpp"

namespace blockexecd::daemon {
namespace {

using executor::Felt;
using storage::StateMode;

// An account's class: its constructor writes a public key.
const Felt kClass =
    *Felt::from_hex("0x4d07e40e93398ed3c76981e72dd1fd22557a78ce36c0515f679e27f0bb5bc5f");
const Felt kPublicKey(0x9e7);

class LegacyDeploy : public testing::Test {
  protected:
    // Block 0 of a bundled chain, and behind it a block with the deploy transaction alone. What it
    // records is what the executor gives: mainnet's first blocks, elsewhere, show that it is right.
    LegacyDeploy() {
        start_log(LogFormat::text, "error");
        const executor::test::ChainArchive source(executor::test::chains_folder() / "legacy-small");
        executor::test::ChainReplay replay(source);
        auto block = source.block(1);
        auto update = source.state_update(1);
        executor::Transaction deploy;
        deploy.type = executor::TransactionType::deploy;
        deploy.version = 0;
        deploy.class_hash = kClass;
        deploy.contract_address_salt = Felt(7);
        deploy.calldata = {kPublicKey};
        deploy.sender_address = executor::contract_address(Felt(), deploy.contract_address_salt,
                                                           kClass, deploy.calldata);
        deploy.hash = executor::transaction_hash(deploy, Felt::from_ascii(source.info().chain_id));
        address = deploy.sender_address;
        block.transactions = {deploy};
        const auto result = replay.execute(block, update).value();
        block.receipts = {result.transactions.at(0).receipt};
        update.diff = result.state_diff;
        auto& header = block.header;
        const auto commitments =
            executor::block_commitments(header.starknet_version, block.transactions, block.receipts,
                                        update.diff)
                .value();
        header.transaction_commitment = commitments.transaction;
        header.event_commitment = commitments.event;
        header.receipt_commitment = commitments.receipt;
        header.state_diff_commitment = commitments.state_diff;
        header.state_diff_length = commitments.state_diff_length;
        header.l2_gas_consumed.reset();
        header.hash = executor::block_hash(header, 1, commitments, source.info().chain_id).value();
        update.block_hash = header.hash;

        std::filesystem::create_directories(archive / "blocks");
        std::filesystem::create_directories(archive / "state_updates");
        for (const char* same : {"classes", "blocks/0.json", "state_updates/0.json"})
            std::filesystem::copy(source.folder() / same, archive / same,
                                  std::filesystem::copy_options::recursive);
        write("chain.json", storage::chain_to_json(source.info(), source.block(0).header, header));
        write("blocks/1.json", storage::block_to_json(block));
        write("state_updates/1.json", storage::state_update_to_json(update));
    }

    void write(const char* file, const std::string& text) const {
        std::ofstream(archive / file, std::ios::binary) << text;
    }
    std::shared_ptr<storage::Database> open(const char* name) const {
        storage::DatabaseSettings settings;
        settings.path = folder_ / name;
        return *storage::Database::open(settings);
    }

    storage::test::TemporaryFolder folder_;
    std::filesystem::path archive = folder_ / "archive";
    executor::ContractAddress address;
};

TEST_F(LegacyDeploy, IsImportedExecutedWrittenBackAndExported) {
    const auto database = open("db");
    const auto imported = storage::import_archive(*database, archive);
    ASSERT_TRUE(imported.has_value()) << imported.error().message;
    EXPECT_EQ(imported->transactions, 1U);

    EngineSettings settings;
    settings.placement =
        *executor::plan(executor::read_topology(), {.vms = 2, .oversubscribe = true});
    settings.bundle_folder = folder_ / "bundles";
    for (const auto mode : {StateMode::recorded, StateMode::computed}) {
        settings.mode = mode;
        const auto report = Engine(database, settings).run_pending();
        EXPECT_EQ(report.exit_code(), ExitCode::success);
        EXPECT_EQ(report.matched_transactions, 1U);
        const auto diff = storage::read_computed_state_diff(*database, mode, 1)->value();
        EXPECT_EQ(diff.deployed_contracts.at(address), kClass);
        ASSERT_EQ(diff.storage.size(), 1U);
        EXPECT_EQ(diff.storage.begin()->first.address, address);
        EXPECT_EQ(diff.storage.begin()->second, kPublicKey);
        const auto receipts = storage::read_computed_receipts(*database, mode, 1)->value();
        EXPECT_EQ(receipts.at(0).actual_fee, Felt());
    }

    const auto exported = folder_ / "exported";
    ASSERT_TRUE(storage::export_archive(*database, {0, 1}, exported).has_value());
    for (const char* file : {"blocks/1.json", "state_updates/1.json"})
        EXPECT_EQ(executor::test::read_text(exported / file),
                  executor::test::read_text(archive / file));
    const auto again = storage::import_archive(*open("again"), exported);
    ASSERT_TRUE(again.has_value()) << again.error().message;
    EXPECT_EQ(again->imported_blocks, 2U);
}

}  // namespace
}  // namespace blockexecd::daemon
