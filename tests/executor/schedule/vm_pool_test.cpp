// SPDX-License-Identifier: Apache-2.0
// The pool runs each VM on a thread of its own, with the mask that the plan says: the kernel is
// asked, not the pool.
#include "executor/schedule/vm_pool.hpp"

#include <gtest/gtest.h>
#include <linux/mempolicy.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <latch>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "executor/schedule/cpu_list.hpp"
#include "executor/schedule/cpu_mask.hpp"

namespace blockexecd::executor {
namespace {

pid_t thread_id() {
    return static_cast<pid_t>(syscall(SYS_gettid));
}

// Of every thread of this process, from the kernel.
std::map<pid_t, std::string> masks_of_process() {
    std::map<pid_t, std::string> masks;
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
        std::ifstream status(task.path() / "status");
        std::string line;
        while (std::getline(status, line))
            if (line.starts_with("Cpus_allowed_list:"))
                masks[std::stoi(task.path().filename())] =
                    line.substr(line.find_first_of("0123456789"));
    }
    return masks;
}

struct Seen {
    pid_t thread = 0;
    std::string mask;
    const VmWorker* worker = nullptr;
};

// Runs one task a VM, all at once, and tells what each saw of itself.
std::map<std::uint32_t, Seen> run_on_all(VmPool& pool) {
    std::mutex mutex;
    std::map<std::uint32_t, Seen> seen;
    std::latch all(static_cast<std::ptrdiff_t>(pool.size()));
    for (std::size_t i = 0; i < pool.size(); ++i)
        pool.submit([&](VmSlot& slot) {
            all.arrive_and_wait();
            const std::scoped_lock lock(mutex);
            seen[slot.placement.vm] = {thread_id(), masks_of_process().at(thread_id()),
                                       &slot.worker};
        });
    pool.drain();
    return seen;
}

class VmPoolOfSize : public testing::TestWithParam<std::uint64_t> {};

TEST_P(VmPoolOfSize, EachVmHasItsThreadItsMaskAndItsWorker) {
    const auto placement =
        plan(read_topology(), {.vms = GetParam(), .smt = SmtUse::second, .oversubscribe = true});
    ASSERT_TRUE(placement.has_value());
    const std::string before = masks_of_process().at(thread_id());
    VmPool pool(*placement);
    const auto seen = run_on_all(pool);
    ASSERT_EQ(seen.size(), GetParam());
    std::set<pid_t> threads;
    std::set<const VmWorker*> workers;
    for (const auto& vm : placement->vms) {
        EXPECT_EQ(seen.at(vm.vm).mask, std::to_string(vm.cpu)) << "vm " << vm.vm;
        threads.insert(seen.at(vm.vm).thread);
        workers.insert(seen.at(vm.vm).worker);
    }
    EXPECT_EQ(threads.size(), GetParam());
    EXPECT_EQ(workers.size(), GetParam());
    EXPECT_FALSE(threads.contains(thread_id()));
    for (const auto& use : pool.use()) {
        EXPECT_EQ(use.blocks, 1U);
        EXPECT_EQ(use.pin_error, "");
    }

    // Idle threads of the pool, and threads born later, may run everywhere again.
    pool.wait_until_idle();
    for (const auto& [thread, mask] : masks_of_process())
        EXPECT_EQ(mask, before) << "thread " << thread;
}

INSTANTIATE_TEST_SUITE_P(Sizes, VmPoolOfSize, testing::Values(1, 2, 8));

TEST(VmPool, ServiceThreadsThatRunBesideItKeepTheirMask) {
    const std::string before = masks_of_process().at(thread_id());
    VmPool pool(*plan(read_topology(), {.vms = 2, .oversubscribe = true}));
    std::latch running(2);
    std::latch checked(1);
    for (int i = 0; i < 2; ++i)
        pool.submit([&](VmSlot&) {
            running.count_down();
            checked.wait();
        });
    running.wait();
    std::thread service([&] { EXPECT_EQ(masks_of_process().at(thread_id()), before); });
    service.join();
    EXPECT_EQ(masks_of_process().at(thread_id()), before);
    checked.count_down();
    pool.drain();
}

TEST(VmPool, TellsWhereEachVmIs) {
    const auto placement = plan(read_topology(), {.vms = 2, .oversubscribe = true});
    VmPool pool(*placement);
    for (const auto& site : pool.sites())
        EXPECT_EQ(site.arena, 0U);  // nothing ran yet
    const auto seen = run_on_all(pool);
    const auto sites = pool.sites();
    ASSERT_EQ(sites.size(), 2U);
    for (const auto& site : sites) {
        EXPECT_EQ(site.thread_id, seen.at(site.placement.vm).thread);
        EXPECT_EQ(reinterpret_cast<void*>(site.arena),
                  seen.at(site.placement.vm).worker->arena.mark().top);
    }
}

// The policy of a thread, from the kernel; its default is first touch.
int memory_policy() {
    int mode = -1;
    syscall(SYS_get_mempolicy, &mode, nullptr, 0, nullptr, 0);
    return mode;
}

TEST(VmPool, MemoryIsBoundOnVmThreadsOnly) {
    auto topology = read_topology();
    if (!topology.from_hwloc || memory_policy() < 0)
        GTEST_SKIP() << "the kernel tells no NUMA nodes";
    for (const auto use : {MemoryUse::first_touch, MemoryUse::bind, MemoryUse::interleave}) {
        VmPool pool(*plan(topology, {.vms = 2, .oversubscribe = true, .memory = use}));
        std::atomic<int> inside{-1};
        pool.submit([&](VmSlot&) { inside = memory_policy(); });
        pool.drain();
        EXPECT_EQ(pool.use()[0].memory_error + pool.use()[1].memory_error, "");
        EXPECT_EQ(inside, use == MemoryUse::first_touch ? MPOL_DEFAULT
                          : use == MemoryUse::bind      ? MPOL_BIND
                                                        : MPOL_INTERLEAVE);
        EXPECT_EQ(memory_policy(), MPOL_DEFAULT);
    }
}

TEST(VmPool, OneArenaForEachNodeOfThePlan) {
    // Nodes are what the plan says; the CPU is the machine's first.
    const auto cpu = thread_cpus().front();
    Placement placement;
    for (std::uint32_t vm = 0; vm < 4; ++vm)
        placement.vms.push_back({.vm = vm, .cpu = cpu, .core = 0, .node = vm % 2});
    VmPool pool(placement);
    EXPECT_EQ(run_on_all(pool).size(), 4U);
}

TEST(VmPool, RunsEveryTaskOnceAndAWorkerServesOneTaskAtATime) {
    VmPool pool(*plan(read_topology(), {.vms = 4, .oversubscribe = true}));
    std::atomic<int> ran{0};
    std::array<std::atomic<bool>, 4> busy{};
    for (int i = 0; i < 1000; ++i)
        pool.submit([&](VmSlot& slot) {
            EXPECT_TRUE(inside_vm_task());
            EXPECT_FALSE(busy[slot.placement.vm].exchange(true));
            ran.fetch_add(1);
            busy[slot.placement.vm].store(false);
        });
    pool.drain();
    EXPECT_EQ(ran.load(), 1000);
    std::uint64_t tasks = 0;
    for (const auto& use : pool.use())
        tasks += use.blocks;
    EXPECT_EQ(tasks, 1000U);
    EXPECT_FALSE(inside_vm_task());
}

TEST(VmPool, TellsWhenTheKernelRefusesAMask) {
    Placement placement;
    placement.vms.push_back({.vm = 0, .cpu = 60000, .core = 0, .node = 0});
    VmPool pool(placement);
    run_on_all(pool);
    EXPECT_EQ(pool.use()[0].pin_error, "Invalid argument");
}

}  // namespace
}  // namespace blockexecd::executor
