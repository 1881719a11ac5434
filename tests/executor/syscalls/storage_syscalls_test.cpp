// SPDX-License-Identifier: Apache-2.0
// Gas, storage, events and messages of Cairo 1 calls, and how writes are undone.
#include "executor/syscalls/storage_syscalls.hpp"

#include <gmock/gmock.h>

#include "tests/executor/syscalls/cairo1_fixture.hpp"

namespace blockexecd::executor::test {
namespace {

using testing::ElementsAre;

const StorageKey kKey = Felt(77);
const Felt kOutOfRange =
    *Felt::from_hex("0x800000000000000000000000000000000000000000000000000000000000000");

class StorageSyscalls : public Cairo1Syscalls {};

TEST_F(StorageSyscalls, ReadGivesTheValueAndRecordsIt) {
    below.storage[{kContract, kKey}] = Felt(5);
    begin();
    ASSERT_TRUE(call("StorageRead", {Felt(0), kKey}));
    EXPECT_EQ(gas_left(), Felt(kGas));
    EXPECT_EQ(response(1), vm::Value(Felt(0)));
    EXPECT_EQ(response(2), vm::Value(Felt(5)));
    EXPECT_THAT(info.storage_access_tracker.storage_read_values, ElementsAre(Felt(5)));
    EXPECT_THAT(info.storage_access_tracker.accessed_storage_keys, ElementsAre(kKey));
    EXPECT_EQ(info.syscalls_usage.find(SyscallSelector::StorageRead)->call_count, 1U);
}

TEST_F(StorageSyscalls, WriteIsSeenByReadsAndNotRecordedAsOne) {
    begin();
    ASSERT_TRUE(call("StorageWrite", {Felt(0), kKey, Felt(9)}));
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(9));
    EXPECT_TRUE(info.storage_access_tracker.storage_read_values.empty());
    EXPECT_THAT(info.storage_access_tracker.accessed_storage_keys, ElementsAre(kKey));
}

TEST_F(StorageSyscalls, AnotherDomainIsAHardError) {
    begin();
    EXPECT_EQ(error_of("StorageRead", {Felt(16), kKey}), "Invalid address domain: 16.");
}

TEST_F(StorageSyscalls, AKeyBeyondTheTrieIsAHardError) {
    begin();
    EXPECT_EQ(error_of("StorageRead", {Felt(0), kOutOfRange}),
              "Out of range [0x0, " + kOutOfRange.to_hex() + ").");
}

TEST_F(StorageSyscalls, UnknownSelectorsAreHardErrors) {
    begin();
    EXPECT_EQ(error_of("NoSuchCall", {}), "Invalid syscall selector: 0x4e6f5375636843616c6c.");
}

TEST_F(StorageSyscalls, SelectorsOfCairo0AreUnsupported) {
    begin();
    EXPECT_EQ(error_of("GetCallerAddress", {}),
              "Unknown Hint: Unsupported syscall selector GetCallerAddress.");
}

TEST_F(StorageSyscalls, AGasCounterBeyond64BitsIsAHardError) {
    begin();
    write({Felt::from_ascii("StorageRead"), Felt::from_u128(0, 1), Felt(0), kKey});
    EXPECT_EQ(handler->system_call(*machine).error().message(),
              "Invalid syscall input: 0x10000000000000000; Unexpected gas.");
}

TEST_F(StorageSyscalls, RevertRestoresTheFirstValueOfAKeyAndTheCounters) {
    below.storage[{kContract, kKey}] = Felt(5);
    begin();
    ASSERT_TRUE(call("StorageWrite", {Felt(0), kKey, Felt(6)}));
    ASSERT_TRUE(call("StorageWrite", {Felt(0), kKey, Felt(7)}));
    ASSERT_TRUE(call("EmitEvent", {Felt(0), Felt(0), Felt(0), Felt(0)}));
    EXPECT_EQ(context->n_emitted_events, 1U);
    ASSERT_TRUE(context->revert(0, state));
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(5));
    EXPECT_EQ(context->n_emitted_events, 0U);
    EXPECT_TRUE(state.state_changes()->maps.storage.empty());
}

TEST_F(StorageSyscalls, AnInnerCallsOriginalValueIsTheOutersToo) {
    below.storage[{kContract, kKey}] = Felt(5);
    begin();
    // An inner call of the same contract wrote first and has returned.
    context->revert_infos.push_back({kContract, kClass, {}, 0, 0});
    context->revert_infos.back().original_values.emplace(kKey, Felt(5));
    state.set_storage_at(kContract, kKey, Felt(6));
    ASSERT_TRUE(call("StorageWrite", {Felt(0), kKey, Felt(7)}));
    EXPECT_EQ(context->revert_infos.front().original_values.at(kKey), Felt(5));
}

TEST_F(StorageSyscalls, EventsAreOrderedAndKeepKeysAndData) {
    begin();
    const auto keys = array({Felt(1), Felt(2)});
    const auto data = array({Felt(3)});
    ASSERT_TRUE(call("EmitEvent", {keys, keys + 2, data, data + 1}));
    ASSERT_TRUE(call("EmitEvent", {data, data + 1, keys, keys}));
    ASSERT_EQ(info.execution.events.size(), 2U);
    EXPECT_THAT(info.execution.events[0].keys, ElementsAre(Felt(1), Felt(2)));
    EXPECT_THAT(info.execution.events[0].data, ElementsAre(Felt(3)));
    EXPECT_EQ(info.execution.events[1].order, 1U);
}

TEST_F(StorageSyscalls, EventLimitsAreHardErrors) {
    begin();
    const auto many = array(std::vector<Felt>(301, Felt(1)));
    EXPECT_EQ(error_of("EmitEvent", {many, many + 51, many, many}),
              "Exceeded the maximum keys length, keys length: 51, max keys length: 50.");
    begin();
    const auto data = array(std::vector<Felt>(301, Felt(1)));
    EXPECT_EQ(error_of("EmitEvent", {data, data, data, data + 301}),
              "Exceeded the maximum data length, data length: 301, max data length: 300.");
    begin();
    context->n_emitted_events = 1000;
    EXPECT_EQ(
        error_of("EmitEvent", {Felt(0), Felt(0), Felt(0), Felt(0)}),
        "Exceeded the maximum number of events, number events: 1001, max number events: 1000.");
}

TEST_F(StorageSyscalls, AMessagesPayloadCountsAndItsAddressFitsEthereum) {
    begin();
    const auto payload = array({Felt(1), Felt(2), Felt(3)});
    ASSERT_TRUE(call("SendMessageToL1", {Felt(0x7), payload, payload + 3}));
    EXPECT_EQ(info.syscalls_usage.find(SyscallSelector::SendMessageToL1)->linear_factor, 3U);
    EXPECT_EQ(info.execution.l2_to_l1_messages.front().to_address, Felt(7));
    EXPECT_EQ(error_of("SendMessageToL1",
                       {Felt::from_canonical({0, 0, 1ULL << 32, 0}), payload, payload}),
              "Out of range 1461501637330902918203684832716283019655932542976.");
}

class StorageSyscallsAt0142 : public Cairo1Syscalls {
  protected:
    StorageSyscallsAt0142() : Cairo1Syscalls("0.14.2") {}
};

TEST_F(StorageSyscallsAt0142, ChargeTheirCostLessThePrechargedBase) {
    begin();
    ASSERT_TRUE(call("StorageWrite", {Felt(0), kKey, Felt(9)}));
    EXPECT_EQ(gas_left(), Felt(kGas - 34970));
    EXPECT_EQ(context->sierra_gas_revert_tracker.gas_consumed(), 34970U);
}

TEST_F(StorageSyscallsAt0142, RunOutOfGasWithoutEffect) {
    begin();
    ASSERT_TRUE(call_with_gas("StorageWrite", 34969, {Felt(0), kKey, Felt(9)}));
    EXPECT_EQ(failure(), "Out of gas");
    EXPECT_EQ(gas_left(), Felt(34969));
    EXPECT_EQ(*state.storage_at(kContract, kKey), Felt(0));
    EXPECT_EQ(info.syscalls_usage.find(SyscallSelector::StorageWrite)->call_count, 1U);
    EXPECT_EQ(context->sierra_gas_revert_tracker.gas_consumed(), 0U);
}

}  // namespace
}  // namespace blockexecd::executor::test
