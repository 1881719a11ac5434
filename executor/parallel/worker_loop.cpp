// SPDX-License-Identifier: Apache-2.0
#include "executor/parallel/worker_loop.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

namespace blockexecd::executor {

namespace {

using Kind = SchedulerTask::Kind;

class Worker {
  public:
    Worker(Scheduler& scheduler, BlockTransactions& transactions, std::size_t worker,
           const WorkerChaos& chaos)
        : scheduler_(scheduler), transactions_(transactions), worker_(worker), chaos_(chaos) {}

    void run() {
        SchedulerTask task;
        while (task.kind != Kind::done) {
            if (task.kind == Kind::idle)
                task = commit_ready();
            if (task.kind == Kind::idle)
                task = scheduler_.next_task();
            switch (task.kind) {
                case Kind::execute:
                    task = execute(task);
                    break;
                case Kind::validate:
                    task = validate(task);
                    break;
                case Kind::idle:
                    rest();
                    continue;
                case Kind::done:
                    break;
            }
            idle_rounds_ = 0;
        }
    }

  private:
    void at(WorkerPoint point) const {
        if (chaos_.hook != nullptr)
            chaos_.hook(point, worker_, chaos_.context);
    }

    // A transaction takes some hundred microseconds: a short wait costs little, a spin takes a core
    // from a worker that has one.
    void rest() {
        if (++idle_rounds_ < 16)
            std::this_thread::yield();
        else
            std::this_thread::sleep_for(
                std::chrono::microseconds(std::min<unsigned>(idle_rounds_, 100)));
    }

    SchedulerTask execute(const SchedulerTask& task) {
        while (!scheduler_.stopped()) {
            at(WorkerPoint::before_execute);
            const auto executed = transactions_.execute(worker_, task.index, task.incarnation);
            at(WorkerPoint::after_execute);
            if (!executed.blocked_on)
                return scheduler_.finish_execution(task.index, task.incarnation,
                                                   executed.wrote_new_cell);
            if (scheduler_.wait_for(task.index, *executed.blocked_on))
                return {};
        }
        return {};
    }

    SchedulerTask validate(const SchedulerTask& task) {
        at(WorkerPoint::before_validate);
        if (transactions_.validate(worker_, task.index))
            return {};
        return abort(task);
    }

    SchedulerTask abort(const SchedulerTask& task) {
        at(WorkerPoint::before_abort);
        if (!scheduler_.try_abort(task.index, task.incarnation))
            return {};
        transactions_.mark_estimates(task.index);
        return scheduler_.finish_abort(task.index, task.incarnation);
    }

    // Commits what it can. Returns the re-execution of the first transaction that read something
    // stale: with all below it committed it will be valid.
    SchedulerTask commit_ready() {
        if (!scheduler_.next_commit() || !scheduler_.try_begin_commits())
            return {};
        SchedulerTask again;
        while (const auto next = scheduler_.next_commit()) {
            at(WorkerPoint::before_commit);
            if (!transactions_.validate(worker_, next->index)) {
                again = abort(*next);
                break;
            }
            // The commit makes the results this worker's; finalize then may write what later
            // transactions read.
            if (!scheduler_.claim_commit(next->index, next->incarnation))
                break;
            at(WorkerPoint::before_finalize);
            if (!transactions_.finalize(worker_, next->index)) {
                scheduler_.stop();
                break;
            }
            scheduler_.end_commit(next->index);
        }
        scheduler_.end_commits();
        return again;
    }

    Scheduler& scheduler_;
    BlockTransactions& transactions_;
    std::size_t worker_;
    const WorkerChaos& chaos_;
    unsigned idle_rounds_ = 0;
};

}  // namespace

void run_worker(Scheduler& scheduler, BlockTransactions& transactions, std::size_t worker,
                const WorkerChaos& chaos) {
    Worker(scheduler, transactions, worker, chaos).run();
}

}  // namespace blockexecd::executor
