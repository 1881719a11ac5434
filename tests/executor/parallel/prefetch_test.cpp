// SPDX-License-Identifier: Apache-2.0
// Early reads: each cell that was learned is read once, in the order of keys, by some worker, and
// then known to all; what cannot be read, or is known already, is left as it is.
#include "executor/parallel/prefetch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "executor/state/in_memory_state.hpp"

namespace blockexecd::executor {
namespace {

using testing::ElementsAre;

// Notes what is read, and fails at one key.
class NotingState final : public StateReader {
  public:
    vm::Result<Felt> storage_at(const ContractAddress&, const StorageKey& key) override {
        cells.push_back(key);
        if (key == unreadable)
            return vm::Error(vm::ErrorKind::host, "the disk is gone");
        return key * Felt(10);
    }
    vm::Result<Nonce> nonce_at(const ContractAddress& address) override {
        return address * Felt(100);
    }
    vm::Result<ClassHash> class_hash_at(const ContractAddress&) override { return Felt(7); }
    vm::Result<std::shared_ptr<const CompiledClass>> compiled_class(
        const ClassHash& hash) override {
        classes.push_back(hash);
        return std::shared_ptr<const CompiledClass>();
    }
    vm::Result<CompiledClassHash> compiled_class_hash(const ClassHash&) override { return Felt(8); }

    Felt unreadable{0};
    std::vector<StorageKey> cells;
    std::vector<ClassHash> classes;
};

BlockAccessSets reading(std::initializer_list<std::uint64_t> keys) {
    BlockAccessSets sets(2);
    for (const auto key : keys)
        for (auto& access : sets)
            access.reads.storage.push_back({Felt(1), Felt(key)});
    sets[1].reads.nonces = {Felt(5)};
    sets[1].reads.classes = {Felt(6)};
    return sets;
}

std::optional<Felt> known(const VersionedState& state, std::uint64_t key) {
    const auto read = state.storage.read({Felt(1), Felt(key)}, 0);
    if (read.kind == decltype(state.storage)::Read::Kind::value)
        return read.value;
    return std::nullopt;
}

TEST(Prefetch, ReadsEachLearnedCellOnceInOrder) {
    const auto learned = reading({4, 2, 9});
    VersionedState state;
    NotingState before;
    Prefetch(&learned, state).run(before);
    EXPECT_THAT(before.cells, ElementsAre(Felt(2), Felt(4), Felt(9)));
    EXPECT_THAT(before.classes, ElementsAre(Felt(6))) << "which loads it";
    EXPECT_EQ(known(state, 4), Felt(40));
    EXPECT_EQ(known(state, 5), std::nullopt);
    EXPECT_EQ(state.nonces.read(Felt(5), 0).value, Felt(500));
}

TEST(Prefetch, LeavesWhatCannotBeReadAndWhatIsKnown) {
    const auto learned = reading({2, 4, 9});
    VersionedState state;
    state.storage.set_base({Felt(1), Felt(9)}, Felt(1));
    NotingState before;
    before.unreadable = Felt(4);
    Prefetch(&learned, state).run(before);
    EXPECT_EQ(known(state, 2), Felt(20));
    EXPECT_EQ(known(state, 4), std::nullopt);
    EXPECT_EQ(known(state, 9), Felt(1)) << "the block's own first write";
}

TEST(Prefetch, WorkersShareTheReads) {
    BlockAccessSets learned(1);
    for (std::uint64_t key = 1; key <= 1000; ++key)
        learned[0].reads.storage.push_back({Felt(1), Felt(key)});
    VersionedState state;
    Prefetch prefetch(&learned, state);
    std::vector<NotingState> readers(4);
    {
        std::vector<std::jthread> threads;
        for (auto& reader : readers)
            threads.emplace_back([&] { prefetch.run(reader); });
    }
    std::size_t reads = 0;
    for (const auto& reader : readers)
        reads += reader.cells.size();
    EXPECT_EQ(reads, 1000U);
    for (std::uint64_t key = 1; key <= 1000; ++key)
        EXPECT_EQ(known(state, key), Felt(10 * key));
}

TEST(Prefetch, WithoutLearnedSetsNothingIsRead) {
    VersionedState state;
    NotingState before;
    Prefetch(nullptr, state).run(before);
    EXPECT_TRUE(before.cells.empty());
}

}  // namespace
}  // namespace blockexecd::executor
