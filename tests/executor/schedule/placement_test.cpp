// SPDX-License-Identifier: Apache-2.0
// The plan for machines of many shapes, and the refusal of what cannot be planned, with key, value,
// limit and cure.
#include "executor/schedule/placement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "executor/schedule/cpu_list.hpp"

namespace blockexecd::executor {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Linux numbers first siblings of all cores, then second siblings.
Topology machine(std::uint32_t nodes, std::uint32_t cores_per_node, std::uint32_t smt) {
    Topology topology;
    topology.from_hwloc = true;
    const auto cores = nodes * cores_per_node;
    for (std::uint32_t sibling = 0; sibling < smt; ++sibling)
        for (std::uint32_t core = 0; core < cores; ++core)
            topology.cpus.push_back({.number = sibling * cores + core,
                                     .core = core,
                                     .node = core / cores_per_node,
                                     .efficiency = 0});
    return topology;
}

// The Ryzen 9 5950X: one node, 16 cores with two siblings each, 8 cores to a last-level cache.
Topology two_caches() {
    auto topology = machine(1, 16, 2);
    topology.last_level_cache_bytes = 32 << 20;
    for (auto& cpu : topology.cpus)
        cpu.cache = cpu.core / 8;
    return topology;
}

Topology restricted(Topology topology, const std::string& cpus) {
    const auto allowed = *parse_cpu_list(cpus);
    std::erase_if(topology.cpus, [&](const Cpu& cpu) {
        return std::ranges::find(allowed, cpu.number) == allowed.end();
    });
    return topology;
}

std::vector<std::uint32_t> cpus_of(const Topology& topology, const PlacementSettings& settings) {
    const auto placement = plan(topology, settings);
    EXPECT_TRUE(placement.has_value())
        << (placement.has_error() ? placement.error().to_string() : "");
    std::vector<std::uint32_t> cpus;
    if (placement.has_value())
        for (const auto& vm : placement->vms)
            cpus.push_back(vm.cpu);
    return cpus;
}

std::string refusal(const Topology& topology, const PlacementSettings& settings) {
    const auto placement = plan(topology, settings);
    EXPECT_TRUE(placement.has_error());
    return placement.has_error() ? placement.error().to_string() : "";
}

TEST(Plan, OneCore) {
    EXPECT_THAT(cpus_of(machine(1, 1, 1), {}), ElementsAre(0));
    EXPECT_EQ(refusal(machine(1, 1, 1), {.vms = 2}),
              "[execution] vms = 2 is more than the 1 CPU of the plan (0). Lower it to 1 (or 0), "
              "or set [placement] oversubscribe = true.");
}

TEST(Plan, TwoSocketsWithSmt) {
    const auto topology = machine(2, 4, 2);
    EXPECT_THAT(cpus_of(topology, {}), ElementsAre(0, 4, 1, 5, 2, 6, 3, 7));
    EXPECT_THAT(cpus_of(topology, {.vms = 3}), ElementsAre(0, 4, 1));
    EXPECT_THAT(cpus_of(topology, {.smt = SmtUse::second}),
                ElementsAre(0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15));
    EXPECT_THAT(cpus_of(topology, {.vms = 4, .smt = SmtUse::all}), ElementsAre(0, 4, 8, 12));
    EXPECT_THAT(refusal(topology, {.vms = 9}),
                HasSubstr("is more than the 8 CPUs of the plan (0,4,1,5,2,6,3,7). Lower it to 8 "
                          "(or 0), or set [placement] smt = \"second\", or set"));
}

TEST(Plan, LastLevelCachesTakeTurns) {
    EXPECT_EQ(format_cpu_list(cpus_of(two_caches(), {})), "0,8,1,9,2,10,3,11,4,12,5,13,6,14,7,15");
    EXPECT_THAT(cpus_of(two_caches(), {.vms = 4, .smt = SmtUse::all}), ElementsAre(0, 8, 16, 24));
    const auto second = cpus_of(two_caches(), {.vms = 18, .smt = SmtUse::second});
    EXPECT_THAT(std::vector(second.begin() + 14, second.end()), ElementsAre(7, 15, 16, 24));

    auto topology = machine(2, 4, 1);  // two caches a node: nodes first
    for (auto& cpu : topology.cpus)
        cpu.cache = cpu.core / 2;
    EXPECT_THAT(cpus_of(topology, {}), ElementsAre(0, 4, 2, 6, 1, 5, 3, 7));
}

TEST(Plan, ExactlyTheNodesNamed) {
    const auto topology = machine(2, 4, 2);
    EXPECT_THAT(cpus_of(topology, {.nodes = "1"}), ElementsAre(4, 5, 6, 7));
    EXPECT_THAT(refusal(topology, {.vms = 5, .nodes = "1"}), HasSubstr("or name more nodes"));
}

TEST(Plan, FourNodesWithHoles) {
    // Node 1 has no CPU left to the process, node 2 has one core, node 3 has second siblings only.
    const auto topology = restricted(machine(4, 2, 2), "0-1,4,14-15");
    EXPECT_THAT(cpus_of(topology, {}), ElementsAre(0, 4, 14, 1, 15));
    EXPECT_EQ(refusal(topology, {.nodes = "0-1"}),
              "[placement] nodes = 0-1 names node 1, which has no CPU that this process may use; "
              "the nodes that have are 0,2-3. "
              "Choose among these, or widen the process's CPU affinity.");
}

TEST(Plan, ContainerWithFewCpus) {
    const auto topology = restricted(machine(2, 16, 2), "3,35,20");
    EXPECT_THAT(cpus_of(topology, {}), ElementsAre(3, 20));
    EXPECT_THAT(cpus_of(topology, {.smt = SmtUse::second}), ElementsAre(3, 20, 35));
    EXPECT_THAT(refusal(topology, {.cpus = "0-1"}),
                HasSubstr("[placement] cpus = 0-1 names CPU 0, which this process may not use; it "
                          "may use 3,20,35"));
}

TEST(Plan, QuotaBelowTheNumberOfVmsIsAWarning) {
    auto topology = machine(1, 4, 1);
    topology.cpu_quota = 1.5;
    const auto placement = plan(topology, {});
    ASSERT_TRUE(placement.has_value());
    EXPECT_THAT(placement->warnings,
                ElementsAre("the control group allows 1.50 CPUs of time for 4 VMs"));
    EXPECT_THAT(plan(topology, {.vms = 1})->warnings, ElementsAre());
}

TEST(Plan, FastCoresBeforeSlowOnes) {
    auto topology = machine(1, 4, 1);
    topology.cpus[2].efficiency = 1;
    topology.cpus[3].efficiency = 1;
    EXPECT_THAT(cpus_of(topology, {}), ElementsAre(2, 3, 0, 1));
    EXPECT_THAT(cpus_of(topology, {.vms = 2}), ElementsAre(2, 3));
}

TEST(Plan, WithoutHwlocEachCpuIsACore) {
    auto topology = machine(1, 3, 1);
    topology.from_hwloc = false;
    const auto placement = plan(topology, {});
    ASSERT_TRUE(placement.has_value());
    EXPECT_EQ(placement->vms.size(), 3U);
    EXPECT_THAT(placement->warnings, ElementsAre(HasSubstr("not known")));
    EXPECT_THAT(refusal(topology, {.nodes = "0"}), HasSubstr("does not tell its NUMA nodes"));
    EXPECT_THAT(refusal({}, {}), HasSubstr("the process may use no CPU"));
}

TEST(Plan, ExplicitCpusInTheirOrder) {
    const auto topology = machine(1, 4, 2);
    EXPECT_THAT(cpus_of(topology, {.cpus = "7,2-3"}), ElementsAre(7, 2, 3));
    EXPECT_THAT(cpus_of(topology, {.vms = 2, .cpus = "7,2-3"}), ElementsAre(7, 2));
    EXPECT_THAT(refusal(topology, {.smt = SmtUse::all, .cpus = "1"}),
                HasSubstr("Remove smt and nodes, or remove cpus."));
    EXPECT_EQ(refusal(topology, {.cpus = "3-1"}),
              "[placement] cpus = 3-1 must be a list of numbers, each once. Write it like 0-3,8.");
}

TEST(Plan, MoreVmsThanCpusOnlyWhenAllowed) {
    const auto topology = machine(1, 2, 1);
    const auto placement = plan(topology, {.vms = 5, .oversubscribe = true});
    ASSERT_TRUE(placement.has_value());
    EXPECT_THAT(cpus_of(topology, {.vms = 5, .oversubscribe = true}), ElementsAre(0, 1, 0, 1, 0));
    EXPECT_THAT(placement->warnings, ElementsAre("5 VMs share 2 CPUs"));
}

TEST(Plan, MemoryPlacementNeedsNodes) {
    auto topology = machine(2, 2, 1);
    EXPECT_EQ(plan(topology, {.memory = MemoryUse::bind})->memory, MemoryUse::bind);
    EXPECT_THAT(plan(topology, {.vms = 2})->nodes(), ElementsAre(0, 1));
    topology.from_hwloc = false;
    EXPECT_TRUE(plan(topology, {}).has_value());
    EXPECT_EQ(
        refusal(topology, {.memory = MemoryUse::bind}),
        "[placement] memory = bind cannot be used: this machine does not tell its NUMA nodes. "
        "Set first_touch, which needs no nodes.");
    EXPECT_THAT(refusal(topology, {.memory = MemoryUse::interleave}),
                HasSubstr("[placement] memory = interleave cannot be used"));
}

TEST(Plan, HugePagesThatTheKernelHasNotAreAWarning) {
    auto topology = machine(1, 1, 1);
    topology.huge_pages = false;
    EXPECT_THAT(plan(topology, {})->warnings, ElementsAre(HasSubstr("huge pages switched off")));
    EXPECT_THAT(plan(topology, {.huge_pages = false})->warnings, ElementsAre());
}

TEST(Plan, ServiceThreadsHaveTheirPlace) {
    const auto topology = machine(1, 4, 1);
    EXPECT_THAT(plan(topology, {})->service_cpus, ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(plan(topology, {.service_cpus = "3,0"})->service_cpus, ElementsAre(0, 3));
    EXPECT_THAT(refusal(topology, {.service_cpus = "4"}),
                HasSubstr("[placement] service_cpus = 4 names CPU 4"));
}

TEST(Picture, ShowsNodesCoresCpusAndVms) {
    const auto topology = machine(2, 2, 2);
    EXPECT_EQ(
        picture(topology, *plan(topology, {.vms = 5, .smt = SmtUse::second, .service_cpus = "7"})),
        "8 CPUs, 4 cores, 2 nodes, cache line 64 bytes\n"
        "node 0\n"
        "  core 0  [cpu 0: vm 0]  [cpu 4: vm 4]\n"
        "  core 1  [cpu 1: vm 2]  [cpu 5]\n"
        "node 1\n"
        "  core 2  [cpu 2: vm 1]  [cpu 6]\n"
        "  core 3  [cpu 3: vm 3]  [cpu 7]\n"
        "5 VMs; service threads on cpus 7; memory by first touch, huge pages\n");
}

TEST(Picture, ShowsTheCachesOfANodeThatHasSeveral) {
    const auto topology = restricted(two_caches(), "0-1,8,16");
    EXPECT_EQ(picture(topology, *plan(topology, {.vms = 2})),
              "4 CPUs, 3 cores, 1 node, cache line 64 bytes, 2 last-level caches of 32 MiB\n"
              "node 0\n"
              "  last-level cache 0\n"
              "    core 0  [cpu 0: vm 0]  [cpu 16]\n"
              "    core 1  [cpu 1]\n"
              "  last-level cache 1\n"
              "    core 8  [cpu 8: vm 1]\n"
              "2 VMs; service threads on cpus 0-1,8,16; memory by first touch, huge pages\n");
}

TEST(CpuList, ReadsAndWritesLinuxLists) {
    EXPECT_THAT(*parse_cpu_list("0-2,8"), ElementsAre(0, 1, 2, 8));
    EXPECT_TRUE(parse_cpu_list("")->empty());
    for (const auto* bad : {"a", "1-", "-1", "1,", ",1", "3-1", "1,1", "0-70000", "1 2"})
        EXPECT_FALSE(parse_cpu_list(bad).has_value()) << bad;
    EXPECT_EQ(format_cpu_list({0, 1, 2, 8}), "0-2,8");
    EXPECT_EQ(format_cpu_list({}), "");
}

}  // namespace
}  // namespace blockexecd::executor
