// SPDX-License-Identifier: Apache-2.0
// The topology that is read has exactly the CPUs that the kernel leaves to the process.
#include "executor/schedule/topology.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "executor/schedule/cpu_list.hpp"
#include "executor/schedule/cpu_mask.hpp"

namespace blockexecd::executor {
namespace {

std::vector<std::uint32_t> numbers(const Topology& topology) {
    std::vector<std::uint32_t> list;
    for (const auto& cpu : topology.cpus)
        list.push_back(cpu.number);
    return list;
}

TEST(Topology, HasTheCpusOfTheKernelsStatus) {
    std::ifstream status("/proc/thread-self/status");
    std::string line;
    while (std::getline(status, line) && !line.starts_with("Cpus_allowed_list:")) {
    }
    const auto list = line.substr(line.find_first_of("0123456789"));
    EXPECT_EQ(format_cpu_list(numbers(read_topology())), list);
}

TEST(Topology, FollowsTheAffinityOfItsThread) {
    std::thread([] {
        const auto one = thread_cpus().back();
        ASSERT_EQ(set_thread_cpus({one}), 0);
        EXPECT_EQ(numbers(read_topology()), std::vector{one});
    }).join();
}

TEST(CpuMask, RefusesACpuThatIsNotThere) {
    std::thread([] { EXPECT_EQ(set_thread_cpus({60000}), EINVAL); }).join();
    EXPECT_EQ(set_thread_cpus({}), EINVAL);
}

}  // namespace
}  // namespace blockexecd::executor
