// SPDX-License-Identifier: Apache-2.0
// The text of a failed stage, from its outermost call to the cause.
#include "executor/calls/error_trace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "executor/calls/call_error.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::executor {
namespace {

using testing::EndsWith;
using testing::StartsWith;

const RootFrame kRoot{Felt(1), Felt(2), Felt(3)};
const std::string kRootText = "0: Error in the called contract (contract address: 0x" +
                              std::string(63, '0') + "1, class hash: 0x" + std::string(63, '0') +
                              "2, selector: 0x" + std::string(63, '0') + "3):";

std::string inner_frame(const std::string& preamble) {
    return preamble + " (contract address: 0x" + std::string(63, '0') + "4, class hash: 0x" +
           std::string(63, '0') + "5, selector: 0x" + std::string(63, '0') + "6):";
}

CallFrame inner_call(CallFrameKind kind) {
    return {kind, Felt(4), Felt(5), Felt(6)};
}

vm::Error vm_exception(const vm::Error& cause, std::uint64_t pc,
                       std::optional<std::string> traceback = {}) {
    auto detail = std::make_shared<vm::VmExceptionDetail>();
    detail->pc = {0, pc};
    detail->traceback = std::move(traceback);
    return {vm::ErrorKind::vm_exception, "unused", cause, detail};
}

vm::Error failed_hint(const vm::Error& cause) {
    return {vm::ErrorKind::hint, "Got an exception while executing a hint: " + cause.message(),
            cause};
}

std::string trace(const vm::Error& error) {
    return transaction_error_trace(ErrorStackHeader::execution, kRoot, error);
}

TEST(ErrorTraceTest, AnEntryPointErrorEndsItsLine) {
    EXPECT_EQ(trace(entry_point_error(EntryPointErrorKind::other, "Fraud attempt blocked.")),
              "Transaction execution has failed:\n" + kRootText + "\nFraud attempt blocked.\n");
}

TEST(ErrorTraceTest, APanicsSummaryIsPrintedAsItIs) {
    EXPECT_EQ(
        trace(entry_point_error(EntryPointErrorKind::execution_failed, "Execution failed.\n")),
        "Transaction execution has failed:\n" + kRootText + "\nExecution failed.\n");
}

TEST(ErrorTraceTest, AVmErrorShowsWhereItStopped) {
    const vm::Error cause(vm::ErrorKind::virtual_machine,
                          "An ASSERT_EQ instruction failed: 0 != 1.");
    EXPECT_EQ(
        trace(run_error(vm_exception(cause, 12,
                                     "Cairo traceback (most recent call last):\nUnknown location "
                                     "(pc=0:7)\n"),
                        false)),
        "Transaction execution has failed:\n" + kRootText +
            "\nError at pc=0:12:\nCairo traceback (most recent call last):\nUnknown location "
            "(pc=0:7)\n\n"
            "An ASSERT_EQ instruction failed: 0 != 1.\n");
}

TEST(ErrorTraceTest, AVmFrameMayBeOmitted) {
    const vm::Error cause(vm::ErrorKind::virtual_machine, "Unexpected Failure");
    EXPECT_EQ(trace(run_error(vm_exception(cause, 12), true)),
              "Transaction execution has failed:\n" + kRootText + "\nUnexpected Failure\n");
}

TEST(ErrorTraceTest, ARunErrorOutsideOfTheVmIsBare) {
    EXPECT_EQ(trace(run_error(vm::Error(vm::ErrorKind::virtual_machine,
                                        "Out of bounds access to program segment"),
                              false)),
              "Transaction execution has failed:\n" + kRootText +
                  "\nOut of bounds access to program segment");
}

TEST(ErrorTraceTest, AHintsOwnErrorIsBareAndAVmErrorInAHintIsNot) {
    const auto run = [](vm::ErrorKind kind) {
        return trace(run_error(vm_exception(failed_hint(vm::Error(kind, "inner")), 1), false));
    };
    EXPECT_THAT(run(vm::ErrorKind::hint_inner), EndsWith("Error at pc=0:1:\ninner"));
    EXPECT_THAT(run(vm::ErrorKind::virtual_machine), EndsWith("Error at pc=0:1:\ninner\n"));
}

TEST(ErrorTraceTest, CallsNestAndCountTheirDepth) {
    const auto innermost = entry_point_error(EntryPointErrorKind::other, "deep");
    const auto library = call_frame_error(inner_call(CallFrameKind::library_call), innermost);
    const auto middle = run_error(vm_exception(failed_hint(library), 2), false);
    const auto call = call_frame_error(inner_call(CallFrameKind::call_contract), middle);
    EXPECT_EQ(trace(run_error(vm_exception(failed_hint(call), 1), false)),
              "Transaction execution has failed:\n" + kRootText + "\nError at pc=0:1:\n" +
                  inner_frame("1: Error in the called contract") + "\nError at pc=0:2:\n" +
                  inner_frame("2: Error in a library call") + "\ndeep\n");
}

TEST(ErrorTraceTest, AConstructorsContentsKeepItsDepth) {
    const auto deployment = call_frame_error(
        inner_call(CallFrameKind::constructor),
        run_error(vm_exception(failed_hint(call_frame_error(
                                   inner_call(CallFrameKind::call_contract),
                                   entry_point_error(EntryPointErrorKind::other, "deep"))),
                               2),
                  false));
    EXPECT_EQ(trace(run_error(vm_exception(failed_hint(deployment), 1), false)),
              "Transaction execution has failed:\n" + kRootText + "\nError at pc=0:1:\n" +
                  inner_frame("1: Error in the contract class constructor") +
                  "\nError at pc=0:2:\n" + inner_frame("1: Error in the called contract") +
                  "\ndeep\n");
}

TEST(ErrorTraceTest, ASystemCallsOwnErrorHasNoLineEnd) {
    EXPECT_THAT(
        trace(run_error(vm_exception(failed_hint(syscall_error("Invalid address domain: 1.")), 1),
                        false)),
        EndsWith("Error at pc=0:1:\nInvalid address domain: 1."));
}

TEST(ErrorTraceTest, ADeploymentsRootIsItsConstructor) {
    auto frame = inner_call(CallFrameKind::constructor);
    frame.selector = std::nullopt;
    const auto error =
        call_frame_error(frame, entry_point_error(EntryPointErrorKind::other, "taken"));
    const auto text = transaction_error_trace(ErrorStackHeader::constructor, kRoot, error);
    EXPECT_THAT(
        text,
        StartsWith("Contract constructor execution has failed:\n0: Error in the contract class "
                   "constructor (contract address: 0x"));
    EXPECT_THAT(text, EndsWith("selector: UNKNOWN):\ntaken\n"));
}

TEST(ErrorTraceTest, ALongTraceKeepsItsEnds) {
    const auto text = trace(entry_point_error(EntryPointErrorKind::other, std::string(20000, 'x')));
    const std::string header = "Transaction execution has failed:\n";
    EXPECT_EQ(text.size(), header.size() + 7500 + 7 + 7500);
    EXPECT_EQ(text.substr(header.size() + 7500, 7), "\n\n...\n\n");
}

TEST(ErrorTraceTest, ACutDoesNotSplitACharacter) {
    std::string message;
    while (message.size() < 20000)
        message += "\xe2\x82\xac";
    for (const auto* prefix : {"", "a", "ab"}) {
        const auto text = trace(entry_point_error(EntryPointErrorKind::other, prefix + message));
        const auto cut = text.find("\n\n...\n\n");
        ASSERT_NE(cut, std::string::npos);
        EXPECT_EQ(text.substr(cut - 3, 3), "\xe2\x82\xac");
        EXPECT_EQ(text.substr(cut + 7, 3), "\xe2\x82\xac");
    }
}

TEST(ErrorTraceTest, AnUnreadableStateIsFoundBelowAnyCall) {
    const vm::Error disk(vm::ErrorKind::host, "cannot read");
    EXPECT_TRUE(is_host_failure(run_error(
        vm_exception(failed_hint(call_frame_error(inner_call(CallFrameKind::call_contract), disk)),
                     1),
        false)));
    EXPECT_FALSE(is_host_failure(entry_point_error(EntryPointErrorKind::other, "panic")));
}

}  // namespace
}  // namespace blockexecd::executor
