// SPDX-License-Identifier: Apache-2.0
// System calls of Cairo 0 contracts.
#include <gmock/gmock.h>

#include "executor/calls/call_error.hpp"
#include "executor/syscalls/deprecated_syscall_handler.hpp"
#include "executor/types/address.hpp"
#include "tests/executor/syscalls/syscall_fixture.hpp"

namespace blockexecd::executor::test {
namespace {

using testing::ElementsAre;

class DeprecatedSyscalls : public SyscallFixture<DeprecatedSyscallHandler> {
  protected:
    using SyscallFixture::SyscallFixture;

    vm::Result<void> call(std::string_view name, const std::vector<vm::Value>& request = {}) {
        std::vector<vm::Value> values{Felt::from_ascii(name)};
        values.insert(values.end(), request.begin(), request.end());
        const auto at = handler->cursor.at();
        write(values);
        return handler->deprecated_system_call(*machine, at);
    }
    std::string error_of(std::string_view name, const std::vector<vm::Value>& request = {}) {
        const auto result = call(name, request);
        return result.has_error() ? result.error().message() : "no error";
    }
    // The answer of a call with one felt.
    vm::Value answer(std::string_view name) {
        EXPECT_TRUE(call(name));
        return response(0);
    }
};

TEST_F(DeprecatedSyscalls, TheProgramsPointerIsTheHandlersCursor) {
    begin();
    EXPECT_EQ(handler->deprecated_system_call(*machine, {1, 3}).error().message(),
              "Bad syscall_ptr; expected: Relocatable { segment_index: " +
                  std::to_string(segment.segment) +
                  ", offset: 0 }, got: Relocatable { segment_index: 1, offset: 3 }.");
}

TEST_F(DeprecatedSyscalls, SelectorsOfCairo1AreUnsupportedButCounted) {
    begin();
    EXPECT_EQ(error_of("GetExecutionInfo"),
              "Unknown Hint: Unsupported syscall selector GetExecutionInfo.");
    EXPECT_EQ(info.syscalls_usage.find(SyscallSelector::GetExecutionInfo)->call_count, 1U);
    begin();
    EXPECT_EQ(error_of("Nothing"), "Invalid syscall selector: 0x4e6f7468696e67.");
}

TEST_F(DeprecatedSyscalls, StorageIsReadAndWritten) {
    below.storage[{kContract, Felt(7)}] = Felt(5);
    begin();
    ASSERT_TRUE(call("StorageRead", {Felt(7)}));
    EXPECT_EQ(response(0), vm::Value(Felt(5)));
    ASSERT_TRUE(call("StorageWrite", {Felt(7), Felt(8)}));
    EXPECT_EQ(*state.storage_at(kContract, Felt(7)), Felt(8));
    EXPECT_THAT(info.storage_access_tracker.storage_read_values, ElementsAre(Felt(5)));
}

TEST_F(DeprecatedSyscalls, AddressesAreAnswered) {
    begin();
    EXPECT_EQ(answer("GetCallerAddress"), vm::Value(kCaller));
    EXPECT_EQ(answer("GetContractAddress"), vm::Value(kContract));
    EXPECT_EQ(answer("GetSequencerAddress"), vm::Value(Felt(0x5e9)));
}

TEST_F(DeprecatedSyscalls, TheBlockIsRoundedForValidationAndItsSequencerHidden) {
    begin();
    EXPECT_EQ(answer("GetBlockNumber"), vm::Value(Felt(12345)));
    EXPECT_EQ(answer("GetBlockTimestamp"), vm::Value(Felt(1'700'000'123)));
    begin(ExecutionMode::validate);
    EXPECT_EQ(answer("GetBlockNumber"), vm::Value(Felt(12300)));
    EXPECT_EQ(answer("GetBlockTimestamp"), vm::Value(Felt(1'699'999'200)));
    EXPECT_EQ(error_of("GetSequencerAddress"),
              "Unauthorized syscall get_sequencer_address in execution mode Validate.");
}

TEST_F(DeprecatedSyscalls, TransactionInfoHoldsTheSignaturesSegment) {
    transaction.version = 1;
    transaction.max_fee = 99;
    begin();
    ASSERT_TRUE(call("GetTxSignature"));
    const auto signature = response(1).relocatable();
    EXPECT_EQ(response(0), vm::Value(Felt(2)));
    EXPECT_THAT(felts(signature, 2), ElementsAre(Felt(11), Felt(12)));
    const auto at = answer("GetTxInfo").relocatable();
    EXPECT_THAT(felts(at, 4), ElementsAre(Felt(1), Felt(0xacc), Felt(99), Felt(2)));
    EXPECT_EQ(cell(at + 4), vm::Value(signature));
    EXPECT_THAT(felts(at + 5, 3), ElementsAre(Felt(0x7a), Felt::from_ascii("SN_TEST"), Felt(3)));
    EXPECT_EQ(answer("GetTxInfo"), vm::Value(at));
}

TEST_F(DeprecatedSyscalls, AccountsBoundToVersion1GetANewInfoEachTime) {
    info.call.class_hash = block.constants->os_constants.v1_bound_accounts_cairo0.at(0);
    begin();
    const auto first = answer("GetTxInfo").relocatable();
    EXPECT_EQ(cell(first), vm::Value(Felt(1)));
    EXPECT_NE(answer("GetTxInfo"), vm::Value(first));
}

TEST_F(DeprecatedSyscalls, EventsAndMessagesGiveLengthsFirst) {
    begin();
    const auto data = array({Felt(1), Felt(2)});
    ASSERT_TRUE(call("EmitEvent", {Felt(1), data, Felt(2), data}));
    EXPECT_THAT(info.execution.events.at(0).keys, ElementsAre(Felt(1)));
    EXPECT_THAT(info.execution.events.at(0).data, ElementsAre(Felt(1), Felt(2)));
    ASSERT_TRUE(call("SendMessageToL1", {Felt(5), Felt(2), data}));
    EXPECT_EQ(info.syscalls_usage.find(SyscallSelector::SendMessageToL1)->linear_factor, 2U);
    // The pointer of an empty array is not looked at.
    ASSERT_TRUE(call("EmitEvent", {Felt(0), Felt(0), Felt(0), Felt(0)}));
}

TEST_F(DeprecatedSyscalls, ExecuteIsNotCalledDirectly) {
    begin();
    EXPECT_EQ(
        error_of("CallContract", {kCaller, selector_from_name("__execute__"), Felt(0), Felt(0)}),
        "Calling `__execute__` directly is not allowed.");
}

TEST_F(DeprecatedSyscalls, AFailedCallBelowIsAnErrorWithItsFrame) {
    begin();
    const auto library = call("LibraryCall", {Felt(0xbad), Felt(5), Felt(0), Felt(0)});
    ASSERT_TRUE(library.has_error());
    EXPECT_EQ(library.error().message(),
              "Class with hash " + Felt(0xbad).to_hex_padded() + " is not declared.");
    EXPECT_EQ(library.error().detail<CallFrameDetail>()->frame.kind, CallFrameKind::library_call);
    begin();
    const auto delegate = call("DelegateCall", {kContract, Felt(5), Felt(0), Felt(0)});
    ASSERT_TRUE(delegate.has_error());
    EXPECT_EQ(delegate.error().detail<CallFrameDetail>()->frame.class_hash, kClass);
}

TEST_F(DeprecatedSyscalls, AReplacementMayBeOfEitherGeneration) {
    auto compiled_class = std::make_shared<CompiledClass>();
    compiled_class->kind = ClassKind::cairo0;
    below.add_class(Felt(0xdec), compiled_class);
    begin();
    ASSERT_TRUE(call("ReplaceClass", {Felt(0xdec)}));
    EXPECT_EQ(*state.class_hash_at(kContract), Felt(0xdec));
}

TEST_F(DeprecatedSyscalls, DeploymentNeverGivesReturnData) {
    below.add_class(Felt(0xdec), std::make_shared<CompiledClass>());
    begin();
    ASSERT_TRUE(call("Deploy", {Felt(0xdec), Felt(1), Felt(0), Felt(0), Felt(0)}));
    EXPECT_EQ(response(0), vm::Value(contract_address(kContract, Felt(1), Felt(0xdec), {})));
    EXPECT_EQ(response(1), vm::Value(Felt(0)));
    EXPECT_EQ(response(2), vm::Value(Felt(0)));
    EXPECT_EQ(info.inner_calls.size(), 1U);
}

}  // namespace
}  // namespace blockexecd::executor::test
