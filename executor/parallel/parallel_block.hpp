// SPDX-License-Identifier: Apache-2.0
// Executes one block on many VM workers at once; the result is that of execute_block, bit for bit,
// whatever the interleaving.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "executor/blocks/block_executor.hpp"
#include "executor/parallel/worker_loop.hpp"
#include "executor/state/state_reader.hpp"

namespace blockexecd::executor {

// A worker's VM, and its own reader of the state before the block: readers need no locks.
struct BlockWorker {
    VmWorker& vm;
    StateReader& before;
};

// Has `work` called on VM threads, at most `max_workers` times, and returns when every call that
// was begun has returned. The calls need not run at the same time, and those that did not begin are
// not needed: any one of them finishes the block.
using RunOnWorkers =
    std::function<void(const std::function<void(const BlockWorker& worker)>& work)>;

struct ParallelStatistics {
    std::uint64_t executions = 0;  // transactions in the block when nothing ran twice
};

struct ParallelOptions {
    std::size_t max_workers = 1;
    // What an earlier run of this block read and wrote, or nothing. It orders the work and is read
    // early; it is never trusted.
    const BlockAccessSets* learned = nullptr;
    ParallelStatistics* statistics = nullptr;
    WorkerChaos chaos = {};
};

// `before` is the calling thread's reader. Errors: those of execute_block, with the same text, and
// an exception in a worker, with the transaction that it was at.
vm::Result<BlockResult> execute_block_in_parallel(const BlockInput& input, StateReader& before,
                                                  const RunOnWorkers& run_on_workers,
                                                  const ParallelOptions& options);

}  // namespace blockexecd::executor
