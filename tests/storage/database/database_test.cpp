// SPDX-License-Identifier: Apache-2.0
// Opening: one writer, and a distinct refusal for each thing that is not a database of this schema.
#include "storage/database/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "storage/database/chain.hpp"
#include "storage/schema/keys.hpp"
#include "tests/storage/support/sample_chain.hpp"
#include "tests/storage/support/temporary_folder.hpp"

namespace blockexecd::storage::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
namespace fs = std::filesystem;

Result<std::shared_ptr<Database>> open_as(const fs::path& path, Access access) {
    DatabaseSettings settings;
    settings.path = path;
    settings.access = access;
    return Database::open(settings);
}

void expect_refusal(const Result<std::shared_ptr<Database>>& opened, ErrorCode code,
                    const std::string& path, const std::string& reason) {
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, code) << opened.error().message;
    EXPECT_THAT(opened.error().message, AllOf(HasSubstr(path), HasSubstr(reason)));
}

std::vector<std::string> names(const fs::path& folder) {
    std::vector<std::string> found;
    for (const auto& file : fs::directory_iterator(folder))
        found.push_back(file.path().filename().string());
    return found;
}

TEST(Database, KeepsWhatIsWritten) {
    const TemporaryFolder folder;
    const auto chain = sample_chain(4, 1);
    std::string digest;
    {
        const auto database = open_database(folder / "db");
        store(*database, chain);
        digest = database->digest().value();
    }
    for (const auto access : {Access::read_only, Access::existing, Access::create}) {
        const auto database = open_as(folder / "db", access);
        ASSERT_TRUE(database) << database.error().message;
        EXPECT_EQ((*database)->digest().value(), digest);
        EXPECT_EQ(read_block(**database, 3).value(), chain[3].block);
        EXPECT_EQ(read_state_update(**database, 3).value(), chain[3].update);
        EXPECT_EQ(find_block(**database, chain[2].block.header.hash).value(), 2U);
        EXPECT_EQ(read_block(**database, 4).error().code, ErrorCode::not_found);
        EXPECT_THAT(read_block(**database, 4).error().message, HasSubstr("blocks 0 to 3 are"));
    }
}

TEST(Database, IsOneWritersOnly) {
    const TemporaryFolder folder;
    int ready[2];
    int stop[2];
    ASSERT_EQ(pipe(ready) | pipe(stop), 0);
    const auto child = fork();
    if (child == 0) {
        const auto database = open_database(folder / "db");
        store(*database, sample_chain(2, 1));
        char byte = 1;
        const bool told = write(ready[1], &byte, 1) == 1 && read(stop[0], &byte, 1) == 1;
        _exit(told ? 0 : 1);
    }
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    for (const auto access : {Access::create, Access::existing})
        expect_refusal(open_as(folder / "db", access), ErrorCode::in_use, (folder / "db").string(),
                       "in use by another process. Stop the daemon");
    // Inspection takes no lock.
    const auto reader = open_as(folder / "db", Access::read_only);
    ASSERT_TRUE(reader) << reader.error().message;
    EXPECT_EQ(read_block_range(**reader).value(), (BlockRange{0, 1}));
    EXPECT_EQ(revert_to_block(**reader, 0).error().code, ErrorCode::misuse);
    ASSERT_EQ(write(stop[1], &byte, 1), 1);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    for (const auto end : {ready[0], ready[1], stop[0], stop[1]})
        close(end);
    EXPECT_TRUE(open_as(folder / "db", Access::existing));
}

TEST(Database, IsRefusedToTheSameProcessTwice) {
    const TemporaryFolder folder;
    const auto first = open_database(folder / "db");
    expect_refusal(open_as(folder / "db", Access::create), ErrorCode::in_use,
                   (folder / "db").string(), "in use");
}

TEST(Database, MissingIsNotDamaged) {
    const TemporaryFolder folder;
    for (const auto access : {Access::existing, Access::read_only})
        expect_refusal(open_as(folder / "db", access), ErrorCode::missing, (folder / "db").string(),
                       "no database");
    EXPECT_FALSE(fs::exists(folder / "db"));
}

TEST(Database, AnotherFolderStaysAsItIs) {
    const TemporaryFolder folder;
    std::ofstream(folder / "thesis.txt") << "text";
    expect_refusal(open_as(folder.path(), Access::create), ErrorCode::schema,
                   folder.path().string(), "thesis.txt");
    EXPECT_EQ(names(folder.path()), std::vector<std::string>{"thesis.txt"});
    expect_refusal(open_as(folder / "thesis.txt", Access::create), ErrorCode::schema, "thesis.txt",
                   "not a folder");
}

TEST(Database, AnotherProgramsRocksDbIsRefused) {
    const TemporaryFolder folder;
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* other = nullptr;
    ASSERT_TRUE(rocksdb::DB::Open(options, (folder / "db").string(), &other).ok());
    ASSERT_TRUE(other->Put({}, "key", "value").ok());
    delete other;
    expect_refusal(open_as(folder / "db", Access::create), ErrorCode::schema,
                   (folder / "db").string(), "another program");
}

TEST(Database, AnotherSchemaIsRefusedWithBothNumbers) {
    const TemporaryFolder folder;
    {
        const auto database = open_database(folder / "db");
        ASSERT_TRUE(database->rocks()
                        .Put({}, database->column(Column::meta), meta_key::schema,
                             std::string("\0\0\1\2", 4))
                        .ok());
    }
    expect_refusal(open_as(folder / "db", Access::create), ErrorCode::schema,
                   (folder / "db").string(),
                   "has schema 258, this program has " + std::to_string(kSchemaVersion));
}

TEST(Database, DamageIsNamedAsSuch) {
    const TemporaryFolder folder;
    {
        const auto database = open_database(folder / "db");
        store(*database, sample_chain(4, 1));
        for (std::size_t i = 0; i < kColumnCount; ++i)
            ASSERT_TRUE(database->rocks().Flush({}, database->column(static_cast<Column>(i))).ok());
    }
    for (const auto& name : names(folder / "db"))
        if (name.ends_with(".sst"))
            fs::remove(folder / "db" / name);
    expect_refusal(open_as(folder / "db", Access::create), ErrorCode::corrupt,
                   (folder / "db").string(), "damaged");
}

TEST(Database, CreationThatWasCutOffIsContinued) {
    const TemporaryFolder folder;
    {
        rocksdb::Options options;
        options.create_if_missing = true;
        rocksdb::DB* started = nullptr;
        ASSERT_TRUE(rocksdb::DB::Open(options, (folder / "db").string(), &started).ok());
        rocksdb::ColumnFamilyHandle* meta = nullptr;
        ASSERT_TRUE(started->CreateColumnFamily({}, "meta", &meta).ok());
        ASSERT_TRUE(started->DestroyColumnFamilyHandle(meta).ok());
        delete started;
    }
    EXPECT_EQ(open_as(folder / "db", Access::existing).error().code, ErrorCode::missing);
    EXPECT_TRUE(open_as(folder / "db", Access::create));
    EXPECT_TRUE(open_as(folder / "db", Access::existing));
}

TEST(Database, RevertGivesTheContentOfAShorterChain) {
    const TemporaryFolder folder;
    const auto chain = sample_chain(8, 3);
    for (const std::size_t kept : {0, 3, 6}) {
        const auto database = open_database(folder / ("long" + std::to_string(kept)));
        const auto shorter = open_database(folder / ("short" + std::to_string(kept)));
        store(*database, chain);
        store(*shorter, {chain.begin(), chain.begin() + static_cast<std::ptrdiff_t>(kept) + 1});
        for (std::size_t number = 1; number < chain.size(); ++number)
            for (const auto mode : {StateMode::recorded, StateMode::computed}) {
                ASSERT_TRUE(commit_block(*database, mode, sample_outcome(chain[number], mode)));
                if (number <= kept) {
                    ASSERT_TRUE(commit_block(*shorter, mode, sample_outcome(chain[number], mode)));
                }
            }
        EXPECT_NE(database->digest().value(), shorter->digest().value());
        EXPECT_EQ(revert_to_block(*database, kept).value(), chain.size() - 1 - kept);
        EXPECT_EQ(database->digest().value(), shorter->digest().value());
        EXPECT_EQ(revert_to_block(*database, 7).error().code, ErrorCode::not_found);
    }
}

}  // namespace
}  // namespace blockexecd::storage::test
