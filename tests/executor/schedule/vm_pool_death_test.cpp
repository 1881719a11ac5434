// SPDX-License-Identifier: Apache-2.0
// A VM task that waits inside TBB would be entered again by a stolen task: the program ends with
// the reason.
#include <gtest/gtest.h>
#include <oneapi/tbb/task.h>

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

}  // namespace
}  // namespace blockexecd::executor
