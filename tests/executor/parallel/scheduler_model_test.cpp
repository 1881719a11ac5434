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

struct Scenario {
    std::vector<ModelTransaction> block;
    std::size_t workers = 2;
    std::vector<std::optional<TransactionIndex>> predecessors = {};
    unsigned leaves = 0;                                  // of workers in the middle of something
    std::optional<TransactionIndex> room = std::nullopt;  // transactions that the block takes
};

// One worker between two scheduler calls; each step() makes one call or one access to the shared
// cells.
class Model {
  public:
    // The scenario outlives this.
    explicit Model(const Scenario& scenario)
        : block_(scenario.block),
          scheduler_(static_cast<TransactionIndex>(scenario.block.size()), scenario.predecessors),
          workers_(scenario.workers),
          slots_(scenario.block.size()),
          leaves_left_(scenario.leaves),
          stop_before_(scenario.room.value_or(~TransactionIndex{0})) {}

    [[nodiscard]] bool finished() const { return scheduler_.finished(); }
    [[nodiscard]] std::size_t worker_count() const { return workers_.size(); }
    // A worker that found nothing sleeps until the scheduler's epoch moves on from what it read
    // before it looked: this is how real workers sleep, so a wake-up that is missing here is one
    // that is missing there.
    [[nodiscard]] bool can_step(std::size_t worker) const {
        const auto& state = workers_[worker];
        return !state.gone && (!state.resting || state.epoch != scheduler_.epoch());
    }
    void step(std::size_t worker) { advance(workers_[worker]); }

    // One worker stays: someone has to end the block.
    [[nodiscard]] bool can_leave(std::size_t worker) const {
        return worker != 0 && leaves_left_ > 0 && !workers_[worker].gone &&
               leaves_give_back(workers_[worker].phase);
    }
    // The worker gives back what it holds and is gone, as at a named point of the worker loop.
    void leave(std::size_t worker) {
        auto& state = workers_[worker];
        --leaves_left_;
        if (state.phase == Phase::read || state.phase == Phase::finish) {
            if (state.phase == Phase::finish)
                slots_[state.task.index].is_estimate = true;
            scheduler_.abandon(state.task.index, state.task.incarnation);
        } else if (state.phase == Phase::commit_end) {
            scheduler_.unclaim_commit(state.task.index, state.task.incarnation);
        }
        if (state.in_commit_turn)
            scheduler_.end_commits();
        scheduler_.leave();
        state.in_commit_turn = false;
        state.gone = true;
    }
    [[nodiscard]] Cells committed_state() const {
        Cells state;
        for (TransactionIndex i = 0; i < scheduler_.committed(); ++i)
            for (const auto& [cell, value] : slots_[i].writes)
                state[cell] = value;
        return state;
    }
    [[nodiscard]] const std::vector<TransactionIndex>& commit_order() const {
        return commit_order_;
    }

    // Everything that the future depends on.
    [[nodiscard]] std::vector<std::uint32_t> fingerprint() const {
        auto words = scheduler_.snapshot();
        words.push_back(leaves_left_);
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
            add(worker.in_commit_turn * 16 + worker.resting * 8 + worker.wrote_new_cell * 4 +
                worker.gone * 2 + (worker.epoch != scheduler_.epoch()));
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
        next_task,
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
        bool gone = false;
        std::uint32_t epoch = 0;  // read before it looked for work
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
    }

    // Where the worker loop has a named point.
    static bool leaves_give_back(Phase phase) {
        switch (phase) {
            case Phase::read:          // before_execute
            case Phase::finish:        // after_execute
            case Phase::check:         // before_validate
            case Phase::abort:         // before_abort
            case Phase::commit_check:  // before_commit
            case Phase::commit_end:    // before_finalize
                return true;
            default:
                return false;
        }
    }

    void advance(WorkerState& worker) {
        const auto index = worker.task.index;
        switch (worker.phase) {
            case Phase::choose: {
                if (worker.in_commit_turn) {
                    scheduler_.end_commits();
                    worker.in_commit_turn = false;
                    worker.phase = Phase::next_task;  // as the loop: once more round
                    return;
                }
                worker.resting = false;
                worker.epoch = scheduler_.epoch();
                worker.phase = Phase::next_task;
                if (scheduler_.next_commit() && scheduler_.try_begin_commits()) {
                    worker.in_commit_turn = true;
                    worker.phase = Phase::commit_check;
                }
                return;
            }
            case Phase::next_task: {
                const auto task = scheduler_.next_task();
                worker.resting = task.kind == Kind::idle || task.kind == Kind::done;
                take(worker, task);
                return;
            }
            case Phase::read: {
                auto result = read_all(index);
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
                return;
            }
            case Phase::finish:
                take(worker, scheduler_.finish_execution(index, worker.task.incarnation,
                                                         worker.wrote_new_cell));
                return;
            case Phase::check: {
                const auto result = read_all(index);
                worker.phase = result.blocked_on || result.seen != slots_[index].seen
                                   ? Phase::abort
                                   : Phase::choose;
                return;
            }
            case Phase::abort:
                worker.phase = scheduler_.try_abort(index, worker.task.incarnation) ? Phase::mark
                                                                                    : Phase::choose;
                return;
            case Phase::mark:
                slots_[index].is_estimate = true;
                worker.phase = Phase::finish_abort;
                return;
            case Phase::finish_abort: {
                const auto task = scheduler_.finish_abort(index, worker.task.incarnation);
                if (worker.in_commit_turn) {
                    scheduler_.end_commits();
                    worker.in_commit_turn = false;
                }
                take(worker, task);
                return;
            }
            case Phase::commit_check: {
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
                return;
            case Phase::commit_end:
                if (index == stop_before_) {
                    scheduler_.stop();
                    worker.phase = Phase::choose;
                    return;
                }
                commit_order_.push_back(index);
                scheduler_.end_commit(index);
                worker.phase = Phase::commit_check;
                return;
        }
    }

    const std::vector<ModelTransaction>& block_;
    Scheduler scheduler_;
    std::vector<WorkerState> workers_;
    std::vector<Slot> slots_;
    std::vector<TransactionIndex> commit_order_;
    unsigned leaves_left_;
    TransactionIndex stop_before_;
};

// Runs one interleaving to its end; choose(options) picks what happens next among the steps and
// leaves of workers, or nothing to give the interleaving up. False: given up.
template <class Choose>
bool run(Model& model, Choose&& choose) {
    for (int steps = 0; !model.finished(); ++steps) {
        std::vector<std::size_t> steppers;
        std::vector<std::size_t> leavers;
        for (std::size_t worker = 0; worker < model.worker_count(); ++worker) {
            if (model.can_step(worker))
                steppers.push_back(worker);
            if (model.can_leave(worker))
                leavers.push_back(worker);
        }
        if (steppers.empty() || steps == 100'000) {
            ADD_FAILURE() << (steppers.empty() ? "every worker sleeps but the block is not done"
                                               : "no end");
            return true;
        }
        const std::optional<std::size_t> option = choose(steppers.size() + leavers.size());
        if (!option)
            return false;
        if (*option < steppers.size())
            model.step(steppers[*option]);
        else
            model.leave(leavers[*option - steppers.size()]);
    }
    return true;
}

void expect_sequential(const Model& model, const Scenario& scenario, const std::string& which) {
    auto block = scenario.block;
    block.resize(std::min<std::size_t>(block.size(), scenario.room.value_or(block.size())));
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
Exploration run_all_interleavings(const Scenario& scenario) {
    Exploration exploration;
    std::set<std::vector<std::uint32_t>> seen;
    std::vector<std::pair<std::size_t, std::size_t>> choices;  // taken, of how many
    while (true) {
        Model model(scenario);
        std::size_t depth = 0;
        const bool ended = run(model, [&](std::size_t options) -> std::optional<std::size_t> {
            if (depth == choices.size()) {
                if (!seen.insert(model.fingerprint()).second)
                    return std::nullopt;
                choices.emplace_back(0, options);
            }
            return choices[depth++].first;
        });
        if (ended) {
            ++exploration.ends;
            expect_sequential(model, scenario, "end " + std::to_string(exploration.ends));
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

void expect_all_interleavings(const Scenario& scenario, std::size_t least_states) {
    const auto exploration = run_all_interleavings(scenario);
    EXPECT_GT(exploration.states, least_states);
    std::cout << "states " << exploration.states << ", ends " << exploration.ends << '\n';
}

TEST(SchedulerModel, TwoConflictingTransactionsInEveryInterleavingOfTwoWorkers) {
    expect_all_interleavings({.block = kChain}, 500);
}

TEST(SchedulerModel, TwoConflictingTransactionsInEveryInterleavingOfThreeWorkers) {
    expect_all_interleavings({.block = kChain, .workers = 3}, 5'000);
}

TEST(SchedulerModel, AnExpectedPredecessorIsWaitedForInEveryInterleaving) {
    expect_all_interleavings({.block = kChain, .predecessors = {std::nullopt, 0}}, 50);
}

TEST(SchedulerModel, AWriterThatStopsWritingACellIsSeenInEveryInterleaving) {
    expect_all_interleavings({.block = {{{0}, {0}}, {{0}, {1, 2}}, {{2}, {3}}}}, 500);
}

TEST(SchedulerModel, AWorkerMayLeaveAtAnyPointOfEveryInterleaving) {
    expect_all_interleavings({.block = kChain, .leaves = 1}, 1'000);
    expect_all_interleavings({.block = kChain, .predecessors = {std::nullopt, 0}, .leaves = 1},
                             100);
}

TEST(SchedulerModel, ABlockThatIsFullStopsAtTheSameTransactionInEveryInterleaving) {
    const std::vector<ModelTransaction> three{{{0}, {0}}, {{0}, {0}}, {{0}, {1}}};
    for (const TransactionIndex room : {0U, 1U, 2U})
        expect_all_interleavings({.block = three, .room = room}, 20);
    expect_all_interleavings({.block = kChain, .leaves = 1, .room = 1}, 500);
}

TEST(SchedulerModel, RandomBlocksInRandomInterleavings) {
    for (unsigned seed = 0; seed < 4'000; ++seed) {
        std::mt19937 random(seed);
        const auto pick = [&](int bound) {
            return static_cast<int>(random() % static_cast<unsigned>(bound));
        };
        Scenario scenario{
            .block = std::vector<ModelTransaction>(static_cast<std::size_t>(1 + pick(10)))};
        const int cells = 1 + pick(6);
        for (auto& transaction : scenario.block) {
            for (int i = pick(3); i >= 0; --i)
                transaction.reads.push_back(pick(cells));
            for (int i = pick(3); i >= 0; --i)
                transaction.writes.push_back(pick(cells));
        }
        // Right and wrong expectations alike.
        scenario.predecessors.resize(scenario.block.size());
        for (std::size_t i = 1; i < scenario.block.size(); ++i)
            if (pick(3) == 0)
                scenario.predecessors[i] = static_cast<TransactionIndex>(pick(static_cast<int>(i)));
        scenario.workers = static_cast<std::size_t>(1 + pick(5));
        scenario.leaves = static_cast<unsigned>(pick(3));
        if (pick(4) == 0)
            scenario.room = pick(static_cast<int>(scenario.block.size()));
        Model model(scenario);
        // A leave is one option of many, so that workers mostly stay for a while.
        run(model, [&](std::size_t options) { return random() % options; });
        expect_sequential(model, scenario, "seed " + std::to_string(seed));
        if (testing::Test::HasFailure())
            return;
    }
}

}  // namespace
}  // namespace blockexecd::executor
