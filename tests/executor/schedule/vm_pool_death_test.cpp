// SPDX-License-Identifier: Apache-2.0
// What ends the program, with the reason: a VM task that waits inside TBB, which would be entered
// again by a stolen task, and a VM whose memory cannot be had.
#include <gtest/gtest.h>
#include <oneapi/tbb/task.h>
#include <sys/resource.h>

#include "executor/schedule/cpu_mask.hpp"
#include "executor/schedule/vm_pool.hpp"

namespace blockexecd::executor {
namespace {

TEST(VmPoolDeathTest, WaitingInsideTbbIsRefused) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH(
        {
            Placement placement;
            placement.vms.push_back({.vm = 0, .cpu = thread_cpus().front(), .core = 0, .node = 0});
            VmPool pool(placement);
            pool.submit([&](VmSlot&) {
                pool.submit([](VmSlot&) {});
                // The one VM's thread waits, so TBB lets it run the second task meanwhile.
                tbb::task::suspend([](tbb::task::suspend_point) {});
            });
            pool.drain();
        },
        "entered twice");
}

// Sanitizers need address space themselves.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
void leave_address_space(std::size_t bytes) {
    const rlimit limit{.rlim_cur = bytes, .rlim_max = RLIM_INFINITY};
    ASSERT_EQ(setrlimit(RLIMIT_AS, &limit), 0);
}

TEST(VmPoolDeathTest, AVmWithoutAddressSpaceIsNamed) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(
        {
            Placement placement;
            placement.vms.push_back({.vm = 0, .cpu = thread_cpus().front(), .core = 0, .node = 0});
            VmPool pool(placement);
            leave_address_space(std::size_t{900} << 20);
            pool.submit([](VmSlot&) {});
            pool.drain();
        },
        testing::ExitedWithCode(VmPool::kNoMemoryExit), "memory of VM 0: each VM needs 1 GiB");
}
#endif

}  // namespace
}  // namespace blockexecd::executor
