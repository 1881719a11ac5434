// SPDX-License-Identifier: Apache-2.0
// Drives the scheduler without threads through interleavings of its calls: all of them for small
// blocks, random ones for larger. Transactions are made up: each copies sums of cells into cells,
// so that one stale read changes the end state.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "executor/parallel/scheduler.hpp"

namespace blockexecd::executor {
namespace {

using Kind = SchedulerTask::Kind;
using Cells = std::map<int, int>;

struct ModelTransaction {
    std::vector<int> reads;
    std::vector<int> writes;
    // Writes its second cell only if the sum is odd, so that incarnations can differ in what they
    // write.
    [[nodiscard]] Cells effects(TransactionIndex index, int sum) const {
        Cells effects;
        for (std::size_t i = 0; i < writes.size(); ++i)
            if (i == 0 || sum % 2 == 1)
                effects[writes[i]] = sum * 3 + static_cast<int>(index) + 1;
        return effects;
    }
};

Cells run_in_order(const std::vector<ModelTransaction>& block) {
    Cells state;
    for (TransactionIndex i = 0; i < block.size(); ++i) {
        int sum = 0;
        for (const int cell : block[i].reads)
            sum += state[cell];
        for (const auto& [cell, value] : block[i].effects(i, sum))
            state[cell] = value;
    }
    std::erase_if(state, [](const auto& entry) { return entry.second == 0; });
    return state;
}

// One worker between two scheduler calls; each step() makes one call or one access to the shared
// cells.
class Model {
  public:
    Model(const std::vector<ModelTransaction>& block, std::size_t workers,
          const std::vector<std::optional<TransactionIndex>>& predecessors)
        : block_(block),
          scheduler_(static_cast<TransactionIndex>(block.size()), predecessors),
          workers_(workers),
          slots_(block.size()) {}

    [[nodiscard]] bool finished() const { return scheduler_.finished(); }
    [[nodiscard]] std::size_t worker_count() const { return workers_.size(); }
    [[nodiscard]] bool can_step(std::size_t worker) const { return !workers_[worker].resting; }

    void step(std::size_t worker) {
        const auto before = progress_;
        advance(workers_[worker]);
        if (progress_ != before)
            for (auto& other : workers_)
                other.resting = false;
    }

    [[nodiscard]] Cells committed_state() const {
        Cells state;
        for (const auto& slot : slots_)
            for (const auto& [cell, value] : slot.writes)
                state[cell] = value;
        return state;
    }
    [[nodiscard]] const std::vector<TransactionIndex>& commit_order() const {
        return commit_order_;
    }

    // Everything that the future depends on.
    [[nodiscard]] std::vector<std::uint32_t> fingerprint() const {
        auto words = scheduler_.snapshot();
        const auto add = [&](auto value) { words.push_back(static_cast<std::uint32_t>(value)); };
        const auto add_cells = [&](const Cells& cells) {
            add(cells.size());
            for (const auto& [cell, value] : cells) {
                add(cell);
                add(value);
            }
        };
        for (const auto& worker : workers_) {
            add(worker.phase);
            add(worker.task.kind);
            add(worker.task.index);
            add(worker.task.incarnation);
            add(worker.in_commit_turn * 4 + worker.resting * 2 + worker.wrote_new_cell);
            add(worker.sum);
            add_cells(worker.seen);
        }
        for (const auto& slot : slots_) {
            add(slot.is_estimate);
            add_cells(slot.writes);
            add_cells(slot.seen);
        }
        return words;
    }

  private:
    enum class Phase {
        choose,
        read,
        publish,
        finish,
        check,
        abort,
        mark,
        finish_abort,
        commit_check,
        commit_claim,
        commit_end
    };
    struct WorkerState {
        Phase phase = Phase::choose;
        SchedulerTask task;
        bool in_commit_turn = false;
        bool resting = false;
        std::map<int, int> seen;
        int sum = 0;
        bool wrote_new_cell = false;
    };
    struct Slot {
        Cells writes;
        bool is_estimate = false;
        std::map<int, int> seen;
    };
    struct ReadResult {
        std::optional<TransactionIndex> blocked_on;
        std::map<int, int> seen;
    };

    ReadResult read_all(TransactionIndex index) const {
        ReadResult result;
        for (const int cell : block_[index].reads) {
            int value = 0;
            for (TransactionIndex below = index; below-- > 0;)
                if (const auto found = slots_[below].writes.find(cell);
                    found != slots_[below].writes.end()) {
                    if (slots_[below].is_estimate && !result.blocked_on)
                        result.blocked_on = below;
                    value = found->second;
                    break;
                }
            result.seen[cell] = value;
        }
        return result;
    }

    void take(WorkerState& worker, const SchedulerTask& task) {
        worker.task = task;
        worker.phase = task.kind == Kind::execute    ? Phase::read
                       : task.kind == Kind::validate ? Phase::check
                                                     : Phase::choose;
        if (task.kind == Kind::idle && !worker.in_commit_turn)
            return;
    }

    void advance(WorkerState& worker) {
        const auto index = worker.task.index;
        switch (worker.phase) {
            case Phase::choose: {
                if (worker.in_commit_turn) {
                    scheduler_.end_commits();
                    worker.in_commit_turn = false;
                    ++progress_;
                    return;
                }
                if (scheduler_.next_commit() && scheduler_.try_begin_commits()) {
                    worker.in_commit_turn = true;
                    worker.phase = Phase::commit_check;
                    ++progress_;
                    return;
                }
                const auto task = scheduler_.next_task();
                if (task.kind == Kind::idle || task.kind == Kind::done)
                    worker.resting = true;
                else
                    ++progress_;
                take(worker, task);
                return;
            }
            case Phase::read: {
                auto result = read_all(index);
                ++progress_;
                if (result.blocked_on) {
                    if (scheduler_.wait_for(index, *result.blocked_on))
                        worker.phase = Phase::choose;
                    return;
                }
                worker.sum = 0;
                for (const int cell : block_[index].reads)
                    worker.sum += result.seen[cell];
                worker.seen = std::move(result.seen);
                worker.phase = Phase::publish;
                return;
            }
            case Phase::publish: {
                auto effects = block_[index].effects(index, worker.sum);
                worker.wrote_new_cell = std::any_of(
                    effects.begin(), effects.end(),
                    [&](const auto& entry) { return !slots_[index].writes.contains(entry.first); });
                slots_[index] = Slot{std::move(effects), false, worker.seen};
                worker.phase = Phase::finish;
                ++progress_;
                return;
            }
            case Phase::finish:
                ++progress_;
                take(worker, scheduler_.finish_execution(index, worker.task.incarnation,
                                                         worker.wrote_new_cell));
                return;
            case Phase::check: {
                const auto result = read_all(index);
                worker.phase = result.blocked_on || result.seen != slots_[index].seen
                                   ? Phase::abort
                                   : Phase::choose;
                ++progress_;
                return;
            }
            case Phase::abort:
                worker.phase = scheduler_.try_abort(index, worker.task.incarnation) ? Phase::mark
                                                                                    : Phase::choose;
                ++progress_;
                return;
            case Phase::mark:
                slots_[index].is_estimate = true;
                worker.phase = Phase::finish_abort;
                ++progress_;
                return;
            case Phase::finish_abort: {
                const auto task = scheduler_.finish_abort(index, worker.task.incarnation);
                if (worker.in_commit_turn) {
                    scheduler_.end_commits();
                    worker.in_commit_turn = false;
                }
                take(worker, task);
                ++progress_;
                return;
            }
            case Phase::commit_check: {
                ++progress_;
                const auto next = scheduler_.next_commit();
                if (!next) {
                    worker.phase = Phase::choose;
                    return;
                }
                worker.task = *next;
                const auto result = read_all(next->index);
                worker.phase = result.blocked_on || result.seen != slots_[next->index].seen
                                   ? Phase::abort
                                   : Phase::commit_claim;
                return;
            }
            case Phase::commit_claim:
                worker.phase = scheduler_.claim_commit(index, worker.task.incarnation)
                                   ? Phase::commit_end
                                   : Phase::choose;
                ++progress_;
                return;
            case Phase::commit_end:
                commit_order_.push_back(index);
                scheduler_.end_commit(index);
                worker.phase = Phase::commit_check;
                ++progress_;
                return;
        }
    }

    const std::vector<ModelTransaction>& block_;
    Scheduler scheduler_;
    std::vector<WorkerState> workers_;
    std::vector<Slot> slots_;
    std::vector<TransactionIndex> commit_order_;
    std::uint64_t progress_ = 0;
};

// Runs one interleaving to its end; choose(enabled) picks the position of the worker that steps
// next among those that can, or nothing to give the interleaving up. False: given up.
template <class Choose>
bool run(Model& model, Choose&& choose) {
    for (int steps = 0; !model.finished(); ++steps) {
        std::vector<std::size_t> enabled;
        for (std::size_t worker = 0; worker < model.worker_count(); ++worker)
            if (model.can_step(worker))
                enabled.push_back(worker);
        if (enabled.empty() || steps == 100'000) {
            ADD_FAILURE() << (enabled.empty() ? "every worker is idle but the block is not done"
                                              : "no end");
            return true;
        }
        const std::optional<std::size_t> position = choose(enabled.size());
        if (!position)
            return false;
        model.step(enabled[*position]);
    }
    return true;
}

void expect_sequential(const Model& model, const std::vector<ModelTransaction>& block,
                       const std::string& which) {
    std::vector<TransactionIndex> order(block.size());
    for (TransactionIndex i = 0; i < block.size(); ++i)
        order[i] = i;
    EXPECT_EQ(model.commit_order(), order) << which;
    EXPECT_EQ(model.committed_state(), run_in_order(block)) << which;
}

struct Exploration {
    std::size_t states = 0;
    std::size_t ends = 0;
};

// Depth-first over all choices, by replaying prefixes (stateless model checking); a state that was
// seen is not entered again.
Exploration run_all_interleavings(
    const std::vector<ModelTransaction>& block, std::size_t workers,
    const std::vector<std::optional<TransactionIndex>>& predecessors) {
    Exploration exploration;
    std::set<std::vector<std::uint32_t>> seen;
    std::vector<std::pair<std::size_t, std::size_t>> choices;  // taken, of how many
    while (true) {
        Model model(block, workers, predecessors);
        std::size_t depth = 0;
        const bool ended = run(model, [&](std::size_t enabled) -> std::optional<std::size_t> {
            if (depth == choices.size()) {
                if (!seen.insert(model.fingerprint()).second)
                    return std::nullopt;
                choices.emplace_back(0, enabled);
            }
            return choices[depth++].first;
        });
        if (ended) {
            ++exploration.ends;
            expect_sequential(model, block, "end " + std::to_string(exploration.ends));
        }
        if (testing::Test::HasFailure())
            break;
        while (!choices.empty() && choices.back().first + 1 == choices.back().second)
            choices.pop_back();
        if (choices.empty())
            break;
        ++choices.back().first;
    }
    exploration.states = seen.size();
    return exploration;
}

const std::vector<ModelTransaction> kChain{{{0}, {0}}, {{0}, {0}}};

void expect_all_interleavings(const std::vector<ModelTransaction>& block, std::size_t workers,
                              const std::vector<std::optional<TransactionIndex>>& predecessors,
                              std::size_t least_states) {
    const auto exploration = run_all_interleavings(block, workers, predecessors);
    EXPECT_GT(exploration.states, least_states);
    std::cout << "states " << exploration.states << ", ends " << exploration.ends << '\n';
}

TEST(SchedulerModel, TwoConflictingTransactionsInEveryInterleavingOfTwoWorkers) {
    expect_all_interleavings(kChain, 2, {}, 500);
}

TEST(SchedulerModel, TwoConflictingTransactionsInEveryInterleavingOfThreeWorkers) {
    expect_all_interleavings(kChain, 3, {}, 5'000);
}

TEST(SchedulerModel, AnExpectedPredecessorIsWaitedForInEveryInterleaving) {
    expect_all_interleavings(kChain, 2, {std::nullopt, 0}, 50);
}

TEST(SchedulerModel, AWriterThatStopsWritingACellIsSeenInEveryInterleaving) {
    expect_all_interleavings({{{0}, {0}}, {{0}, {1, 2}}, {{2}, {3}}}, 2, {}, 500);
}

TEST(SchedulerModel, RandomBlocksInRandomInterleavings) {
    for (unsigned seed = 0; seed < 3'000; ++seed) {
        std::mt19937 random(seed);
        const auto pick = [&](int bound) {
            return static_cast<int>(random() % static_cast<unsigned>(bound));
        };
        std::vector<ModelTransaction> block(static_cast<std::size_t>(1 + pick(10)));
        const int cells = 1 + pick(6);
        for (auto& transaction : block) {
            for (int i = pick(3); i >= 0; --i)
                transaction.reads.push_back(pick(cells));
            for (int i = pick(3); i >= 0; --i)
                transaction.writes.push_back(pick(cells));
        }
        // Right and wrong expectations alike.
        std::vector<std::optional<TransactionIndex>> predecessors(block.size());
        for (std::size_t i = 1; i < block.size(); ++i)
            if (pick(3) == 0)
                predecessors[i] = static_cast<TransactionIndex>(pick(static_cast<int>(i)));
        Model model(block, static_cast<std::size_t>(1 + pick(5)), predecessors);
        run(model, [&](std::size_t enabled) { return random() % enabled; });
        expect_sequential(model, block, "seed " + std::to_string(seed));
        if (testing::Test::HasFailure())
            return;
    }
}

}  // namespace
}  // namespace blockexecd::executor
