// SPDX-License-Identifier: Apache-2.0
// What the scheduler and the worker loop cost by themselves: blocks of transactions that do
// nothing, independent or each after the one before, on 1 to 64 threads, so mostly on more than
// there are CPUs. Each block is checked: everything committed, in order.
#include <benchmark/benchmark.h>

#include <thread>
#include <vector>

#include "executor/parallel/worker_loop.hpp"

namespace blockexecd::executor {
namespace {

constexpr TransactionIndex kTransactions = 2'000;

class EmptyBlock final : public BlockTransactions {
  public:
    Executed execute(std::size_t, TransactionIndex) override { return {}; }
    bool validate(std::size_t, TransactionIndex) override { return true; }
    void mark_estimates(TransactionIndex) override {}
    bool finalize(std::size_t, TransactionIndex index) override {
        in_order_ = in_order_ && index == committed_;
        ++committed_;
        return true;
    }
    void fail(TransactionIndex, const std::string&) override { in_order_ = false; }

    [[nodiscard]] bool complete() const { return in_order_ && committed_ == kTransactions; }

  private:
    TransactionIndex committed_ = 0;  // in the commit turn
    bool in_order_ = true;
};

void run_block(benchmark::State& state,
               const std::vector<std::optional<TransactionIndex>>& predecessors) {
    const auto workers = static_cast<std::size_t>(state.range(0));
    for (auto _ : state) {
        EmptyBlock block;
        Scheduler scheduler(kTransactions, predecessors);
        IdleWorkers idle;
        {
            std::vector<std::jthread> threads;
            for (std::size_t worker = 1; worker < workers; ++worker)
                threads.emplace_back([&, worker] { run_worker(scheduler, block, idle, worker); });
            run_worker(scheduler, block, idle, 0);
        }
        if (!block.complete())
            return state.SkipWithError("not every transaction was committed in order");
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kTransactions));
}

void scheduler_independent(benchmark::State& state) {
    run_block(state, {});
}
void scheduler_chain(benchmark::State& state) {
    std::vector<std::optional<TransactionIndex>> predecessors(kTransactions);
    for (TransactionIndex i = 1; i < kTransactions; ++i)
        predecessors[i] = i - 1;
    run_block(state, predecessors);
}
BENCHMARK(scheduler_independent)
    ->RangeMultiplier(2)
    ->Range(1, 64)
    ->UseRealTime()
    ->MeasureProcessCPUTime();
BENCHMARK(scheduler_chain)
    ->RangeMultiplier(2)
    ->Range(1, 64)
    ->UseRealTime()
    ->MeasureProcessCPUTime();

}  // namespace
}  // namespace blockexecd::executor
