// SPDX-License-Identifier: Apache-2.0
// What a cached state reads, writes, commits and calls a change.
#include "executor/state/cached_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "executor/state/in_memory_state.hpp"

namespace blockexecd::executor {
namespace {

using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

const ContractAddress kContract = Felt(0x100);
const StorageKey kKey = Felt(7);
const StorageCell kCell{kContract, kKey};
const StorageCell kOtherCell{kContract, Felt(8)};
const ClassHash kClass = Felt(0xc1a55);

// Counts what is asked of it and fails when told to.
class CountingState final : public StateReader {
  public:
    vm::Result<Felt> storage_at(const ContractAddress& address, const StorageKey& key) override {
        ++reads;
        if (broken)
            return vm::Error(vm::ErrorKind::host, "the disk is gone");
        return state.storage_at(address, key);
    }
    vm::Result<Nonce> nonce_at(const ContractAddress& address) override {
        ++reads;
        return state.nonce_at(address);
    }
    vm::Result<ClassHash> class_hash_at(const ContractAddress& address) override {
        ++reads;
        return state.class_hash_at(address);
    }
    vm::Result<std::shared_ptr<const CompiledClass>> compiled_class(
        const ClassHash& class_hash) override {
        ++reads;
        return state.compiled_class(class_hash);
    }
    vm::Result<CompiledClassHash> compiled_class_hash(const ClassHash& class_hash) override {
        ++reads;
        return state.compiled_class_hash(class_hash);
    }

    InMemoryState state;
    int reads = 0;
    bool broken = false;
};

class CachedStateTest : public testing::Test {
  protected:
    CachedStateTest() { below.state.storage[kCell] = Felt(5); }

    CountingState below;
    CachedState state{&below};
};

TEST_F(CachedStateTest, ReadsACellOnceAndRemembersItAsInitial) {
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(5));
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(5));
    EXPECT_EQ(below.reads, 1);
    EXPECT_THAT(state.initial_reads().storage, UnorderedElementsAre(Pair(kCell, Felt(5))));
    EXPECT_THAT(state.writes().storage, IsEmpty());
}

TEST_F(CachedStateTest, AWriteHidesTheValueBelowAndKeepsTheInitialOne) {
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(5));
    state.set_storage_at(kContract, kKey, Felt(6));
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(6));
    EXPECT_THAT(state.initial_reads().storage, UnorderedElementsAre(Pair(kCell, Felt(5))));
}

TEST_F(CachedStateTest, ReadingAWrittenCellAsksNobody) {
    state.set_storage_at(kContract, kKey, Felt(6));
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(6));
    EXPECT_EQ(below.reads, 0);
    EXPECT_THAT(state.initial_reads().storage, IsEmpty());
}

TEST_F(CachedStateTest, AFailedReadIsAnErrorAndNotRemembered) {
    below.broken = true;
    EXPECT_EQ(state.storage_at(kContract, kKey).error().message(), "the disk is gone");
    below.broken = false;
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(5));
}

TEST_F(CachedStateTest, ChangesLeaveOutWritesOfTheSameValue) {
    state.set_storage_at(kContract, kKey, Felt(5));
    state.set_storage_at(kContract, kOtherCell.key, Felt(1));
    const auto changes = state.state_changes();
    EXPECT_THAT(changes->maps.storage, UnorderedElementsAre(Pair(kOtherCell, Felt(1))));
}

TEST_F(CachedStateTest, AllocatedKeysAreThoseThatWereZero) {
    state.set_storage_at(kContract, kKey, Felt(6));
    state.set_storage_at(kContract, kOtherCell.key, Felt(1));
    EXPECT_THAT(state.state_changes()->allocated_keys, UnorderedElementsAre(kOtherCell));
}

TEST_F(CachedStateTest, SettingACellToZeroIsAChangeButAllocatesNothing) {
    state.set_storage_at(kContract, kKey, Felt(0));
    const auto changes = state.state_changes();
    EXPECT_THAT(changes->maps.storage, UnorderedElementsAre(Pair(kCell, Felt(0))));
    EXPECT_THAT(changes->allocated_keys, IsEmpty());
}

TEST_F(CachedStateTest, ANonceCountsUp) {
    below.state.nonces[kContract] = Felt(41);
    ASSERT_TRUE(state.increment_nonce(kContract));
    EXPECT_EQ(*state.nonce_at(kContract), Felt(42));
    EXPECT_THAT(state.state_changes()->maps.nonces,
                UnorderedElementsAre(Pair(kContract, Felt(42))));
}

TEST_F(CachedStateTest, NothingIsDeployedAtAddressZero) {
    const auto result = state.set_class_hash_at(Felt(0), kClass);
    EXPECT_EQ(result.error().message(), "Cannot deploy contract at address 0.");
}

TEST_F(CachedStateTest, AnUndeclaredClassIsNullAndReadAsSuch) {
    EXPECT_EQ(*state.compiled_class(kClass), nullptr);
    const auto reads = state.initial_reads();
    EXPECT_THAT(reads.declared_contracts, UnorderedElementsAre(Pair(kClass, false)));
    EXPECT_THAT(reads.compiled_class_hashes, UnorderedElementsAre(Pair(kClass, Felt(0))));
}

TEST_F(CachedStateTest, ADeclaredClassIsVisibleAtOnceAndToTheParentAfterCommit) {
    const auto compiled_class = std::make_shared<const CompiledClass>();
    CachedState child(&state);
    child.set_compiled_class(kClass, compiled_class);
    child.set_compiled_class_hash(kClass, Felt(9));
    EXPECT_EQ(*child.compiled_class(kClass), compiled_class);
    child.commit_to(state);
    EXPECT_EQ(*state.compiled_class(kClass), compiled_class);
    EXPECT_EQ(*state.compiled_class_hash(kClass), Felt(9));
    EXPECT_THAT(state.state_changes()->maps.declared_contracts,
                UnorderedElementsAre(Pair(kClass, true)));
}

TEST_F(CachedStateTest, ACommittedChildWritesIntoItsParentOnly) {
    CachedState child(&state);
    child.set_storage_at(kContract, kKey, Felt(6));
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(5));
    child.commit_to(state);
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(6));
    EXPECT_EQ(*below.state.storage_at(kContract, kKey), Felt(5));
}

TEST_F(CachedStateTest, AnAbortedChildLeavesOnlyItsReadsBehind) {
    {
        CachedState child(&state);
        EXPECT_EQ(*child.storage_at(kContract, kKey), Felt(5));
        child.set_storage_at(kContract, kOtherCell.key, Felt(1));
    }
    EXPECT_THAT(state.writes().storage, IsEmpty());
    EXPECT_THAT(state.initial_reads().storage, UnorderedElementsAre(Pair(kCell, Felt(5))));
}

TEST_F(CachedStateTest, ResetForgetsReadsWritesAndReader) {
    state.set_storage_at(kContract, kKey, Felt(6));
    ASSERT_TRUE(state.increment_nonce(kContract));
    InMemoryState other;
    other.storage[kCell] = Felt(77);
    state.reset(&other);
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(77));
    EXPECT_EQ(*state.nonce_at(kContract), Felt(0));
    EXPECT_EQ(state.writes(), StateMaps{});
}

TEST_F(CachedStateTest, ASeededCellIsNeitherReadNorAfterErasureWritten) {
    state.set_initial_storage(kCell, Felt(0));
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(0));
    state.set_storage_at(kContract, kKey, Felt(3));
    state.erase_storage_write(kCell);
    EXPECT_THAT(state.writes().storage, IsEmpty());
    EXPECT_EQ(below.reads, 0);
}

class TwoStages : public CachedStateTest {
  protected:
    TwoStages() {
        validate.set_storage_at(kContract, kKey, Felt(6));
        execute.set_storage_at(kContract, kKey, Felt(5));
        execute.set_storage_at(kContract, kOtherCell.key, Felt(1));
    }

    CachedState& validate = state;
    CachedState execute{&validate};
    std::array<CachedState*, 2> stages{&validate, &execute};
};

TEST_F(TwoStages, ComprehensiveChangesCancelOut) {
    const auto changes = squashed_state_changes(stages, true);
    EXPECT_THAT(changes->maps.storage, UnorderedElementsAre(Pair(kOtherCell, Felt(1))));
    EXPECT_THAT(changes->allocated_keys, UnorderedElementsAre(kOtherCell));
}

TEST_F(TwoStages, MergedChangesCountAChangeAndItsOpposite) {
    const auto changes = squashed_state_changes(stages, false);
    EXPECT_THAT(changes->maps.storage,
                UnorderedElementsAre(Pair(kCell, Felt(5)), Pair(kOtherCell, Felt(1))));
}

TEST(InMemoryStateTest, AppliesABlocksDiff) {
    InMemoryState state;
    StateDiff diff;
    diff.storage[kCell] = Felt(1);
    diff.nonces[kContract] = Felt(2);
    diff.deployed_contracts[kContract] = kClass;
    diff.declared_classes[kClass] = Felt(3);
    state.apply(diff);
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(1));
    EXPECT_EQ(*state.nonce_at(kContract), Felt(2));
    EXPECT_EQ(*state.class_hash_at(kContract), kClass);
    EXPECT_EQ(*state.compiled_class_hash(kClass), Felt(3));
}

}  // namespace
}  // namespace blockexecd::executor
