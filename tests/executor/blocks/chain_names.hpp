// SPDX-License-Identifier: Apache-2.0
// Test support: the chains that tests are run for, as test parameters.
#pragma once

#include <gtest/gtest.h>

#include <string>

namespace blockexecd::executor::test {

inline constexpr const char* kChainNames[] = {"transfers-small", "mixed-small",  "hot-small",
                                              "legacy-small",    "mixed-0.13.5", "mixed-0.13.2",
                                              "mixed-0.13.1.1",  "mixed-0.13.0"};

// Scripts of system calls, with refusals: the oracle's profile of that name.
inline constexpr const char* kSyscallChainNames[] = {
    "syscalls-0.13.0", "syscalls-0.13.1", "syscalls-0.13.2.1", "syscalls-0.13.3",
    "syscalls-0.13.4", "syscalls-0.13.6", "syscalls-0.14.0",   "syscalls-0.14.2",
    "syscalls-0.14.3", "syscalls-0.14.4"};

// A name that GoogleTest takes.
inline std::string chain_test_name(const testing::TestParamInfo<const char*>& chain) {
    std::string name = chain.param;
    for (auto& character : name)
        if (character == '-' || character == '.')
            character = '_';
    return name;
}

}  // namespace blockexecd::executor::test
