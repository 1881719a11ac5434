// SPDX-License-Identifier: Apache-2.0
// Each kind of damage to an archive is refused with its file, its JSON path and the reason, and
// leaves no trace.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <functional>
#include <iterator>

#include "storage/archive/archive_folder.hpp"
#include "storage/archive/export.hpp"
#include "storage/archive/import.hpp"
#include "tests/storage/support/sample_chain.hpp"
#include "tests/storage/support/temporary_folder.hpp"

namespace blockexecd::storage::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
namespace fs = std::filesystem;
namespace json = boost::json;

const std::string kToken = "0x4718f5a0fc34cc1af16a1cdee98ffb20c31f5cd61d6ab07201858f4287c938d";
const std::string kClass = "0x58212f8971fc9e99ef282ca5d0b0263e389612ad52ad16992ce965af274a478";

std::string read_text(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

struct Damage {
    std::string name;
    std::string file;
    std::string pointer;  // JSON pointer of the damaged value; empty: the file's text
    std::string value;    // JSON; empty: removed
    std::string path;     // as the refusal must name it
    std::string reason;
};

void remove_at(json::value& root, const std::string& pointer) {
    const auto slash = pointer.rfind('/');
    auto& parent = root.at_pointer(pointer.substr(0, slash));
    if (auto* const object = parent.if_object())
        object->erase(pointer.substr(slash + 1));
    else
        parent.as_array().erase(parent.as_array().begin() + std::stol(pointer.substr(slash + 1)));
}

void apply(const Damage& damage, const fs::path& folder) {
    const auto path = folder / damage.file;
    if (damage.pointer.empty() && damage.value.empty()) {
        fs::remove(path);
        return;
    }
    auto text = damage.value;
    if (!damage.pointer.empty()) {
        auto root = json::parse(read_text(path));
        if (damage.value.empty())
            remove_at(root, damage.pointer);
        else
            root.at_pointer(damage.pointer) = json::parse(damage.value);
        text = json::serialize(root);
    }
    std::ofstream(path, std::ios::binary) << text;
}

const std::string kBlock = "blocks/2.json";
const std::string kUpdate = "state_updates/2.json";

const Damage kDamages[] = {
    // Files.
    {"no_chain", "chain.json", "", "", "chain.json", "the file is missing"},
    {"no_block", kBlock, "", "", kBlock, "the file is missing"},
    {"no_state_update", kUpdate, "", "", kUpdate, "the file is missing"},
    {"no_class", "classes/" + kClass + ".casm.json", "", "", ".casm.json", "the file is missing"},
    {"cut_off", kBlock, "", "{\"block_number\": 2, ", kBlock, "not JSON"},
    // Form.
    {"field_missing", kBlock, "/timestamp", "", "2.json: timestamp", "is missing"},
    {"field_missing_deep", kBlock, "/transactions/3/resource_bounds/L2_GAS/max_amount", "",
     "2.json: transactions[3].resource_bounds.L2_GAS.max_amount", "is missing"},
    {"wrong_type", kBlock, "/timestamp", "\"late\"", "2.json: timestamp",
     "expected an integer from 0 to 2^64-1, found \"late\""},
    {"negative", kBlock, "/timestamp", "-1", "2.json: timestamp",
     "expected an integer from 0 to 2^64-1, found -1"},
    {"not_a_felt", kBlock, "/transactions/0/nonce",
     "\"0x800000000000011000000000000000000000000000000000000000000000001\"",
     "2.json: transactions[0].nonce", "below the Stark prime"},
    {"not_hexadecimal", kBlock, "/transactions/1/calldata/2", "\"12\"",
     "2.json: transactions[1].calldata[2]", "expected a felt"},
    {"out_of_range", kBlock, "/transactions/1/resource_bounds/L1_GAS/max_amount",
     "\"0x10000000000000000\"", "2.json: transactions[1].resource_bounds.L1_GAS.max_amount",
     "below 2^64"},
    {"unknown_type", kBlock, "/transactions/4/type", "\"MINT\"", "2.json: transactions[4].type",
     "unknown transaction type \"MINT\""},
    {"unknown_version", kBlock, "/transactions/4/version", "\"0x7\"",
     "2.json: transactions[4].version", "INVOKE_FUNCTION has no version 7"},
    {"unknown_builtin", kBlock,
     "/transaction_receipts/0/execution_resources/builtin_instance_counter",
     "{\"abacus_builtin\": 1}",
     "2.json: transaction_receipts[0].execution_resources.builtin_instance_counter.abacus_builtin",
     "unknown builtin"},
    {"unknown_status", kBlock, "/transaction_receipts/0/execution_status", "\"MAYBE\"",
     "2.json: transaction_receipts[0].execution_status", "found \"MAYBE\""},
    {"revert_without_reason", kBlock, "/transaction_receipts/0/execution_status", "\"REVERTED\"",
     "2.json: transaction_receipts[0].revert_error", "is missing"},
    {"address_too_large", kUpdate, "/state_diff/storage_diffs/" + kToken + "/0/key",
     "\"0x800000000000000000000000000000000000000000000000000000000000000\"",
     "2.json: state_diff.storage_diffs." + kToken + "[0].key", "is 2^251 or more"},
    {"bad_range", "chain.json", "/last_block", "3000000000000000000000", "chain.json: last_block",
     "expected an integer"},
    {"reversed_range", "chain.json", "/first_block", "9", "chain.json: last_block",
     "is below first_block"},
    // Agreement of the parts.
    {"other_number", kBlock, "/block_number", "7", "2.json: block_number",
     "is 7, the file's name says 2"},
    {"fewer_receipts", kBlock, "/transaction_receipts/99", "", "2.json: transaction_receipts",
     "99 receipts for 100 transactions"},
    {"fewer_transactions", kBlock, "/transactions/99", "", "2.json: transaction_receipts[99]",
     "more receipts than transactions"},
    {"other_receipt", kBlock, "/transaction_receipts/5/transaction_hash", "\"0x5\"",
     "2.json: transaction_receipts[5].transaction_hash", "the transaction at this place is 0x"},
    {"other_index", kBlock, "/transaction_receipts/5/transaction_index", "6",
     "2.json: transaction_receipts[5].transaction_index", "is 6, its place is 5"},
    {"other_parent", kBlock, "/parent_block_hash", "\"0x1\"", "2.json: parent_block_hash",
     "block 1 has the hash 0x"},
    {"earlier", kBlock, "/timestamp", "5", "2.json: timestamp", "earlier than that of block 1"},
    {"other_old_root", kUpdate, "/old_root", "\"0x1\"", "2.json: old_root",
     "block 1 has the state root 0x"},
    {"other_new_root", kUpdate, "/new_root", "\"0x1\"", "2.json: new_root",
     "the block has the state root 0x"},
    {"other_block_hash", kUpdate, "/block_hash", "\"0x1\"", "2.json: block_hash",
     "the block has the hash 0x"},
    {"other_part_of_root", kUpdate, "/contracts_root", "\"0x1\"", "2.json: new_root",
     "contracts_root and classes_root hash to 0x"},
    {"unknown_class", kUpdate, "/state_diff/deployed_contracts",
     "[{\"address\": \"0x1234\", \"class_hash\": \"0x77\"}]", "2.json: state_diff_commitment",
     "the content hashes to 0x"},
    // Hashes.
    {"other_calldata", kBlock, "/transactions/6/calldata/4", "\"0x123\"",
     "2.json: transactions[6].transaction_hash", "the transaction's fields hash to 0x"},
    {"other_signature", kBlock, "/transactions/6/signature/0", "\"0x123\"",
     "2.json: transaction_commitment", "the content hashes to 0x"},
    {"other_fee", kBlock, "/transaction_receipts/6/actual_fee", "\"0x123\"",
     "2.json: receipt_commitment", "the content hashes to 0x"},
    {"other_event", kBlock, "/transaction_receipts/6/events/0/data/0", "\"0x123\"",
     "2.json: event_commitment", "the content hashes to 0x"},
    {"other_value", kUpdate, "/state_diff/storage_diffs/" + kToken + "/0/value", "\"0x123\"",
     "2.json: state_diff_commitment", "the content hashes to 0x"},
    {"other_price", kBlock, "/l1_gas_price/price_in_fri", "\"0x123\"", "2.json: block_hash",
     "the content hashes to 0x"},
    {"other_casm", "classes/" + kClass + ".casm.json", "/bytecode/5", "\"0x1234567\"", ".casm.json",
     "compiled class hash"},
    {"other_sierra", "classes/" + kClass + ".sierra.json", "/sierra_program/20", "\"0x1234567\"",
     ".sierra.json", "0x"},
};

class DamagedArchive : public testing::TestWithParam<Damage> {
  protected:
    static void SetUpTestSuite() {
        folder_ = std::make_unique<TemporaryFolder>();
        unpack("tests/data/chains/transfers-small.tar.zst", *folder_ / "intact").value();
        // The damage is met with a chain in the database (blocks 0 and 1) and without one.
        const auto whole = open_database(*folder_ / "whole");
        import_archive(*whole, *folder_ / "intact/transfers-small").value();
        export_archive(*whole, {0, 1}, *folder_ / "start").value();
        empty_ = open_database(*folder_ / "empty");
        started_ = open_database(*folder_ / "started");
        import_archive(*started_, *folder_ / "start").value();
    }
    static void TearDownTestSuite() {
        empty_.reset();
        started_.reset();
        folder_.reset();
    }

    static inline std::unique_ptr<TemporaryFolder> folder_;
    static inline std::shared_ptr<Database> empty_;
    static inline std::shared_ptr<Database> started_;
};

TEST_P(DamagedArchive, IsRefusedAndLeavesNoTrace) {
    const auto& damage = GetParam();
    const auto damaged = *folder_ / ("damaged-" + damage.name);
    fs::copy(*folder_ / "intact/transfers-small", damaged, fs::copy_options::recursive);
    apply(damage, damaged);
    for (const auto& database : {started_, empty_}) {
        if (database == started_ && damage.file.starts_with("classes/"))
            continue;  // the class is stored already, the archive's is not read
        if (database == empty_ && damage.file == kBlock)
            continue;  // block 2 is read in the same way
        const auto digest = database->digest().value();
        const auto imported = import_archive(*database, damaged);
        ASSERT_FALSE(imported) << "imported";
        EXPECT_EQ(imported.error().code, ErrorCode::archive_invalid);
        EXPECT_THAT(
            imported.error().message,
            AllOf(HasSubstr(damaged.string()), HasSubstr(damage.path), HasSubstr(damage.reason)));
        EXPECT_EQ(database->digest().value(), digest);
    }
}

INSTANTIATE_TEST_SUITE_P(Damages, DamagedArchive, testing::ValuesIn(kDamages),
                         [](const auto& damage) { return damage.param.name; });

TEST(PackedArchive, CutOffIsRefused) {
    const TemporaryFolder folder;
    const auto text = read_text("tests/data/chains/transfers-small.tar.zst");
    std::ofstream(folder / "cut.tar.zst", std::ios::binary) << text.substr(0, text.size() / 2);
    std::ofstream(folder / "text.tar.zst", std::ios::binary) << "no archive at all";
    const auto database = open_database(folder / "db");
    for (const auto* const name : {"cut.tar.zst", "text.tar.zst", "missing.tar.zst"}) {
        const auto imported = import_archive(*database, folder / name);
        ASSERT_FALSE(imported);
        EXPECT_EQ(imported.error().code, ErrorCode::archive_invalid);
        EXPECT_THAT(imported.error().message, HasSubstr((folder / name).string()));
    }
}

TEST(TrustedImport, TakesRecordsThatNoHashCovers) {
    const TemporaryFolder folder;
    unpack("tests/data/chains/transfers-small.tar.zst", folder / "archive").value();
    apply({"", kBlock, "/transaction_receipts/6/actual_fee", "\"0x123\"", "", ""},
          folder / "archive/transfers-small");
    const auto database = open_database(folder / "db");
    ASSERT_FALSE(import_archive(*database, folder / "archive"));
    const auto imported =
        import_archive(*database, folder / "archive/transfers-small", {.check_hashes = false});
    ASSERT_TRUE(imported) << imported.error().message;
    EXPECT_EQ(read_block(*database, 2).value().receipts[6].actual_fee, executor::Felt(0x123));
}

}  // namespace
}  // namespace blockexecd::storage::test
