// SPDX-License-Identifier: Apache-2.0
// The cache model on streams whose misses can be counted by hand.
#include <gtest/gtest.h>

#include <thread>

#include "bench/cache_model/recorder.hpp"

namespace blockexecd::bench {
namespace {

TEST(Cache, KeepsAsManyLinesOfASetAsItHasWays) {
    Cache cache({.bytes = 4 * 64 * 2, .ways = 2});  // four sets of two
    EXPECT_FALSE(cache.access(0));
    EXPECT_FALSE(cache.access(4));
    EXPECT_TRUE(cache.access(0));
    EXPECT_FALSE(cache.access(8));  // takes the place of 4, which was used least recently
    EXPECT_TRUE(cache.access(0));
    EXPECT_FALSE(cache.access(4));
    EXPECT_FALSE(cache.access(1));  // another set
    EXPECT_TRUE(cache.access(4));
}

TEST(Cache, HoldsAllOfARegionOfItsSizeAndNothingOfOneTwiceAsLarge) {
    for (const std::size_t factor : {1, 2}) {
        Cache cache({.bytes = 32 << 10, .ways = 8});
        const std::uint64_t lines = factor * (32 << 10) / Cache::kLineBytes;
        std::uint64_t hits = 0;
        for (int round = 0; round < 3; ++round)
            for (std::uint64_t line = 0; line < lines; ++line)
                hits += cache.access(1000 + line) ? 1 : 0;
        EXPECT_EQ(hits, factor == 1 ? 2 * lines : 0);
    }
}

// Each VM goes round a region of its own; what a second round misses.
MissCounts second_round(std::size_t vms, std::uint64_t bytes_of_each) {
    Hierarchy machine(MachineShape{}, vms);
    MissCounts counts;
    for (int round = 0; round < 2; ++round) {
        counts = {};
        for (std::uint64_t line = 0; line < bytes_of_each / Cache::kLineBytes; ++line)
            for (std::size_t vm = 0; vm < vms; ++vm)
                machine.access(vm, (vm << 32) + line, counts);
    }
    return counts;
}

TEST(Hierarchy, SiblingsShareACore) {
    // 20 KiB each: fits an L1 alone, not beside another.
    EXPECT_EQ(second_round(16, 20 << 10).l1, 0U);
    EXPECT_EQ(second_round(32, 20 << 10).l1, second_round(32, 20 << 10).accesses);
    EXPECT_EQ(second_round(32, 20 << 10).l2, 0U);
}

TEST(Hierarchy, EightCoresShareAnL3) {
    // 3 MiB each: eight fit an L3 (of a 16-core machine with two), sixteen do not.
    EXPECT_EQ(second_round(2, 3 << 20).l3, 0U);
    EXPECT_LT(second_round(16, 3 << 20).l3 * 20, second_round(16, 3 << 20).accesses);
    EXPECT_GT(second_round(32, 3 << 20).l3 * 2, second_round(32, 3 << 20).accesses);
}

TEST(Hierarchy, VmsTakeTheGroupsInTurns) {
    Hierarchy machine(MachineShape{}, 32);
    EXPECT_NE(machine.site(0).l3, machine.site(1).l3);
    EXPECT_NE(machine.site(0).core, machine.site(2).core);
    EXPECT_EQ(machine.site(0).core, machine.site(16).core);
}

TEST(Recorder, StreamsInterleaveTheSameWayEveryTime) {
    const auto run = [] {
        constexpr std::size_t vms = 4;
        Hierarchy machine(MachineShape{.cores = 2, .cores_per_l3 = 2}, vms);
        Rounds rounds(vms);
        std::vector<MissCounts> counts(vms);
        std::vector<std::uint64_t> accesses(vms);
        {
            std::vector<std::jthread> threads;
            for (std::size_t vm = 0; vm < vms; ++vm)
                threads.emplace_back([&, vm] {
                    Recorder recorder(vm, machine, {0, 1 << 20});
                    recorder.begin_phase(rounds);
                    // Streams of different lengths that share some lines.
                    for (std::uint64_t i = 0; i < 40000 * (vm + 1); ++i)
                        recorder.access((i * 64 * (vm + 3)) % (3 << 20), 8);
                    recorder.end_phase();
                    counts[vm] = recorder.cells();
                    counts[vm] += recorder.others();
                    accesses[vm] = recorder.accesses();
                });
        }
        std::vector<std::uint64_t> numbers;
        for (std::size_t vm = 0; vm < vms; ++vm) {
            EXPECT_EQ(accesses[vm], 40000 * (vm + 1));
            numbers.insert(numbers.end(), {counts[vm].l1, counts[vm].l2, counts[vm].l3});
        }
        return numbers;
    };
    EXPECT_EQ(run(), run());
}

TEST(Recorder, CountsEveryLineOfAnAccessAndTellsCellsApart) {
    Hierarchy machine(MachineShape{}, 1);
    Rounds rounds(1);
    Recorder recorder(0, machine, {0x10000, 0x20000});
    recorder.begin_phase(rounds);
    recorder.access(0x10038, 16);  // two lines of cells
    recorder.access(0x10040, 8);   // the second again
    recorder.access(0x20000, 1);   // behind the cells
    recorder.end_phase();
    EXPECT_EQ(recorder.accesses(), 4U);
    EXPECT_EQ(recorder.cells().l3, 2U);
    EXPECT_EQ(recorder.others().l3, 1U);
}

}  // namespace
}  // namespace blockexecd::bench
