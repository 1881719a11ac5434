// SPDX-License-Identifier: Apache-2.0
// Which calls a revert summary names, and how it is shortened.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "executor/calls/error_trace.hpp"

namespace blockexecd::executor {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const Felt kEntrypointFailed = Felt::from_ascii("ENTRYPOINT_FAILED");
constexpr std::size_t kCap = 15000;

CallInfo failed_call(std::uint64_t address, std::vector<Felt> retdata) {
    CallInfo info;
    info.call.storage_address = Felt(address);
    info.call.class_hash = Felt(address + 0x100);
    info.call.entry_point_selector = Felt(address + 0x200);
    info.execution.failed = true;
    info.execution.retdata = std::move(retdata);
    return info;
}

std::string frame(std::uint64_t address) {
    return "Error in contract (contract address: " + Felt(address).to_hex_padded() +
           ", class hash: " + Felt(address + 0x100).to_hex_padded() +
           ", selector: " + Felt(address + 0x200).to_hex_padded() + "):";
}

// Calls 1, 2, ... n, each inside the one before, all passing the innermost one's panic on.
CallInfo chain_of_calls(std::uint64_t n, const std::vector<Felt>& panic) {
    CallInfo innermost = failed_call(n, panic);
    for (auto address = n - 1; address >= 1; --address) {
        auto retdata = innermost.execution.retdata;
        retdata.push_back(kEntrypointFailed);
        auto outer = failed_call(address, retdata);
        outer.inner_calls.push_back(std::move(innermost));
        innermost = std::move(outer);
    }
    return innermost;
}

std::string summary(const CallInfo& root) {
    return revert_summary(root, RevertSummaryHeader::execution);
}

TEST(RevertSummaryTest, NamesEachCallOfTheChainAndPrintsTheInnermostPanic) {
    EXPECT_EQ(summary(chain_of_calls(2, {Felt::from_ascii("bad")})),
              "Execution failed. Failure reason:\n" + frame(1) + "\n" + frame(2) +
                  "\n0x626164 ('bad').\n");
}

TEST(RevertSummaryTest, ValidationHasItsOwnHeader) {
    EXPECT_EQ(revert_summary(failed_call(1, {Felt(1)}), RevertSummaryHeader::validation),
              "The `validate` entry point panicked with:\n" + frame(1) + "\n0x1.\n");
}

TEST(RevertSummaryTest, ACallThatPanickedByItselfEndsTheChain) {
    auto root = failed_call(1, {Felt(5)});
    root.inner_calls.push_back(failed_call(2, {Felt(5)}));
    EXPECT_EQ(summary(root), "Execution failed. Failure reason:\n" + frame(1) + "\n0x5.\n");
}

TEST(RevertSummaryTest, WithoutAUniqueCauseThereAreNoFrames) {
    auto root = failed_call(1, {Felt(5), kEntrypointFailed});
    root.inner_calls.push_back(failed_call(2, {Felt(5)}));
    root.inner_calls.push_back(failed_call(3, {Felt(5)}));
    EXPECT_EQ(summary(root),
              "Execution failed. Failure reason:\n(0x5, 0x454e545259504f494e545f4641494c4544 "
              "('ENTRYPOINT_FAILED')).\n");
}

TEST(RevertSummaryTest, DropsFramesAboveTheLastWhenThereAreTooMany) {
    const auto text = summary(chain_of_calls(100, {Felt(5)}));
    EXPECT_LE(text.size(), kCap);
    EXPECT_GT(text.size(), kCap - 2 * frame(1).size());
    EXPECT_THAT(text, StartsWith("Execution failed. Failure reason:\n" + frame(1) + "\n"));
    EXPECT_THAT(text, EndsWith("\n\n...\n" + frame(100) + "\n0x5.\n"));
    EXPECT_THAT(text, Not(HasSubstr(frame(99))));
}

TEST(RevertSummaryTest, ALongReasonLeavesTheFramesOut) {
    // 14700 characters and some: more than is left beside two frames, but less than the cap.
    const auto text = summary(chain_of_calls(3, std::vector<Felt>(1470, Felt(0xffffff))));
    EXPECT_TRUE(text.starts_with("Execution failed. Failure reason:\n(0xffffff, "));
    EXPECT_EQ(text.find("Error in contract"), std::string::npos);
}

TEST(RevertSummaryTest, ATooLongReasonIsCut) {
    const auto text = summary(failed_call(1, std::vector<Felt>(5000, Felt(0xffffff))));
    EXPECT_EQ(text.size(), kCap);
    EXPECT_THAT(text, EndsWith("\n..."));
}

}  // namespace
}  // namespace blockexecd::executor
