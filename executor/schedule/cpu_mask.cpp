// SPDX-License-Identifier: Apache-2.0
#include "executor/schedule/cpu_mask.hpp"

#include <sched.h>

#include <algorithm>
#include <cerrno>
#include <memory>

namespace blockexecd::executor {
namespace {

constexpr std::uint32_t kMinimumCpus = 1024;
constexpr std::uint32_t kMaximumCpus = 65536;

struct FreeCpuSet {
    void operator()(cpu_set_t* set) const { CPU_FREE(set); }
};
using CpuSet = std::unique_ptr<cpu_set_t, FreeCpuSet>;

}  // namespace

std::vector<std::uint32_t> thread_cpus(pid_t thread_id) {
    for (std::uint32_t size = kMinimumCpus; size <= kMaximumCpus; size *= 2) {
        const CpuSet set(CPU_ALLOC(size));
        const std::size_t bytes = CPU_ALLOC_SIZE(size);
        if (sched_getaffinity(thread_id, bytes, set.get()) != 0) {
            if (errno == EINVAL)
                continue;  // the kernel has more CPUs than the set
            return {};
        }
        std::vector<std::uint32_t> cpus;
        for (std::uint32_t cpu = 0; cpu < size; ++cpu)
            if (CPU_ISSET_S(cpu, bytes, set.get()))
                cpus.push_back(cpu);
        return cpus;
    }
    return {};
}

int set_thread_cpus(const std::vector<std::uint32_t>& cpus) {
    if (cpus.empty())
        return EINVAL;
    const std::uint32_t size = std::max(kMinimumCpus, *std::ranges::max_element(cpus) + 1);
    const CpuSet set(CPU_ALLOC(size));
    const std::size_t bytes = CPU_ALLOC_SIZE(size);
    CPU_ZERO_S(bytes, set.get());
    for (const auto cpu : cpus)
        CPU_SET_S(cpu, bytes, set.get());
    return sched_setaffinity(0, bytes, set.get()) == 0 ? 0 : errno;
}

}  // namespace blockexecd::executor
