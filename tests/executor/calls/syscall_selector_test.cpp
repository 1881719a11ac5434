// SPDX-License-Identifier: Apache-2.0
// Selectors by felt, and usage counters.
#include "executor/calls/syscall_selector.hpp"

#include <gtest/gtest.h>

namespace blockexecd::executor {
namespace {

TEST(SyscallSelectorTest, EveryNameIsFoundByItsFeltExceptThePriceKeccakRound) {
    for (std::size_t i = 0; i < kSyscallCount; ++i) {
        const auto selector = static_cast<SyscallSelector>(i);
        const auto found = syscall_from_felt(vm::Felt::from_ascii(syscall_name(selector)));
        if (selector == SyscallSelector::KeccakRound)
            EXPECT_EQ(found, std::nullopt);
        else
            EXPECT_EQ(found, selector) << syscall_name(selector);
    }
}

TEST(SyscallSelectorTest, OtherFeltsNameNothing) {
    EXPECT_EQ(syscall_from_felt(vm::Felt(0)), std::nullopt);
    EXPECT_EQ(syscall_from_felt(vm::Felt::from_ascii("deploy")), std::nullopt);
    EXPECT_EQ(syscall_from_felt(-vm::Felt(1)), std::nullopt);
}

TEST(SyscallUsagesTest, AnEntryMayExistWithCountZero) {
    SyscallUsages usages;
    EXPECT_EQ(usages.find(SyscallSelector::Keccak), nullptr);
    usages[SyscallSelector::Keccak].call_count += 0;
    ASSERT_NE(usages.find(SyscallSelector::Keccak), nullptr);
    EXPECT_EQ(usages.size(), 1U);
}

TEST(SyscallUsagesTest, VisitsEntriesInTheOrderOfTheEnum) {
    SyscallUsages usages;
    usages[SyscallSelector::StorageWrite].call_count = 2;
    usages[SyscallSelector::CallContract].call_count = 1;
    std::string visited;
    usages.for_each([&](SyscallSelector selector, const SyscallUsage& usage) {
        visited += std::string(syscall_name(selector)) + std::to_string(usage.call_count) + " ";
    });
    EXPECT_EQ(visited, "CallContract1 StorageWrite2 ");
}

}  // namespace
}  // namespace blockexecd::executor
