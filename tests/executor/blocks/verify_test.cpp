// SPDX-License-Identifier: Apache-2.0
// Whatever field of a record is changed, verification names it, and nothing else. Computed results
// stand for the VM's: they are made from the recorded call trees.
#include "executor/blocks/verify.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "executor/blocks/known_exceptions.hpp"
#include "executor/blocks/verify_state_diff.hpp"
#include "tests/executor/blocks/chain_names.hpp"
#include "tests/executor/blocks/recorded_result.hpp"

namespace blockexecd::executor {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> fields_of(const Verdict& verdict) {
    std::vector<std::string> fields;
    for (const auto& mismatch : verdict.mismatches)
        fields.push_back(mismatch.field);
    return fields;
}

class VerifyChain : public testing::TestWithParam<const char*> {};

TEST_P(VerifyChain, AcceptsWhatTheReferenceComputed) {
    const test::ChainArchive archive(test::chains_folder() / GetParam());
    for (BlockNumber number = 0; number <= archive.last_block(); ++number) {
        const Block block = archive.block(number);
        const StateUpdate update = archive.state_update(number);
        const auto computed =
            number == 0 ? BlockResult{} : test::recorded_result(archive, block, update);
        const Verdict verdict = verify_block(archive.info(), block, update, computed);
        EXPECT_THAT(fields_of(verdict), IsEmpty()) << "block " << number;
        EXPECT_EQ(verdict.matched_transactions, block.transactions.size());
        EXPECT_THAT(verdict.compared, Contains("receipts"));
        EXPECT_EQ(std::ranges::count(verdict.compared, "state_diff"), number == 0 ? 0 : 1);
        const bool has_block_hash = number != 0 && !archive.info().synthetic_block_hashes;
        EXPECT_EQ(std::ranges::count(verdict.compared, "block_hash"), has_block_hash ? 1 : 0);
    }
}

INSTANTIATE_TEST_SUITE_P(AllChains, VerifyChain, testing::ValuesIn(test::kChainNames),
                         test::chain_test_name);

// One block of the mixed chain and its state update, to be damaged.
struct Record {
    Block block;
    StateUpdate update;
};

struct Damage {
    const char* field;  // as the report must name it
    std::function<void(Record&)> apply;
};

// The first transaction that fits.
template <class Fits>
Receipt& receipt_where(Record& record, Fits fits) {
    return *std::ranges::find_if(record.block.receipts, fits);
}

Receipt& with_message(Record& record) {
    return receipt_where(record,
                         [](const Receipt& receipt) { return !receipt.l2_to_l1_messages.empty(); });
}
Receipt& reverted(Record& record) {
    return receipt_where(record,
                         [](const Receipt& receipt) { return !receipt.revert_error.empty(); });
}

class VerifyRecord : public testing::Test {
  protected:
    // The first block of the mixed chain that has one of each kind of thing that a test wants to
    // damage.
    void SetUp() override {
        archive_.emplace(test::chains_folder() / "mixed-small");
        for (BlockNumber number = 1; number <= archive_->last_block(); ++number) {
            record_ = {archive_->block(number), archive_->state_update(number)};
            const auto& diff = record_.update.diff;
            const auto has = [this](auto member) {
                return std::ranges::any_of(
                    record_.block.receipts,
                    [member](const Receipt& receipt) { return !(receipt.*member).empty(); });
            };
            if (has(&Receipt::l2_to_l1_messages) && has(&Receipt::revert_error) &&
                !diff.deployed_contracts.empty() && !diff.declared_classes.empty())
                break;
        }
        computed_ = test::recorded_result(*archive_, record_.block, record_.update);
    }

    std::optional<test::ChainArchive> archive_;
    Record record_;
    BlockResult computed_;
};

TEST_F(VerifyRecord, NamesADamagedFieldOfAReceipt) {
    const std::vector<Damage> damages{
        {"transaction_hash", [](Record& r) { r.block.receipts[0].transaction_hash += Felt(1); }},
        {"transaction_index", [](Record& r) { ++r.block.receipts[0].transaction_index; }},
        {"execution_status",
         [](Record& r) { r.block.receipts[0].execution_status = ExecutionStatus::reverted; }},
        {"revert_error", [](Record& r) { reverted(r).revert_error += "!"; }},
        {"actual_fee", [](Record& r) { r.block.receipts[0].actual_fee += Felt(1); }},
        {"events.size", [](Record& r) { r.block.receipts[0].events.pop_back(); }},
        {"events[0].from_address",
         [](Record& r) { r.block.receipts[0].events[0].from_address += Felt(1); }},
        {"events[0].keys[1]", [](Record& r) { r.block.receipts[0].events[0].keys[1] += Felt(1); }},
        {"events[0].data[0]", [](Record& r) { r.block.receipts[0].events[0].data[0] += Felt(1); }},
        {"events[0].data[2]",
         [](Record& r) { r.block.receipts[0].events[0].data.emplace_back(1); }},
        {"l2_to_l1_messages.size", [](Record& r) { with_message(r).l2_to_l1_messages.pop_back(); }},
        {"l2_to_l1_messages[0].from_address",
         [](Record& r) { with_message(r).l2_to_l1_messages[0].from_address += Felt(1); }},
        {"l2_to_l1_messages[0].to_address",
         [](Record& r) { with_message(r).l2_to_l1_messages[0].to_address += Felt(1); }},
        {"l2_to_l1_messages[0].payload[0]",
         [](Record& r) { with_message(r).l2_to_l1_messages[0].payload[0] += Felt(1); }},
        {"execution_resources.n_steps",
         [](Record& r) { ++r.block.receipts[0].execution_resources.n_steps; }},
        {"execution_resources.n_memory_holes",
         [](Record& r) { ++r.block.receipts[0].execution_resources.n_memory_holes; }},
        {"execution_resources.builtin_instance_counter.ec_op_builtin",
         [](Record& r) { ++r.block.receipts[0].execution_resources[vm::BuiltinName::ec_op]; }},
        {"total_gas_consumed.l1_gas",
         [](Record& r) { ++r.block.receipts[0].total_gas_consumed->l1_gas; }},
        {"total_gas_consumed.l1_data_gas",
         [](Record& r) { ++r.block.receipts[0].total_gas_consumed->l1_data_gas; }},
        {"total_gas_consumed.l2_gas",
         [](Record& r) { ++r.block.receipts[0].total_gas_consumed->l2_gas; }},
        {"data_availability.l1_gas",
         [](Record& r) { ++r.block.receipts[0].data_availability->l1_gas; }},
        {"data_availability.l1_data_gas",
         [](Record& r) { ++r.block.receipts[0].data_availability->l1_data_gas; }},
        {"data_availability.l2_gas",
         [](Record& r) { ++r.block.receipts[0].data_availability->l2_gas; }},
    };
    for (const auto& [field, apply] : damages) {
        Record damaged = record_;
        apply(damaged);
        const Verdict verdict =
            verify_block(archive_->info(), damaged.block, damaged.update, computed_);
        EXPECT_THAT(fields_of(verdict), ElementsAre(field));
        ASSERT_EQ(verdict.mismatches.size(), 1U);
        EXPECT_TRUE(verdict.mismatches[0].index.has_value()) << field;
        EXPECT_NE(verdict.mismatches[0].expected, verdict.mismatches[0].actual) << field;
        EXPECT_EQ(verdict.matched_transactions, record_.block.receipts.size() - 1) << field;
    }
}

TEST_F(VerifyRecord, NamesADamagedFieldOfTheBlock) {
    const std::vector<Damage> damages{
        {"transaction_receipts.size", [](Record& r) { r.block.receipts.pop_back(); }},
        {"state_diff.storage_diffs[0x",
         [](Record& r) { r.update.diff.storage.begin()->second += Felt(1); }},
        {"state_diff.storage_diffs[0x",
         [](Record& r) { r.update.diff.storage.erase(r.update.diff.storage.begin()); }},
        {"state_diff.storage_diffs[0x1234][0x1]",
         [](Record& r) {
             r.update.diff.storage[{Felt(0x1234), Felt(1)}] = Felt(7);
         }},
        {"state_diff.nonces[0x",
         [](Record& r) { r.update.diff.nonces.begin()->second += Felt(1); }},
        {"state_diff.deployed_contracts[0x",
         [](Record& r) { r.update.diff.deployed_contracts.begin()->second += Felt(1); }},
        {"state_diff.replaced_classes[0x1234]",
         [](Record& r) { r.update.diff.replaced_classes[Felt(0x1234)] = Felt(1); }},
        {"state_diff.declared_classes[0x",
         [](Record& r) { r.update.diff.declared_classes.begin()->second += Felt(1); }},
        {"state_diff.migrated_compiled_classes[0x1234]",
         [](Record& r) { r.update.diff.migrated_compiled_classes[Felt(0x1234)] = Felt(1); }},
        {"state_diff.old_declared_contracts[0x1234]",
         [](Record& r) { r.update.diff.deprecated_declared_classes.insert(Felt(0x1234)); }},
        {"l2_gas_consumed", [](Record& r) { ++*r.block.header.l2_gas_consumed; }},
        {"transaction_commitment",
         [](Record& r) { *r.block.header.transaction_commitment += Felt(1); }},
        {"event_commitment", [](Record& r) { *r.block.header.event_commitment += Felt(1); }},
        {"receipt_commitment", [](Record& r) { *r.block.header.receipt_commitment += Felt(1); }},
        {"state_diff_commitment",
         [](Record& r) { *r.block.header.state_diff_commitment += Felt(1); }},
        {"state_diff_length", [](Record& r) { ++*r.block.header.state_diff_length; }},
        {"block_hash", [](Record& r) { r.block.header.hash += Felt(1); }},
    };
    for (const auto& [field, apply] : damages) {
        Record damaged = record_;
        apply(damaged);
        const Verdict verdict =
            verify_block(archive_->info(), damaged.block, damaged.update, computed_);
        EXPECT_THAT(fields_of(verdict), ElementsAre(HasSubstr(field)));
        for (const auto& mismatch : verdict.mismatches)
            EXPECT_FALSE(mismatch.index.has_value()) << field;
    }
}

TEST_F(VerifyRecord, SaysWhatItDidNotCompare) {
    record_.block.header.transaction_commitment.reset();
    for (auto& receipt : record_.block.receipts)
        receipt.total_gas_consumed.reset();
    const Verdict verdict =
        verify_block(archive_->info(), record_.block, record_.update, computed_);
    EXPECT_THAT(fields_of(verdict), IsEmpty());
    EXPECT_THAT(verdict.compared, ElementsAre("receipts", "state_diff"));
    EXPECT_THAT(verdict.skipped, Contains(HasSubstr("commitments")));
    EXPECT_THAT(verdict.skipped, Contains(HasSubstr("block_hash")));
    EXPECT_THAT(verdict.skipped, Contains(HasSubstr("total_gas_consumed")));
    EXPECT_THAT(verdict.skipped, Contains(HasSubstr("state_root")));
}

// A balance that the list of known exceptions names, and one that it does not.
TEST(KnownExceptions, AreOfOneNetworkOneBlockAndOneField) {
    const Felt token =
        *Felt::from_hex("0x4718f5a0fc34cc1af16a1cdee98ffb20c31f5cd61d6ab07201858f4287c938d");
    const Felt known =
        *Felt::from_hex("0x597112715dbb98e3d58b9f1c76052be1d6290188399cf431020a948ed95206");
    constexpr BlockNumber kBlock = 8894544;
    const auto verdict_of = [&](const char* chain_id, BlockNumber block, const Felt& key) {
        StateDiff recorded;
        StateDiff computed;
        recorded.storage[{token, key}] = Felt(1);
        computed.storage[{token, key}] = Felt(2);
        return verify_state_diff(chain_id, block, recorded, computed);
    };
    const auto excepted = verdict_of("SN_SEPOLIA", kBlock, known);
    EXPECT_THAT(excepted.mismatches, IsEmpty());
    ASSERT_EQ(excepted.excepted.size(), 1U);
    EXPECT_THAT(excepted.excepted[0].reason, HasSubstr("native backend"));
    EXPECT_EQ(excepted.excepted_transactions, 0U);
    for (const auto& verdict :
         {verdict_of("SN_MAIN", kBlock, known), verdict_of("SN_SEPOLIA", kBlock + 1, known),
          verdict_of("SN_SEPOLIA", kBlock, known + Felt(1))}) {
        EXPECT_EQ(verdict.mismatches.size(), 1U);
        EXPECT_THAT(verdict.excepted, IsEmpty());
    }
}

TEST(KnownExceptions, ATransactionThatAlsoDiffersOtherwiseIsAMismatch) {
    constexpr BlockNumber kBlock = 619596;
    Verdict verdict;
    verdict.mismatches = {{kBlock, 3, Felt(1), "event_commitment", "0x1", "0x2"},
                          {kBlock, 4, Felt(2), "event_commitment", "0x1", "0x2"},
                          {kBlock, 4, Felt(2), "actual_fee", "0x1", "0x2"}};
    except_known("SN_MAIN", verdict);
    EXPECT_EQ(verdict.excepted.size(), 2U);
    EXPECT_EQ(verdict.excepted_transactions, 1U);
    ASSERT_EQ(verdict.mismatches.size(), 1U);
    EXPECT_EQ(verdict.mismatches[0].field, "actual_fee");
}

}  // namespace
}  // namespace blockexecd::executor
