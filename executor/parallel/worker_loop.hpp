// SPDX-License-Identifier: Apache-2.0
// What each worker of a block does until the block is done: commit what is ready, else validate or
// execute. What these mean for state is behind BlockTransactions, so that the loop runs on plain
// threads with made-up transactions too.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "executor/parallel/idle_workers.hpp"
#include "executor/parallel/scheduler.hpp"

namespace blockexecd::executor {

// Calls for different transactions come from any worker at once. For one transaction, execute,
// mark_estimates and finalize exclude each other, but a validation may still run while the
// transaction is executed again: its verdict is then ignored.
class BlockTransactions {
  public:
    virtual ~BlockTransactions() = default;

    struct Executed {
        bool wrote_new_cell = false;
        // Nothing was published: a cell was read that this transaction will write again.
        std::optional<TransactionIndex> blocked_on;
    };
    virtual Executed execute(std::size_t worker, TransactionIndex index) = 0;
    // Whether what the transaction read is what it would read now.
    virtual bool validate(std::size_t worker, TransactionIndex index) = 0;
    // Of what the transaction published last, if it ever did.
    virtual void mark_estimates(TransactionIndex index) = 0;
    // All below are committed, and the last validation was good. Called once a transaction, in
    // order, by one worker at a time. False: the block ends before this transaction.
    virtual bool finalize(std::size_t worker, TransactionIndex index) = 0;
    // A worker ended by an exception while it was at this transaction; the scheduler is stopped.
    virtual void fail(TransactionIndex index, const std::string& reason) = 0;
};

// A place where a test delays or disturbs a worker.
enum class WorkerPoint {
    before_execute,
    after_execute,
    before_validate,
    before_abort,
    before_commit,
    before_finalize
};
// What becomes of the worker there: it may also leave the block, giving back what it holds. A hook
// that throws is a fault of the worker.
enum class WorkerFate { go_on, leave };
using WorkerHook = WorkerFate (*)(WorkerPoint point, std::size_t worker, void* context);

struct WorkerChaos {
    WorkerHook hook = nullptr;
    void* context = nullptr;
};

// Returns when the scheduler is finished. Without work it yields, then sleeps until another worker
// made some; no worker waits for one that holds anything but its own transaction. Nothing is
// thrown.
void run_worker(Scheduler& scheduler, BlockTransactions& transactions, IdleWorkers& idle,
                std::size_t worker, const WorkerChaos& chaos = {});

}  // namespace blockexecd::executor
