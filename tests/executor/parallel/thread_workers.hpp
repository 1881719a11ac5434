// SPDX-License-Identifier: Apache-2.0
// Test support: blocks executed by workers on plain threads, over one state in memory, and compared
// with what one VM gives. VMs are new for each block: sixteen of them that keep the memory of a
// long transaction would need more than a machine has.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "executor/parallel/parallel_block.hpp"
#include "executor/state/in_memory_state.hpp"

namespace blockexecd::executor::test {

class ThreadWorkers {
  public:
    explicit ThreadWorkers(std::size_t count) : count_(count) {}

    struct Options {
        const BlockAccessSets* learned = nullptr;
        WorkerChaos chaos = {};
    };
    vm::Result<BlockResult> execute(const BlockInput& input, InMemoryState& state,
                                    const Options& options);
    [[nodiscard]] std::size_t size() const { return count_; }
    // Of the block that was executed last.
    [[nodiscard]] std::uint64_t executions() const { return statistics_.executions; }

  private:
    std::size_t count_;
    ParallelStatistics statistics_;
};

// One line for each thing that differs: results of every transaction, state diff, access sets,
// steps, or the error's text.
std::vector<std::string> result_differences(const vm::Result<BlockResult>& expected,
                                            const vm::Result<BlockResult>& computed);

}  // namespace blockexecd::executor::test
