// SPDX-License-Identifier: Apache-2.0
// Executes one block on many VM workers at once; the result is that of execute_block, bit for bit,
// whatever the interleaving.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "executor/blocks/block_executor.hpp"
#include "executor/parallel/access_sets.hpp"
#include "executor/parallel/worker_loop.hpp"
#include "executor/state/state_reader.hpp"

namespace blockexecd::executor {

// A worker's VM, and its own reader of the state before the block: readers need no locks.
struct BlockWorker {
    VmWorker* vm = nullptr;
    StateReader* state = nullptr;
};

// Calls work(i) for i = 0 .. count-1 on VM threads, each i once, and returns when all have
// returned. Calls need not run at the same time: any one of them alone finishes the block.
using RunOnWorkers =
    std::function<void(std::size_t count, const std::function<void(std::size_t worker)>& work)>;

struct ParallelStatistics {
    std::uint64_t executions = 0;  // transactions in the block when nothing ran twice
};

// `learned`: what an earlier run of this block read and wrote, or nothing; it orders work and is
// never trusted. Errors: those of execute_block, and a fault in a worker, with the transaction's
// index. Precondition: workers not empty.
vm::Result<BlockResult> execute_block_in_parallel(std::span<const BlockWorker> workers,
                                                  const BlockInput& input,
                                                  const RunOnWorkers& run_on_workers,
                                                  const BlockAccessSets* learned = nullptr,
                                                  ParallelStatistics* statistics = nullptr,
                                                  const WorkerChaos& chaos = {});

}  // namespace blockexecd::executor
