// SPDX-License-Identifier: Apache-2.0
// The topology that is read has exactly the CPUs that the kernel leaves to the process.
#include "executor/schedule/topology.hpp"

#include <gtest/gtest.h>
#include <hwloc.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>
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

// This machine as hwloc's XML, with another cache line.
std::string machine_with_lines_of(std::uint32_t bytes) {
    hwloc_topology_t machine = nullptr;
    char* buffer = nullptr;
    int length = 0;
    hwloc_topology_init(&machine);
    hwloc_topology_load(machine);
    hwloc_topology_export_xmlbuffer(machine, &buffer, &length, 0);
    std::string xml(buffer);
    hwloc_free_xmlbuffer(machine, buffer);
    hwloc_topology_destroy(machine);
    const std::string key = "cache_linesize=\"";
    for (auto at = xml.find(key); at != std::string::npos; at = xml.find(key, at)) {
        at += key.size();
        xml.replace(at, xml.find('"', at) - at, std::to_string(bytes));
    }
    return xml;
}

TEST(Topology, HasTheCacheLineOfTheMachine) {
    const std::filesystem::path file = testing::TempDir() + "topology_test.xml";
    for (const std::uint32_t bytes : {128, 256}) {
        const auto xml = machine_with_lines_of(bytes);
        if (xml.find("cache_linesize") == std::string::npos)
            GTEST_SKIP() << "the kernel describes no caches here";
        std::ofstream(file) << xml;
        setenv("HWLOC_XMLFILE", file.c_str(), 1);
        const auto topology = read_topology();
        unsetenv("HWLOC_XMLFILE");
        EXPECT_TRUE(topology.from_hwloc);
        EXPECT_EQ(topology.cache_line_bytes, bytes);
    }
    std::filesystem::remove(file);
}

TEST(CpuMask, RefusesACpuThatIsNotThere) {
    std::thread([] { EXPECT_EQ(set_thread_cpus({60000}), EINVAL); }).join();
    EXPECT_EQ(set_thread_cpus({}), EINVAL);
}

}  // namespace
}  // namespace blockexecd::executor
