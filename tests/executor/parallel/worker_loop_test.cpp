// SPDX-License-Identifier: Apache-2.0
// The worker loop on plain threads with made-up transactions: the end state is that of running them
// in order, whatever the number of workers and however they are delayed, or leave, at named points.
#include "executor/parallel/worker_loop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "executor/parallel/multi_version_map.hpp"
#include "tests/executor/parallel/chaos.hpp"

namespace blockexecd::executor {
namespace {

// Adds up some cells and writes the sum, plus its index, to others.
struct MadeUpTransaction {
    std::vector<std::uint64_t> reads;
    std::vector<std::uint64_t> writes;
};

class MadeUpBlock final : public BlockTransactions {
  public:
    explicit MadeUpBlock(std::vector<MadeUpTransaction> transactions)
        : transactions_(std::move(transactions)), slots_(transactions_.size()) {}

    Executed execute(std::size_t, TransactionIndex index) override {
        std::vector<std::uint64_t> seen;
        std::uint64_t sum = index + 1;
        for (const auto cell : transactions_[index].reads) {
            const auto read = read_cell(cell, index);
            if (read.kind == Read::Kind::estimate)
                return {false, read.writer};
            seen.push_back(read.value);
            sum += read.value;
        }
        auto& slot = slots_[index];
        {
            const std::lock_guard lock(slot.mutex);
            slot.seen = std::move(seen);
        }
        bool wrote_new_cell = false;
        for (const auto cell : transactions_[index].writes)
            wrote_new_cell |= cells_.write(cell, index, sum);
        return {wrote_new_cell, std::nullopt};
    }
    bool validate(std::size_t, TransactionIndex index) override {
        std::vector<std::uint64_t> seen;
        {
            const std::lock_guard lock(slots_[index].mutex);
            seen = slots_[index].seen;
        }
        for (std::size_t i = 0; i < transactions_[index].reads.size(); ++i) {
            const auto read = read_cell(transactions_[index].reads[i], index);
            if (read.kind == Read::Kind::estimate || read.value != seen[i])
                return false;
        }
        return true;
    }
    void mark_estimates(TransactionIndex index) override {
        // An incarnation that wrote nothing yet has nothing to mark: the map leaves other cells.
        for (const auto cell : transactions_[index].writes)
            cells_.mark_estimate(cell, index);
    }
    bool finalize(std::size_t, TransactionIndex index) override {
        committed_.push_back(index);  // the commit turn makes this one writer at a time
        return index != stop_before_;
    }
    void fail(TransactionIndex index, const std::string& reason) override {
        const std::lock_guard lock(fault_mutex_);
        fault_ = "transaction " + std::to_string(index) + ": " + reason;
    }

    [[nodiscard]] std::vector<std::uint64_t> end_state(std::uint64_t cells) const {
        std::vector<std::uint64_t> state;
        for (std::uint64_t cell = 0; cell < cells; ++cell)
            state.push_back(
                read_cell(cell, static_cast<TransactionIndex>(transactions_.size())).value);
        return state;
    }
    [[nodiscard]] std::vector<std::uint64_t> sequential_state(std::uint64_t cells) const {
        std::vector<std::uint64_t> state(cells);
        for (std::size_t i = 0; i < transactions_.size(); ++i) {
            std::uint64_t sum = i + 1;
            for (const auto cell : transactions_[i].reads)
                sum += state[cell];
            for (const auto cell : transactions_[i].writes)
                state[cell] = sum;
        }
        return state;
    }
    void stop_before(TransactionIndex index) { stop_before_ = index; }
    [[nodiscard]] const std::vector<TransactionIndex>& committed() const { return committed_; }
    [[nodiscard]] const std::string& fault() const { return fault_; }

  private:
    using Cells = MultiVersionMap<std::uint64_t, std::uint64_t>;
    using Read = Cells::Read;
    // A validation may still look at an incarnation that is being executed again.
    struct Slot {
        std::mutex mutex;
        std::vector<std::uint64_t> seen;
    };

    // Cells begin as 0.
    [[nodiscard]] Read read_cell(std::uint64_t cell, TransactionIndex reader) const {
        return cells_.read(cell, reader);
    }

    std::vector<MadeUpTransaction> transactions_;
    std::vector<Slot> slots_;
    Cells cells_;
    std::vector<TransactionIndex> committed_;
    TransactionIndex stop_before_ = ~TransactionIndex{0};
    std::mutex fault_mutex_;
    std::string fault_;
};

std::vector<MadeUpTransaction> random_block(unsigned seed, std::size_t size, std::uint64_t cells) {
    std::mt19937 random(seed);
    std::vector<MadeUpTransaction> transactions(size);
    for (auto& transaction : transactions) {
        for (unsigned i = random() % 4; i > 0; --i)
            transaction.reads.push_back(random() % cells);
        // No cell twice: a write counts once.
        if (const auto cell = random() % cells; true)
            transaction.writes = {cell, (cell + 1) % cells};
    }
    return transactions;
}

void run_on_threads(Scheduler& scheduler, BlockTransactions& block, std::size_t workers,
                    const WorkerChaos& chaos = {}) {
    IdleWorkers idle;
    std::vector<std::jthread> threads;
    for (std::size_t worker = 0; worker < workers; ++worker)
        threads.emplace_back([&, worker] { run_worker(scheduler, block, idle, worker, chaos); });
}

class WorkerLoop : public testing::TestWithParam<std::size_t> {};

TEST_P(WorkerLoop, EndsInTheStateOfRunningInOrder) {
    for (unsigned seed = 0; seed < 40; ++seed) {
        constexpr std::uint64_t kCells[] = {2, 10, 300};
        const auto cells = kCells[seed % 3];
        MadeUpBlock block(random_block(seed, 120, cells));
        Scheduler scheduler(120);
        run_on_threads(scheduler, block, GetParam());
        ASSERT_EQ(block.end_state(cells), block.sequential_state(cells)) << "seed " << seed;
        ASSERT_EQ(block.committed().size(), 120U);
        EXPECT_GE(scheduler.executions(), 120U);
    }
}

TEST_P(WorkerLoop, EndsInTheSameStateWhenWorkersAreDelayedAndLeaveAtNamedPoints) {
    std::uint64_t leaves = 0;
    for (unsigned seed = 0; seed < 12; ++seed) {
        test::Chaos chaos(seed, {.delays = 16, .leaves = seed % 2 == 0 ? 0U : 40U});
        MadeUpBlock block(random_block(seed, 80, 5));
        Scheduler scheduler(80);
        run_on_threads(scheduler, block, GetParam(), chaos.hook());
        ASSERT_EQ(block.end_state(5), block.sequential_state(5)) << "seed " << seed;
        ASSERT_EQ(block.committed().size(), 80U);
        ASSERT_EQ(block.fault(), "");
        leaves += chaos.leaves();
    }
    if (GetParam() > 1) {
        EXPECT_GT(leaves, 0U);
    }
}

TEST_P(WorkerLoop, AnExceptionInAWorkerStopsAllOfThem) {
    struct Fault {
        std::atomic<unsigned> left{50};
    } fault;
    const WorkerHook hook = [](WorkerPoint point, std::size_t, void* context) {
        if (point == WorkerPoint::before_execute &&
            static_cast<Fault*>(context)->left.fetch_sub(1) == 1)
            throw std::runtime_error("broken");
        return WorkerFate::go_on;
    };
    MadeUpBlock block(random_block(3, 100, 10));
    Scheduler scheduler(100);
    run_on_threads(scheduler, block, GetParam(), {hook, &fault});
    EXPECT_TRUE(scheduler.stopped());
    EXPECT_LT(scheduler.committed(), 100U);
    EXPECT_THAT(block.fault(), testing::MatchesRegex("transaction [0-9]+: broken"));
}

TEST_P(WorkerLoop, StopsBeforeTheTransactionThatDoesNotFit) {
    MadeUpBlock block(random_block(7, 100, 10));
    block.stop_before(37);
    Scheduler scheduler(100);
    run_on_threads(scheduler, block, GetParam());
    EXPECT_EQ(scheduler.committed(), 37U);
    EXPECT_TRUE(scheduler.stopped());
}

INSTANTIATE_TEST_SUITE_P(Workers, WorkerLoop, testing::Values(1, 2, 4, 8, 16, 64));

TEST(WorkerLoop, OneWorkerExecutesEachTransactionOnce) {
    MadeUpBlock block(random_block(1, 200, 3));
    Scheduler scheduler(200);
    run_on_threads(scheduler, block, 1);
    EXPECT_EQ(scheduler.executions(), 200U);
}

}  // namespace
}  // namespace blockexecd::executor
