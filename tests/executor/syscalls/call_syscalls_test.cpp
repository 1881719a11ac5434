// SPDX-License-Identifier: Apache-2.0
// What stops a call before its code runs, and which of it a caller may handle.
#include "executor/syscalls/call_syscalls.hpp"

#include <gmock/gmock.h>

#include "executor/calls/call_error.hpp"
#include "executor/types/address.hpp"
#include "tests/executor/syscalls/cairo1_fixture.hpp"

namespace blockexecd::executor::test {
namespace {

using testing::ElementsAre;

const ContractAddress kOther = Felt(0x77);

class CallSyscalls : public Cairo1Syscalls {
  protected:
    using Cairo1Syscalls::Cairo1Syscalls;

    // Declares a class without entry points.
    void declare(const ClassHash& class_hash, ClassKind kind) {
        auto compiled_class = std::make_shared<CompiledClass>();
        compiled_class->kind = kind;
        compiled_class->sierra_version = {2, 0, 0};
        compiled_class->code = vm::Code::make({}, {});
        below.add_class(class_hash, compiled_class);
    }
    std::vector<vm::Value> empty_call(const Felt& address, const Felt& selector) {
        return {address, selector, Felt(0), Felt(0)};
    }
};

TEST_F(CallSyscalls, CallingNobodyIsAHardErrorWithItsFrame) {
    begin();
    const auto result = call("CallContract", empty_call(kOther, Felt(5)));
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().message(),
              "Requested contract address " + kOther.to_hex_padded() + " is not deployed.");
    const auto frame = result.error().detail<CallFrameDetail>();
    ASSERT_NE(frame, nullptr);
    EXPECT_EQ(frame->frame.kind, CallFrameKind::call_contract);
    EXPECT_EQ(frame->frame.class_hash, Felt(0));
    EXPECT_EQ(frame->frame.selector, Felt(5));
}

TEST_F(CallSyscalls, AnUndeclaredClassIsAHardError) {
    begin();
    EXPECT_EQ(error_of("LibraryCall", empty_call(Felt(0xbad), Felt(5))),
              "Class with hash " + Felt(0xbad).to_hex_padded() + " is not declared.");
}

TEST_F(CallSyscalls, AMissingEntryPointIsAFailureThatCallersHandle) {
    below.class_hashes[kOther] = kClass;
    declare(kClass, ClassKind::cairo1);
    begin();
    EXPECT_EQ(failure_of("CallContract", empty_call(kOther, Felt(5))),
              "ENTRYPOINT_NOT_FOUND, ENTRYPOINT_FAILED");
    ASSERT_EQ(info.inner_calls.size(), 1U);
    EXPECT_TRUE(info.inner_calls[0].execution.failed);
    EXPECT_EQ(info.inner_calls[0].execution.gas_consumed, 0U);
    EXPECT_EQ(info.inner_calls[0].call.class_hash, kClass);
    // Its revert info is gone, and the call's own is left.
    EXPECT_EQ(context->revert_infos.size(), 1U);
    EXPECT_EQ(context->recursion_depth, 1U);
}

TEST_F(CallSyscalls, ValidationMayOnlyCallItself) {
    begin(ExecutionMode::validate);
    EXPECT_EQ(error_of("CallContract", empty_call(kOther, Felt(5))),
              "Unauthorized syscall call_contract in execution mode Validate.");
    declare(kClass, ClassKind::cairo1);
    begin(ExecutionMode::validate);
    EXPECT_EQ(failure_of("CallContract", empty_call(kContract, Felt(5))),
              "ENTRYPOINT_NOT_FOUND, ENTRYPOINT_FAILED");
}

TEST_F(CallSyscalls, ExecuteIsNotCalledDirectly) {
    begin();
    EXPECT_EQ(failure_of("CallContract", empty_call(kOther, selector_from_name("__execute__"))),
              "Invalid argument");
    EXPECT_TRUE(info.inner_calls.empty());
}

TEST_F(CallSyscalls, TheDepthOfCallsIsLimited) {
    declare(kClass, ClassKind::cairo1);
    begin();
    context->recursion_depth = 50;
    EXPECT_EQ(error_of("CallContract", empty_call(kContract, Felt(5))),
              "Execution failed due to recursion depth exceeded.");
    EXPECT_EQ(context->recursion_depth, 50U);
}

TEST_F(CallSyscalls, DeploymentTakesTheAddressAndGivesIt) {
    declare(Felt(0xdec), ClassKind::cairo1);
    begin();
    ASSERT_TRUE(call("Deploy", {Felt(0xdec), Felt(1), Felt(0), Felt(0), Felt(0)}));
    const auto address = contract_address(kContract, Felt(1), Felt(0xdec), {});
    EXPECT_EQ(response(2), vm::Value(address));
    EXPECT_THAT(response_array(3), ElementsAre());
    EXPECT_EQ(*state.class_hash_at(address), Felt(0xdec));
    ASSERT_EQ(info.inner_calls.size(), 1U);
    EXPECT_EQ(info.inner_calls[0].call.entry_point_type, EntryPointType::constructor);
    EXPECT_EQ(info.inner_calls[0].call.caller_address, kContract);
    EXPECT_EQ(error_of("Deploy", {Felt(0xdec), Felt(1), Felt(0), Felt(0), Felt(0)}),
              "Deployment failed: contract already deployed at address " + address.to_hex_padded());
}

TEST_F(CallSyscalls, DeploymentFromZeroDoesNotDependOnTheDeployer) {
    declare(Felt(0xdec), ClassKind::cairo1);
    begin();
    ASSERT_TRUE(call("Deploy", {Felt(0xdec), Felt(1), Felt(0), Felt(0), Felt(1)}));
    EXPECT_EQ(response(2), vm::Value(contract_address(Felt(0), Felt(1), Felt(0xdec), {})));
    EXPECT_EQ(error_of("Deploy", {Felt(0xdec), Felt(1), Felt(0), Felt(0), Felt(2)}),
              "Invalid syscall input: 0x2; The deploy_from_zero field in the deploy system call "
              "must be 0 or 1.");
}

TEST_F(CallSyscalls, WithoutAConstructorThereIsNoCalldata) {
    declare(Felt(0xdec), ClassKind::cairo1);
    begin();
    const auto calldata = array({Felt(1), Felt(2)});
    const auto result = call("Deploy", {Felt(0xdec), Felt(1), calldata, calldata + 2, Felt(0)});
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().message(),
              "Invalid input: constructor_calldata; Cannot pass calldata to a contract with no "
              "constructor.");
    EXPECT_EQ(result.error().detail<CallFrameDetail>()->frame.selector, std::nullopt);
    EXPECT_EQ(info.syscalls_usage.find(SyscallSelector::Deploy)->linear_factor, 2U);
}

TEST_F(CallSyscalls, ValidationDeploysNothingFrom0140On) {
    begin(ExecutionMode::validate);
    EXPECT_EQ(error_of("Deploy", {Felt(0xdec), Felt(1), Felt(0), Felt(0), Felt(0)}),
              "Unauthorized syscall deploy in execution mode Validate.");
}

TEST_F(CallSyscalls, AReplacementIsDeclaredAndCairo1) {
    declare(Felt(0xdec), ClassKind::cairo1);
    declare(Felt(0), ClassKind::cairo0);
    declare(Felt(0x10), ClassKind::cairo0);
    begin();
    ASSERT_TRUE(call("ReplaceClass", {Felt(0xdec)}));
    EXPECT_EQ(*state.class_hash_at(kContract), Felt(0xdec));
    EXPECT_EQ(error_of("ReplaceClass", {Felt(0x10)}),
              "Cannot replace V1 class hash with V0 class hash: 16.");
    begin();
    EXPECT_EQ(error_of("ReplaceClass", {Felt(0xbad)}),
              "Class with hash " + Felt(0xbad).to_hex_padded() + " is not declared.");
    ASSERT_TRUE(context->revert(0, state));
    EXPECT_EQ(*state.class_hash_at(kContract), kClass);
}

TEST_F(CallSyscalls, AClassHashIsReadButNotInValidation) {
    begin();
    ASSERT_TRUE(call("GetClassHashAt", {kContract}));
    EXPECT_EQ(response(2), vm::Value(kClass));
    ASSERT_TRUE(call("GetClassHashAt", {kOther}));
    EXPECT_EQ(response(2), vm::Value(Felt(0)));
    EXPECT_THAT(info.storage_access_tracker.accessed_contract_addresses,
                ElementsAre(kOther, kContract));
    EXPECT_THAT(info.storage_access_tracker.read_class_hash_values, ElementsAre(kClass, Felt(0)));
    begin(ExecutionMode::validate);
    EXPECT_EQ(error_of("GetClassHashAt", {kContract}),
              "Unauthorized syscall get_class_hash_at in execution mode Validate.");
}

TEST_F(CallSyscalls, AMetaTransactionExecutesAndNothingElse) {
    begin();
    EXPECT_EQ(failure_of("MetaTxV0", {kOther, Felt(5), Felt(0), Felt(0), Felt(0), Felt(0)}),
              "Invalid argument");
    begin(ExecutionMode::validate);
    EXPECT_EQ(error_of("MetaTxV0", {kOther, Felt(5), Felt(0), Felt(0), Felt(0), Felt(0)}),
              "Unauthorized syscall meta_tx_v0 in execution mode Validate.");
}

TEST_F(CallSyscalls, AfterAMetaTransactionTheTransactionIsTheOldOne) {
    below.class_hashes[kOther] = kClass;
    declare(kClass, ClassKind::cairo1);
    begin();
    EXPECT_EQ(failure_of("MetaTxV0", {kOther, selector_from_name("__execute__"), Felt(0), Felt(0),
                                      Felt(0), Felt(0)}),
              "ENTRYPOINT_NOT_FOUND, ENTRYPOINT_FAILED");
    EXPECT_EQ(context->transaction.version, 3);
    EXPECT_EQ(context->transaction.transaction_hash, Felt(0x7a));
    EXPECT_EQ(info.inner_calls.at(0).call.caller_address, Felt(0));
}

TEST_F(CallSyscalls, Version0TransactionsCannotReachTheRobbableAccount) {
    const auto faulty =
        *Felt::from_hex("0x1a7820094feaf82d53f53f214b81292d717e7bb9a92bb2488092cd306f3993f");
    below.class_hashes[kOther] = faulty;
    declare(faulty, ClassKind::cairo1);
    transaction.version = 0;
    begin();
    EXPECT_EQ(error_of("CallContract", empty_call(kOther, Felt(5))), "Fraud attempt blocked.");
}

class CallSyscallsAt0132 : public CallSyscalls {
  protected:
    CallSyscallsAt0132() : CallSyscalls("0.13.2") {}
};

TEST_F(CallSyscallsAt0132, AMissingEntryPointIsAHardError) {
    below.class_hashes[kOther] = kClass;
    declare(kClass, ClassKind::cairo1);
    begin();
    EXPECT_EQ(error_of("CallContract", empty_call(kOther, Felt(5))),
              "Entry point EntryPointSelector(0x5) not found in contract.");
}

}  // namespace
}  // namespace blockexecd::executor::test
