// SPDX-License-Identifier: Apache-2.0
// The history reader against a naive model: the diffs of the blocks below, applied one after
// another.
#include "storage/history/history_reader.hpp"

#include <gtest/gtest.h>

#include "storage/database/chain.hpp"
#include "storage/database/results.hpp"
#include "tests/storage/support/sample_chain.hpp"
#include "tests/storage/support/temporary_folder.hpp"

namespace blockexecd::storage::test {
namespace {

using namespace executor;

struct Model {
    StateDiff state;
    std::set<ClassHash> declared;

    void apply(const StateDiff& diff) {
        const auto overwrite = [](auto& into, const auto& from) {
            for (const auto& [key, value] : from)
                into[key] = value;
        };
        overwrite(state.storage, diff.storage);
        overwrite(state.nonces, diff.nonces);
        overwrite(state.deployed_contracts, diff.deployed_contracts);
        overwrite(state.deployed_contracts, diff.replaced_classes);
        overwrite(state.declared_classes, diff.declared_classes);
        overwrite(state.declared_classes, diff.migrated_compiled_classes);
        for (const auto& [class_hash, compiled] : diff.declared_classes)
            declared.insert(class_hash);
        declared.insert(diff.deprecated_declared_classes.begin(),
                        diff.deprecated_declared_classes.end());
    }
};

template <class Map, class K>
Felt value_or_zero(const Map& map, const K& key) {
    const auto found = map.find(key);
    return found == map.end() ? Felt() : found->second;
}

vm::Result<std::shared_ptr<const CompiledClass>> any_class(const ClassHash& class_hash) {
    auto loaded = std::make_shared<CompiledClass>();
    loaded->class_hash = class_hash;
    return std::shared_ptr<const CompiledClass>(loaded);
}

void expect_state(HistoryReader& reader, const Model& model) {
    for (std::uint64_t address = 0; address < 22; ++address) {
        for (std::uint64_t key = 0; key < 22; ++key)
            ASSERT_EQ(reader.storage_at(address, key).value(),
                      value_or_zero(model.state.storage, StorageCell{address, key}))
                << "block " << reader.block() << " contract " << address << " slot " << key;
        ASSERT_EQ(reader.nonce_at(address).value(),
                  value_or_zero(model.state.nonces, Felt(address)));
        ASSERT_EQ(reader.class_hash_at(address).value(),
                  value_or_zero(model.state.deployed_contracts, Felt(address)));
        ASSERT_EQ(reader.compiled_class_hash(address).value(),
                  value_or_zero(model.state.declared_classes, Felt(address)));
        for (const auto class_hash : {Felt(address), Felt(address + 100)})
            ASSERT_EQ(reader.compiled_class(class_hash).value() != nullptr,
                      model.declared.contains(class_hash));
    }
}

TEST(HistoryReader, GivesTheStateBeforeEachBlock) {
    const TemporaryFolder folder;
    const auto database = open_database(folder / "db");
    const auto chain = sample_chain(25, 11);
    store(*database, chain);
    HistoryReader reader(database, StateMode::recorded, 0, any_class);
    Model model;
    for (BlockNumber block = 0; block <= chain.size(); ++block) {
        ASSERT_TRUE(reader.move_to(block));
        expect_state(reader, model);
        if (block < chain.size())
            model.apply(chain[block].update.diff);
        if (block == 12) {  // from memory and from files
            for (std::size_t i = 0; i < kColumnCount; ++i)
                ASSERT_TRUE(
                    database->rocks().Flush({}, database->column(static_cast<Column>(i))).ok());
        }
    }
    // Backwards with the same iterators.
    Model first;
    first.apply(chain[0].update.diff);
    ASSERT_TRUE(reader.move_to(1));
    expect_state(reader, first);
}

TEST(HistoryReader, ComputedStateIsOursAlone) {
    const TemporaryFolder folder;
    const auto database = open_database(folder / "db");
    const auto chain = sample_chain(15, 12);
    store(*database, chain);
    HistoryReader computed(database, StateMode::computed, 1, any_class);
    HistoryReader recorded(database, StateMode::recorded, 1, any_class);
    Model computed_model;
    Model recorded_model;
    computed_model.apply(chain[0].update.diff);  // the first block is given
    recorded_model.apply(chain[0].update.diff);
    for (BlockNumber block = 1; block < chain.size(); ++block) {
        ASSERT_TRUE(computed.move_to(block));
        ASSERT_TRUE(recorded.move_to(block));
        expect_state(computed, computed_model);
        expect_state(recorded, recorded_model);
        const auto outcome = sample_outcome(chain[block], StateMode::computed);
        ASSERT_TRUE(commit_block(*database, StateMode::computed, outcome));
        ASSERT_TRUE(commit_block(*database, StateMode::recorded,
                                 sample_outcome(chain[block], StateMode::recorded)));
        computed_model.apply(outcome.state_diff);
        recorded_model.apply(chain[block].update.diff);
    }
}

// Nothing recorded about block N is visible to the execution of block N, whatever it says.
TEST(HistoryReader, IsBlindToTheBlockItself) {
    const TemporaryFolder folder;
    auto chain = sample_chain(4, 13);
    const auto original = open_database(folder / "original");
    store(*original, chain);
    Random random(99);
    for (const BlockNumber number : {2, 3}) {
        chain[number].update.diff = random_state_diff(random);
        chain[number].update.diff.storage[{1, 1}] = 12345;
    }
    const auto damaged = open_database(folder / "damaged");
    store(*damaged, chain);
    HistoryReader reader(original, StateMode::recorded, 2, any_class);
    HistoryReader other(damaged, StateMode::recorded, 2, any_class);
    for (std::uint64_t address = 0; address < 22; ++address)
        for (std::uint64_t key = 0; key < 22; ++key)
            EXPECT_EQ(reader.storage_at(address, key).value(),
                      other.storage_at(address, key).value());
    ASSERT_TRUE(other.move_to(3));
    EXPECT_EQ(other.storage_at(1, 1).value(), Felt(12345));
}

TEST(HistoryReader, SeesTheNewStateAfterARevert) {
    const TemporaryFolder folder;
    const auto database = open_database(folder / "db");
    const auto chain = sample_chain(6, 14);
    store(*database, chain);
    HistoryReader reader(database, StateMode::recorded, 6, any_class);
    Model all;
    for (const auto& sample : chain)
        all.apply(sample.update.diff);
    expect_state(reader, all);
    ASSERT_TRUE(revert_to_block(*database, 2));
    ASSERT_TRUE(reader.move_to(6));
    Model kept;
    for (std::size_t number = 0; number <= 2; ++number)
        kept.apply(chain[number].update.diff);
    expect_state(reader, kept);
}

}  // namespace
}  // namespace blockexecd::storage::test
