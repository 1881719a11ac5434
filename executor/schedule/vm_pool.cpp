// SPDX-License-Identifier: Apache-2.0
#include "executor/schedule/vm_pool.hpp"

#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_scheduler_observer.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <new>
#include <utility>

#include "executor/schedule/cpu_mask.hpp"
#include "executor/schedule/memory_policy.hpp"

namespace blockexecd::executor {
namespace {

thread_local bool vm_task_runs = false;

void name_thread(const std::string& name) {
    pthread_setname_np(pthread_self(), name.substr(0, 15).c_str());
}

// One VM. Only the thread that holds it touches it, but for what the mutex of Counts guards.
struct Vm {
    VmPlacement placement;
    std::unique_ptr<VmWorker> worker;
    std::uint64_t blocks = 0;
    std::uint64_t shares = 0;
    std::string pin_error;     // guarded
    std::string memory_error;  // guarded
    VmSite site;               // guarded
};

// Ends the program where the address space does not suffice: a thread of TBB has nobody to tell.
std::unique_ptr<VmWorker> make_worker(const VmPlacement& placement, vm::Arena::Pages pages) {
    try {
        return std::make_unique<VmWorker>(pages);
    } catch (const std::bad_alloc&) {
        std::fprintf(stderr,
                     "blockexecd: no address space is left for the memory of VM %u: each VM needs "
                     "1 GiB at least. Raise the limit (ulimit -v, LimitAS= of the unit), or take "
                     "fewer VMs ([execution] vms)\n",
                     placement.vm);
        std::_Exit(VmPool::kNoMemoryExit);
    }
}

class Node;

// Of this thread, while it is inside an arena.
thread_local Vm* held_vm = nullptr;
thread_local Node* held_node = nullptr;

// Threads that are inside an arena, and tasks that have not ended.
struct Counts {
    std::mutex mutex;
    std::condition_variable changed;
    std::size_t inside = 0;
    std::size_t outstanding = 0;
};

// What all VMs have in common.
struct Surroundings {
    std::vector<std::uint32_t> service_cpus;
    std::vector<std::uint32_t> nodes;  // of the plan
    MemoryUse memory = MemoryUse::first_touch;
    vm::Arena::Pages pages = vm::Arena::Pages::huge;
};

// The VMs of one NUMA node.
class Node final : private tbb::task_scheduler_observer {
  public:
    Node(std::vector<Vm> vms, const Surroundings& around, Counts& counts)
        : Node(std::move(vms), around, counts, std::make_unique<tbb::task_arena>()) {}

    ~Node() override {
        observe(false);
        arena_->terminate();
    }
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    [[nodiscard]] double load() const {
        return static_cast<double>(outstanding_.load(std::memory_order_relaxed)) /
               static_cast<double>(vms_.size());
    }
    [[nodiscard]] const std::vector<Vm>& vms() const { return vms_; }

    // TBB chooses the thread and the time; the task itself waits in a queue of ours, so that what
    // it captured passes from thread to thread under a lock that ThreadSanitizer sees.
    void submit(VmPool::Task task, TaskKind kind) {
        outstanding_.fetch_add(1, std::memory_order_relaxed);
        {
            const std::scoped_lock lock(queue_mutex_);
            queue_.push_back({std::move(task), kind});
        }
        arena_->enqueue([] { held_node->run_next(); });
    }

  private:
    Node(std::vector<Vm> vms, const Surroundings& around, Counts& counts,
         std::unique_ptr<tbb::task_arena> arena)
        : task_scheduler_observer(*arena),
          vms_(std::move(vms)),
          around_(around),
          counts_(counts),
          arena_(std::move(arena)) {
        for (auto& vm : vms_)
            free_.insert(free_.begin(), &vm);
        // No slot is kept for threads that are not TBB's: VM tasks run on VM threads only.
        arena_->initialize(static_cast<int>(vms_.size()), 0);
        observe(true);
    }

    // TBB lets in as many threads as there are VMs, but does not number them below that: each takes
    // a free one.
    void on_scheduler_entry(bool /*is_worker*/) override {
        {
            std::unique_lock lock(counts_.mutex);
            counts_.changed.wait(lock, [this] { return !free_.empty(); });
            held_vm = free_.back();
            held_node = this;
            free_.pop_back();
            ++counts_.inside;
            held_vm->site.thread_id = static_cast<pid_t>(syscall(SYS_gettid));
        }
        const int unpinned = set_thread_cpus({held_vm->placement.cpu});
        const int refused =
            set_memory_policy(around_.memory, held_vm->placement.node, around_.nodes);
        {
            const std::scoped_lock lock(counts_.mutex);
            held_vm->pin_error = unpinned == 0 ? "" : std::strerror(unpinned);
            // A kernel without NUMA has no policy to set, and needs none for first touch.
            held_vm->memory_error = refused == 0 || around_.memory == MemoryUse::first_touch
                                        ? ""
                                        : std::strerror(refused);
        }
        // Last, and taken off first: who sees the name sees the mask.
        name_thread("vm-" + std::to_string(held_vm->placement.vm));
    }

    // To the service mask, not to the one at entry: a thread that a pinned worker started was born
    // with that worker's.
    void on_scheduler_exit(bool /*is_worker*/) override {
        name_thread("vm-idle");
        set_thread_cpus(around_.service_cpus);
        set_memory_policy(MemoryUse::first_touch, 0, {});
        const std::scoped_lock lock(counts_.mutex);
        free_.push_back(std::exchange(held_vm, nullptr));
        --counts_.inside;
        counts_.changed.notify_all();
    }

    void run_next() {
        {
            std::unique_lock lock(queue_mutex_);
            const auto next = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            run(next.task, next.kind);
        }  // what the task captured is gone before anyone is told that it ended
        outstanding_.fetch_sub(1, std::memory_order_relaxed);
        const std::scoped_lock lock(counts_.mutex);
        --counts_.outstanding;
        counts_.changed.notify_all();
    }

    void run(const VmPool::Task& task, TaskKind kind) {
        if (vm_task_runs) {
            std::fputs("blockexecd: a VM task waited inside TBB: its VM was entered twice\n",
                       stderr);
            std::abort();
        }
        vm_task_runs = true;
        Vm& vm = *held_vm;
        if (vm.worker == nullptr) {  // here, so that its memory is first touched on its CPU
            vm.worker = make_worker(vm.placement, around_.pages);
            const std::scoped_lock lock(counts_.mutex);
            vm.site.arena = reinterpret_cast<std::uintptr_t>(vm.worker->arena.mark().top);
        }
        if (kind == TaskKind::block)
            ++vm.blocks;
        VmSlot slot{vm.placement, *vm.worker, vm.shares};
        task(slot);
        vm_task_runs = false;
    }

    struct Queued {
        VmPool::Task task;
        TaskKind kind;
    };

    std::mutex queue_mutex_;
    std::deque<Queued> queue_;  // guarded by queue_mutex_
    std::vector<Vm> vms_;
    std::vector<Vm*> free_;  // guarded by counts_.mutex; the next is the last
    const Surroundings& around_;
    Counts& counts_;
    std::atomic<std::size_t> outstanding_{0};
    std::unique_ptr<tbb::task_arena> arena_;
};

}  // namespace

struct VmPool::State {
    // Before the first arena: TBB has by default no more threads than the machine has CPUs.
    tbb::global_control parallelism;
    tbb::task_scheduler_handle scheduler{tbb::attach{}};
    Surroundings around;
    Counts counts;
    std::vector<std::unique_ptr<Node>> nodes;

    explicit State(const Placement& placement)
        // One more: TBB counts a thread of ours among them.
        : parallelism(tbb::global_control::max_allowed_parallelism, placement.vms.size() + 1),
          around{.service_cpus = thread_cpus(),
                 .nodes = placement.nodes(),
                 .memory = placement.memory,
                 .pages = placement.huge_pages ? vm::Arena::Pages::huge : vm::Arena::Pages::small} {
    }
};

VmPool::VmPool(const Placement& placement) : state_(std::make_unique<State>(placement)) {
    std::map<std::uint32_t, std::vector<Vm>> by_node;
    for (const auto& vm : placement.vms)
        by_node[vm.node].push_back({.placement = vm,
                                    .worker = nullptr,
                                    .blocks = 0,
                                    .shares = 0,
                                    .pin_error = {},
                                    .memory_error = {},
                                    .site = {.placement = vm}});
    for (auto& [node, vms] : by_node)
        state_->nodes.push_back(
            std::make_unique<Node>(std::move(vms), state_->around, state_->counts));
}

VmPool::~VmPool() {
    drain();
    wait_until_idle();
    state_->nodes.clear();
    tbb::finalize(state_->scheduler, std::nothrow);
}

std::size_t VmPool::size() const {
    std::size_t vms = 0;
    for (const auto& node : state_->nodes)
        vms += node->vms().size();
    return vms;
}

void VmPool::submit(Task task, TaskKind kind) {
    {
        const std::scoped_lock lock(state_->counts.mutex);
        ++state_->counts.outstanding;
    }
    const auto least = std::ranges::min_element(
        state_->nodes, {}, [](const std::unique_ptr<Node>& node) { return node->load(); });
    (*least)->submit(std::move(task), kind);
}

void VmPool::drain() {
    std::unique_lock lock(state_->counts.mutex);
    state_->counts.changed.wait(lock, [this] { return state_->counts.outstanding == 0; });
}

void VmPool::wait_until_idle() {
    std::unique_lock lock(state_->counts.mutex);
    state_->counts.changed.wait(lock, [this] { return state_->counts.inside == 0; });
}

std::vector<VmUse> VmPool::use() const {
    std::vector<VmUse> all;
    // Threads may enter and leave an arena without a task.
    std::unique_lock lock(state_->counts.mutex);
    for (const auto& node : state_->nodes)
        for (const auto& vm : node->vms())
            all.push_back({vm.placement, vm.blocks, vm.shares,
                           vm.worker == nullptr ? 0 : vm.worker->executed_steps, vm.pin_error,
                           vm.memory_error});
    lock.unlock();
    std::ranges::sort(all, {}, [](const VmUse& use) { return use.placement.vm; });
    return all;
}

std::vector<VmSite> VmPool::sites() const {
    std::vector<VmSite> all;
    {
        const std::scoped_lock lock(state_->counts.mutex);
        for (const auto& node : state_->nodes)
            for (const auto& vm : node->vms())
                all.push_back(vm.site);
    }
    std::ranges::sort(all, {}, [](const VmSite& site) { return site.placement.vm; });
    return all;
}

bool inside_vm_task() {
    return vm_task_runs;
}

}  // namespace blockexecd::executor
