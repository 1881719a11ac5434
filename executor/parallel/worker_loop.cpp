// SPDX-License-Identifier: Apache-2.0
#include "executor/parallel/worker_loop.hpp"

#include <exception>
#include <thread>

namespace blockexecd::executor {

namespace {

using Kind = SchedulerTask::Kind;

// Looks for work that often before it sleeps: another worker's next step is mostly microseconds
// away.
constexpr unsigned kYields = 16;

class Worker {
  public:
    Worker(Scheduler& scheduler, BlockTransactions& transactions, IdleWorkers& idle,
           std::size_t worker, const WorkerChaos& chaos)
        : scheduler_(scheduler),
          transactions_(transactions),
          idle_(idle),
          worker_(worker),
          chaos_(chaos) {}

    void run() {
        try {
            loop();
        } catch (const std::exception& exception) {
            fault(exception.what());
        } catch (...) {
            fault("an exception of an unknown type");
        }
        // The others are done too, or there is more for them to do.
        scheduler_.leave();
        idle_.wake_all();
    }

  private:
    void loop() {
        SchedulerTask task;
        unsigned idle_rounds = 0;
        while (task.kind != Kind::done) {
            const auto epoch = scheduler_.epoch();  // before looking for work (I5)
            if (task.kind == Kind::idle)
                task = commit_ready();
            if (task.kind == Kind::idle)
                task = scheduler_.next_task();
            if (task.kind == Kind::idle) {
                if (++idle_rounds <= kYields)
                    std::this_thread::yield();
                else
                    idle_.rest(scheduler_, epoch);
                continue;
            }
            if (idle_rounds > kYields)
                idle_.wake_one();  // where there was a task there may be more
            idle_rounds = 0;
            index_ = task.index;
            if (task.kind == Kind::execute)
                task = execute(task);
            else if (task.kind == Kind::validate)
                task = validate(task);
        }
    }

    bool leaves(WorkerPoint point) const {
        return chaos_.hook != nullptr &&
               chaos_.hook(point, worker_, chaos_.context) == WorkerFate::leave;
    }

    SchedulerTask execute(const SchedulerTask& task) {
        while (!scheduler_.stopped()) {
            if (leaves(WorkerPoint::before_execute))
                return abandon(task);
            const auto executed = transactions_.execute(worker_, task.index);
            if (leaves(WorkerPoint::after_execute))
                return abandon(task);
            if (!executed.blocked_on) {
                const auto next = scheduler_.finish_execution(task.index, task.incarnation,
                                                              executed.wrote_new_cell);
                idle_.wake_one();
                return next;
            }
            if (scheduler_.wait_for(task.index, *executed.blocked_on))
                return {};
        }
        return {};
    }

    SchedulerTask abandon(const SchedulerTask& task) {
        transactions_.mark_estimates(task.index);
        scheduler_.abandon(task.index, task.incarnation);
        return {Kind::done};
    }

    SchedulerTask validate(const SchedulerTask& task) {
        if (leaves(WorkerPoint::before_validate))
            return {Kind::done};
        if (transactions_.validate(worker_, task.index))
            return {};
        return abort(task);
    }

    SchedulerTask abort(const SchedulerTask& task) {
        if (leaves(WorkerPoint::before_abort))
            return {Kind::done};
        if (!scheduler_.try_abort(task.index, task.incarnation))
            return {};
        transactions_.mark_estimates(task.index);
        const auto again = scheduler_.finish_abort(task.index, task.incarnation);
        idle_.wake_one();
        return again;
    }

    // Commits what it can. Returns the re-execution of the first transaction that read something
    // stale: with all below it committed it will be valid.
    SchedulerTask commit_ready() {
        if (!scheduler_.next_commit() || !scheduler_.try_begin_commits())
            return {};
        SchedulerTask next_task;
        while (const auto next = scheduler_.next_commit()) {
            index_ = next->index;
            if (leaves(WorkerPoint::before_commit)) {
                next_task = {Kind::done};
                break;
            }
            if (!transactions_.validate(worker_, next->index)) {
                next_task = abort(*next);
                break;
            }
            // The commit makes the results this worker's; finalize then may write what later
            // transactions read.
            if (!scheduler_.claim_commit(next->index, next->incarnation))
                break;
            if (leaves(WorkerPoint::before_finalize)) {
                scheduler_.unclaim_commit(next->index, next->incarnation);
                next_task = {Kind::done};
                break;
            }
            if (!transactions_.finalize(worker_, next->index)) {
                scheduler_.stop();
                break;
            }
            scheduler_.end_commit(next->index);
        }
        scheduler_.end_commits();
        return next_task;
    }

    // Whatever this worker held stays so: nobody is to take it from a stopped scheduler.
    void fault(const std::string& reason) {
        transactions_.fail(index_, reason);
        scheduler_.stop();
    }

    Scheduler& scheduler_;
    BlockTransactions& transactions_;
    IdleWorkers& idle_;
    std::size_t worker_;
    const WorkerChaos& chaos_;
    TransactionIndex index_ = 0;  // the transaction that it is at
};

}  // namespace

void run_worker(Scheduler& scheduler, BlockTransactions& transactions, IdleWorkers& idle,
                std::size_t worker, const WorkerChaos& chaos) {
    Worker(scheduler, transactions, idle, worker, chaos).run();
}

}  // namespace blockexecd::executor
