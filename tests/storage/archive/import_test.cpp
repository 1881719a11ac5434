// SPDX-License-Identifier: Apache-2.0
// The bundled chains go in, come out the same, and continue each other.
#include "storage/archive/import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>

#include "storage/archive/archive_folder.hpp"
#include "storage/archive/export.hpp"
#include "storage/database/results.hpp"
#include "storage/history/history_reader.hpp"
#include "tests/storage/support/sample_chain.hpp"
#include "tests/storage/support/temporary_folder.hpp"

namespace blockexecd::storage::test {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

fs::path packed_chain(const std::string& name) {
    return "tests/data/chains/" + name + ".tar.zst";
}

boost::json::value read_json(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return boost::json::parse(std::string{std::istreambuf_iterator<char>(file), {}});
}

// The order of Cairo 0 declarations has no meaning and is not kept.
boost::json::value with_sorted_declarations(boost::json::value file) {
    if (auto* const diff = file.as_object().if_contains("state_diff")) {
        auto& declared = diff->as_object().at("old_declared_contracts").as_array();
        std::sort(declared.begin(), declared.end(),
                  [](const auto& a, const auto& b) { return a.as_string() < b.as_string(); });
    }
    return file;
}

class BundledChain : public testing::TestWithParam<std::string> {};

TEST_P(BundledChain, ComesOutAsItWentIn) {
    const TemporaryFolder folder;
    const auto database = open_database(folder / "db");
    const auto imported = import_archive(*database, packed_chain(GetParam()));
    ASSERT_TRUE(imported) << imported.error().message;
    const auto range = read_block_range(*database).value().value();
    EXPECT_EQ(imported->archive, range);
    EXPECT_EQ(imported->imported_blocks, range.last + 1);

    // As a folder: the same JSON as the oracle wrote.
    const auto exported = export_archive(*database, range, folder / "export");
    ASSERT_TRUE(exported) << exported.error().message;
    EXPECT_EQ(exported->transactions, imported->transactions);
    EXPECT_EQ(exported->classes, imported->imported_classes);
    ASSERT_TRUE(unpack(packed_chain(GetParam()), folder / "original"));
    std::size_t files = 0;
    for (const auto& file : fs::recursive_directory_iterator(folder / "original" / GetParam())) {
        const auto name = fs::relative(file.path(), folder / "original" / GetParam());
        if (!file.is_regular_file() || name == "chain.json")
            continue;
        const auto exported_json = with_sorted_declarations(read_json(folder / "export" / name));
        const auto original_json = with_sorted_declarations(read_json(file.path()));
        EXPECT_TRUE(exported_json == original_json) << name;  // too long to print
        ++files;
    }
    EXPECT_EQ(files, 2 * imported->imported_blocks +
                         std::distance(fs::directory_iterator(folder / "export/classes"), {}));

    // Packed, and into a new database: the same content.
    ASSERT_TRUE(export_archive(*database, range, folder / "export.tar.zst"));
    const auto copy = open_database(folder / "copy");
    ASSERT_TRUE(import_archive(*copy, folder / "export.tar.zst"));
    EXPECT_EQ(copy->digest().value(), database->digest().value());
}

INSTANTIATE_TEST_SUITE_P(Chains, BundledChain,
                         testing::Values("transfers-small", "mixed-small", "hot-small",
                                         "legacy-small", "mixed-0.13.5", "mixed-0.13.2",
                                         "mixed-0.13.1.1", "mixed-0.13.0"),
                         [](const auto& chain) {
                             auto name = chain.param;
                             std::replace_if(
                                 name.begin(), name.end(),
                                 [](char c) { return c == '-' || c == '.'; }, '_');
                             return name;
                         });

TEST(Import, OfWhatIsStoredChangesNothing) {
    const TemporaryFolder folder;
    const auto database = open_database(folder / "db");
    ASSERT_TRUE(import_archive(*database, packed_chain("transfers-small")));
    const auto digest = database->digest().value();
    const auto again = import_archive(*database, packed_chain("transfers-small"));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->imported_blocks, 0U);
    EXPECT_EQ(again->known_blocks, 5U);
    EXPECT_EQ(database->digest().value(), digest);
}

TEST(Import, ContinuesAChainPieceByPiece) {
    const TemporaryFolder folder;
    const auto whole = open_database(folder / "whole");
    ASSERT_TRUE(import_archive(*whole, packed_chain("mixed-small")));
    const auto pieces = open_database(folder / "pieces");
    const BlockRange ranges[] = {{0, 3}, {4, 4}, {3, 9}, {10, 12}};
    for (const auto& range : ranges) {
        const auto name =
            folder / ("from" + std::to_string(range.first) + "to" + std::to_string(range.last));
        ASSERT_TRUE(export_archive(*whole, range, name));
        const auto imported = import_archive(*pieces, name);
        ASSERT_TRUE(imported) << imported.error().message;
    }
    EXPECT_EQ(pieces->digest().value(), whole->digest().value());
}

TEST(Import, LeavesDoneResultsAlone) {
    const TemporaryFolder folder;
    const auto whole = open_database(folder / "whole");
    ASSERT_TRUE(import_archive(*whole, packed_chain("transfers-small")));
    ASSERT_TRUE(export_archive(*whole, {0, 2}, folder / "start"));
    const auto database = open_database(folder / "db");
    ASSERT_TRUE(import_archive(*database, folder / "start"));
    for (const executor::BlockNumber number : {1, 2}) {
        const SampleBlock sample{read_block(*database, number).value(),
                                 read_state_update(*database, number).value()};
        ASSERT_TRUE(commit_block(*database, StateMode::recorded,
                                 sample_outcome(sample, StateMode::recorded)));
    }
    ASSERT_TRUE(import_archive(*database, packed_chain("transfers-small")));
    EXPECT_EQ(read_watermark(*database, StateMode::recorded).value(), 2U);
    EXPECT_THAT(pending_blocks(*database, StateMode::recorded).value(), testing::ElementsAre(3, 4));
}

TEST(Import, RefusesGapsAndOtherChains) {
    const TemporaryFolder folder;
    const auto whole = open_database(folder / "whole");
    ASSERT_TRUE(import_archive(*whole, packed_chain("transfers-small")));
    ASSERT_TRUE(export_archive(*whole, {0, 1}, folder / "start"));
    ASSERT_TRUE(export_archive(*whole, {3, 4}, folder / "end"));
    const auto database = open_database(folder / "db");
    const auto headless = import_archive(*database, folder / "end");
    ASSERT_FALSE(headless);
    EXPECT_THAT(
        headless.error().message,
        HasSubstr("blocks/3.json: transactions: a chain's first block is a bare state update"));
    ASSERT_TRUE(import_archive(*database, folder / "start"));
    const auto digest = database->digest().value();
    const auto gap = import_archive(*database, folder / "end");
    ASSERT_FALSE(gap);
    EXPECT_EQ(gap.error().code, ErrorCode::archive_conflict);
    EXPECT_THAT(
        gap.error().message,
        HasSubstr("the stored chain ends with block 1 and the archive starts with block 3"));
    const auto other = import_archive(*database, packed_chain("hot-small"));
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::archive_conflict);
    EXPECT_THAT(other.error().message, HasSubstr("blocks/0.json: the header differs"));
    const auto synthetic = import_archive(*database, packed_chain("mixed-0.13.0"));
    ASSERT_FALSE(synthetic);
    EXPECT_THAT(synthetic.error().message, HasSubstr("of another chain"));
    EXPECT_EQ(database->digest().value(), digest);
}

TEST(Import, GivesTheClassesThatWereDeclaredBefore) {
    const TemporaryFolder folder;
    const auto database = open_database(folder / "db");
    ASSERT_TRUE(import_archive(*database, packed_chain("mixed-small")));
    const auto cache = std::make_shared<executor::ClassCache>(std::size_t{1} << 30);
    const auto loader = make_class_loader(database, cache);
    HistoryReader reader(database, StateMode::recorded, 0, loader);
    std::size_t declared_later = 0;
    for (executor::BlockNumber number = 0; number <= 12; ++number) {
        ASSERT_TRUE(reader.move_to(number));
        const auto diff = read_state_update(*database, number).value().diff;
        for (const auto& [class_hash, compiled] : diff.declared_classes) {
            EXPECT_EQ(reader.compiled_class(class_hash).value(), nullptr);
            EXPECT_TRUE(reader.compiled_class_hash(class_hash).value().is_zero());
            const auto loaded = loader(class_hash).value();
            ASSERT_NE(loaded, nullptr);
            EXPECT_EQ(loaded->class_hash, class_hash);
            declared_later += number > 0 ? 1 : 0;
        }
        ASSERT_TRUE(reader.move_to(number + 1));
        for (const auto& [class_hash, compiled] : diff.declared_classes) {
            EXPECT_NE(reader.compiled_class(class_hash).value(), nullptr);
            EXPECT_EQ(reader.compiled_class_hash(class_hash).value(), compiled);
        }
        for (const auto& class_hash : diff.deprecated_declared_classes)
            EXPECT_EQ(reader.compiled_class(class_hash).value()->kind, executor::ClassKind::cairo0);
    }
    EXPECT_GT(declared_later, 0U);
    EXPECT_EQ(loader(12345).value(), nullptr);
}

TEST(Import, IsUndoneByARevert) {
    const TemporaryFolder folder;
    const auto whole = open_database(folder / "whole");
    ASSERT_TRUE(import_archive(*whole, packed_chain("mixed-small")));
    ASSERT_TRUE(export_archive(*whole, {0, 4}, folder / "start"));
    const auto start = open_database(folder / "db");
    ASSERT_TRUE(import_archive(*start, folder / "start"));
    const auto digest = whole->digest().value();
    ASSERT_EQ(revert_to_block(*whole, 4).value(), 8U);
    EXPECT_EQ(whole->digest().value(), start->digest().value());
    ASSERT_TRUE(import_archive(*whole, packed_chain("mixed-small")));
    EXPECT_EQ(whole->digest().value(), digest);
}

}  // namespace
}  // namespace blockexecd::storage::test
