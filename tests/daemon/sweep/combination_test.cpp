// SPDX-License-Identifier: Apache-2.0
// The axes of a sweep become a list of combinations; what the machine cannot do is refused before
// anything runs.
#include "daemon/sweep/combination.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace blockexecd::daemon {
namespace {

using executor::SmtUse;
using testing::ElementsAre;
using testing::HasSubstr;

// Four cores with two siblings each: CPUs 0-3 and 4-7.
executor::Topology machine() {
    executor::Topology topology;
    topology.from_hwloc = true;
    for (std::uint32_t cpu = 0; cpu < 8; ++cpu)
        topology.cpus.push_back({.number = cpu, .core = cpu % 4, .node = 0, .efficiency = 0});
    return topology;
}

std::vector<std::string> names(const SweepAxes& axes) {
    const auto all = combinations(machine(), axes);
    EXPECT_TRUE(all.has_value());
    std::vector<std::string> names;
    for (const auto& one : *all)
        names.push_back(one.name());
    return names;
}

TEST(Combinations, LayoutsOfTheSameNumberOfVmsAreNeighbours) {
    EXPECT_THAT(
        names({.cells = {"bigint40", "packed32"}, .vms = {1, 2}}),
        ElementsAre("bigint40, 1 VM on cpus 0, smt none", "packed32, 1 VM on cpus 0, smt none",
                    "bigint40, 2 VMs on cpus 0-1, smt none",
                    "packed32, 2 VMs on cpus 0-1, smt none"));
}

TEST(Combinations, MoreVmsThanCpusShareThoseOfThePlan) {
    EXPECT_THAT(names({.cells = {"packed32"}, .vms = {8}}),
                ElementsAre("packed32, 8 VMs on cpus 0-3, smt none"));
    EXPECT_THAT(names({.cells = {"packed32"}, .vms = {8}, .smt = {SmtUse::second}}),
                ElementsAre("packed32, 8 VMs on cpus 0-7, smt second"));
    EXPECT_THAT(names({.cells = {"packed32"}, .vms = {2}, .smt = {SmtUse::all}}),
                ElementsAre("packed32, 2 VMs on cpus 0,4, smt all"));
}

TEST(Combinations, ThreadsAreTheCpusThatTheVmsUse) {
    EXPECT_THAT(
        names({.cells = {"packed32"}, .vms = {1, 4}, .threads = {1, 2}}),
        ElementsAre("packed32, 1 VM on cpus 0, smt none", "packed32, 4 VMs on cpus 0, smt none",
                    "packed32, 4 VMs on cpus 0-1, smt none"));
}

TEST(Combinations, ListsOfCpusAreComparedOnce) {
    EXPECT_THAT(names({.cells = {"packed32"},
                       .vms = {2},
                       .cpus = {"0,4", "1-2"},
                       .smt = {SmtUse::none, SmtUse::second}}),
                ElementsAre("packed32, 2 VMs on cpus 0,4, smt none",
                            "packed32, 2 VMs on cpus 1-2, smt none"));
}

TEST(Combinations, WhatTheMachineCannotDoIsRefused) {
    const auto threads =
        combinations(machine(), {.cells = {"packed32"}, .vms = {8}, .threads = {5}});
    ASSERT_TRUE(threads.has_error());
    EXPECT_THAT(threads.error().to_string(),
                HasSubstr("--threads = 5 is more than the 4 CPUs of the plan (0-3)"));
    const auto cpus = combinations(machine(), {.cells = {"packed32"}, .vms = {1}, .cpus = {"9"}});
    ASSERT_TRUE(cpus.has_error());
    EXPECT_THAT(cpus.error().to_string(), HasSubstr("names CPU 9"));
}

}  // namespace
}  // namespace blockexecd::daemon
