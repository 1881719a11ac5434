// SPDX-License-Identifier: Apache-2.0
// By the system call: libnuma's only other service would be to count nodes, which hwloc did.
#include "executor/schedule/memory_policy.hpp"

#include <linux/mempolicy.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace blockexecd::executor {

int set_memory_policy(MemoryUse use, std::uint32_t node, const std::vector<std::uint32_t>& nodes) {
    constexpr std::uint32_t word_bits = 64;
    constexpr std::uint32_t highest = 1024;  // the most that Linux can have
    std::array<std::uint64_t, highest / word_bits> mask{};
    const auto add = [&](std::uint32_t number) {
        if (number < highest)
            mask[number / word_bits] |= std::uint64_t{1} << (number % word_bits);
    };
    int mode = MPOL_DEFAULT;
    switch (use) {
        case MemoryUse::first_touch:
            break;
        case MemoryUse::bind:
            mode = MPOL_BIND;
            add(node);
            break;
        case MemoryUse::interleave:
            mode = MPOL_INTERLEAVE;
            for (const auto each : nodes)
                add(each);
            break;
    }
    const bool with_mask = mode != MPOL_DEFAULT;
    return syscall(SYS_set_mempolicy, mode, with_mask ? mask.data() : nullptr,
                   with_mask ? highest + 1 : 0) == 0
               ? 0
               : errno;
}

}  // namespace blockexecd::executor
