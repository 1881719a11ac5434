// SPDX-License-Identifier: Apache-2.0
// The VMs: one thread each, pinned as the plan says, with an arena that is first touched there.
// oneTBB brings the threads: one arena of theirs per NUMA node, an observer that pins. A VM task
// never waits inside TBB, since TBB would use the wait to run another task on the same VM; entering
// a VM twice ends the program.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "executor/blocks/block_executor.hpp"
#include "executor/schedule/placement.hpp"

namespace blockexecd::executor {

// What a task gets: the VM that it runs on. Another task of the same VM runs before or after, never
// at the same time.
struct VmSlot {
    VmPlacement placement;
    VmWorker& worker;
    std::uint64_t& shares;  // raised by a task that took part in another VM's block
};

// What became of a planned VM.
struct VmUse {
    VmPlacement placement;
    std::uint64_t blocks = 0;  // begun here
    std::uint64_t shares = 0;  // blocks of other VMs in which it took part
    std::uint64_t executed_steps = 0;
    std::string pin_error;     // why the kernel refused the mask; empty: pinned
    std::string memory_error;  // why the kernel refused the memory policy; empty: it is in force
};

// Where a VM is now, to be compared with what the kernel says of it.
struct VmSite {
    VmPlacement placement;
    pid_t thread_id = 0;       // that holds the VM, or held it last; 0: none did yet
    std::uintptr_t arena = 0;  // address of its cells; 0: it has not run yet
};

// A helper joins a block that another VM began.
enum class TaskKind : std::uint8_t { block, helper };

class VmPool {
  public:
    using Task = std::function<void(VmSlot&)>;
    // The program's exit code where a VM's memory cannot be had: sysexits' EX_SOFTWARE, as for
    // other failures of the operating system.
    static constexpr int kNoMemoryExit = 70;

    // Precondition: the calling thread is a service thread: its mask is what VM threads get back
    // when they leave.
    explicit VmPool(const Placement& placement);
    // Drains, and ends the pool's threads.
    ~VmPool();
    VmPool(const VmPool&) = delete;
    VmPool& operator=(const VmPool&) = delete;

    [[nodiscard]] std::size_t size() const;

    // Runs the task on any free VM, on the node with the least work for its VMs. Never waits. The
    // task must not throw. Tasks of a node begin in about the order in which they were submitted.
    void submit(Task task, TaskKind kind = TaskKind::block);
    // Waits until every submitted task has ended. Precondition: not called from a VM task.
    void drain();
    // Waits until the VM threads gave their masks back. Precondition: nothing is submitted
    // meanwhile.
    void wait_until_idle();

    // Precondition: drained.
    [[nodiscard]] std::vector<VmUse> use() const;
    // From any thread, at any time.
    [[nodiscard]] std::vector<VmSite> sites() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// True on a thread that runs a VM task.
bool inside_vm_task();

}  // namespace blockexecd::executor
