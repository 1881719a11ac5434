// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/aliases.hpp"

#include <gtest/gtest.h>

#include "executor/state/in_memory_state.hpp"

namespace blockexecd::executor {
namespace {

const ContractAddress kAliases(2);

Felt alias_of(CachedState& state, const Felt& key) {
    return state.storage_at(kAliases, key).value();
}

TEST(Aliases, GoToKeysAndThenTheirContractInAscendingOrder) {
    InMemoryState before;
    CachedState state(&before);
    state.set_storage_at(Felt(0x2000), Felt(0x900), Felt(1));
    state.set_storage_at(Felt(0x2000), Felt(0x800), Felt(1));
    state.set_storage_at(Felt(0x1000), Felt(0x900), Felt(1));
    ASSERT_TRUE(state.increment_nonce(Felt(0x3000)));
    ASSERT_TRUE(allocate_aliases(state, kAliases));
    // 0x1000: its key, itself; 0x2000: 0x800, (0x900 has one), itself; 0x3000.
    EXPECT_EQ(alias_of(state, Felt(0x900)), Felt(0x80));
    EXPECT_EQ(alias_of(state, Felt(0x1000)), Felt(0x81));
    EXPECT_EQ(alias_of(state, Felt(0x800)), Felt(0x82));
    EXPECT_EQ(alias_of(state, Felt(0x2000)), Felt(0x83));
    EXPECT_EQ(alias_of(state, Felt(0x3000)), Felt(0x84));
    EXPECT_EQ(alias_of(state, Felt(0)), Felt(0x85)) << "the counter";
}

TEST(Aliases, AreNotForSmallKeysNorForKeysOfTheFirstContracts) {
    InMemoryState before;
    CachedState state(&before);
    state.set_storage_at(Felt(1), Felt(0x5000), Felt(1));  // a block hash
    state.set_storage_at(Felt(0x7f), Felt(0x7f), Felt(1));
    ASSERT_TRUE(allocate_aliases(state, kAliases));
    EXPECT_EQ(alias_of(state, Felt(0x5000)), Felt(0));
    EXPECT_EQ(alias_of(state, Felt(0x7f)), Felt(0));
    EXPECT_EQ(alias_of(state, Felt(0)), Felt(0x80)) << "the counter starts with the first block";
}

TEST(Aliases, AreGivenOnceAndContinueFromTheCounter) {
    InMemoryState before;
    before.storage[{kAliases, Felt(0)}] = Felt(0x90);
    before.storage[{kAliases, Felt(0x1000)}] = Felt(0x85);
    CachedState state(&before);
    ASSERT_TRUE(state.increment_nonce(Felt(0x1000)));
    ASSERT_TRUE(allocate_aliases(state, kAliases));
    EXPECT_TRUE(state.state_changes()->maps.storage.empty())
        << "nothing new: the counter stays unwritten";

    state.set_storage_at(Felt(0x1000), Felt(0x2000), Felt(1));
    ASSERT_TRUE(allocate_aliases(state, kAliases));
    EXPECT_EQ(alias_of(state, Felt(0x2000)), Felt(0x90));
    EXPECT_EQ(alias_of(state, Felt(0x1000)), Felt(0x85));
    EXPECT_EQ(alias_of(state, Felt(0)), Felt(0x91));
}

TEST(Aliases, AreNotForWhatChangedBack) {
    InMemoryState before;
    before.storage[{kAliases, Felt(0)}] = Felt(0x90);
    before.storage[{Felt(0x1000), Felt(0x2000)}] = Felt(5);
    CachedState state(&before);
    state.set_storage_at(Felt(0x1000), Felt(0x2000), Felt(6));
    state.set_storage_at(Felt(0x1000), Felt(0x2000), Felt(5));
    ASSERT_TRUE(allocate_aliases(state, kAliases));
    EXPECT_TRUE(state.state_changes()->maps.storage.empty());
}

}  // namespace
}  // namespace blockexecd::executor
