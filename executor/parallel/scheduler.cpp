// SPDX-License-Identifier: Apache-2.0
#include "executor/parallel/scheduler.hpp"

#include <algorithm>

namespace blockexecd::executor {

namespace {

void lower_to(std::atomic<TransactionIndex>& index, TransactionIndex bound) {
    auto current = index.load(std::memory_order_relaxed);
    while (bound < current &&
           !index.compare_exchange_weak(current, bound, std::memory_order_acq_rel)) {
    }
}

}  // namespace

Scheduler::Scheduler(TransactionIndex size,
                     std::span<const std::optional<TransactionIndex>> predecessors)
    : size_(size),
      status_(std::make_unique<std::atomic<std::uint32_t>[]>(size)),
      dependents_(std::make_unique<Dependents[]>(size)) {
    for (TransactionIndex i = 0; i < size; ++i) {
        const bool waits = i < predecessors.size() && predecessors[i].has_value();
        status_[i].store(word(waits ? State::suspended : State::ready, 0),
                         std::memory_order_relaxed);
        if (waits)
            dependents_[*predecessors[i]].waiting.push_back(i);
    }
}

bool Scheduler::change(TransactionIndex index, State from, State to, Incarnation incarnation) {
    auto expected = word(from, incarnation);
    return status_[index].compare_exchange_strong(expected, word(to, incarnation),
                                                  std::memory_order_acq_rel);
}

SchedulerTask Scheduler::try_execute(TransactionIndex index) {
    const auto status = status_[index].load(std::memory_order_acquire);
    if (state_of(status) != State::ready ||
        !change(index, State::ready, State::executing, incarnation_of(status)))
        return {};
    executions_.fetch_add(1, std::memory_order_relaxed);
    return {SchedulerTask::Kind::execute, index, incarnation_of(status)};
}

SchedulerTask Scheduler::try_validate(TransactionIndex index) {
    const auto status = status_[index].load(std::memory_order_acquire);
    if (state_of(status) != State::executed)
        return {};
    return {SchedulerTask::Kind::validate, index, incarnation_of(status)};
}

SchedulerTask Scheduler::next_task() {
    while (!finished()) {
        const auto validation = validation_index_.load(std::memory_order_acquire);
        const auto execution = execution_index_.load(std::memory_order_acquire);
        if (validation < execution && validation < size_) {
            const auto index = validation_index_.fetch_add(1, std::memory_order_acq_rel);
            if (index < size_)
                if (const auto task = try_validate(index); task.kind != SchedulerTask::Kind::idle)
                    return task;
        } else if (execution < size_) {
            const auto index = execution_index_.fetch_add(1, std::memory_order_acq_rel);
            if (index < size_)
                if (const auto task = try_execute(index); task.kind != SchedulerTask::Kind::idle)
                    return task;
        } else {
            return {};
        }
    }
    return {SchedulerTask::Kind::done};
}

void Scheduler::resume_dependents(TransactionIndex index) {
    std::vector<TransactionIndex> waiting;
    {
        const std::lock_guard lock(dependents_[index].mutex);
        waiting.swap(dependents_[index].waiting);
    }
    for (const auto dependent : waiting) {
        // Only this call holds the dependent: a suspended transaction is in one list once.
        const auto incarnation = incarnation_of(status_[dependent].load(std::memory_order_acquire));
        status_[dependent].store(word(State::ready, incarnation), std::memory_order_release);
        lower_to(execution_index_, dependent);
    }
}

SchedulerTask Scheduler::finish_execution(TransactionIndex index, Incarnation incarnation,
                                          bool wrote_new_cell) {
    status_[index].store(word(State::executed, incarnation), std::memory_order_release);
    resume_dependents(index);
    SchedulerTask next;
    if (validation_index_.load(std::memory_order_acquire) > index) {
        // Those above may have read what this incarnation wrote anew; otherwise only this one is to
        // be looked at.
        if (wrote_new_cell)
            lower_to(validation_index_, index);
        else
            next = {SchedulerTask::Kind::validate, index, incarnation};
    }
    raise_epoch();
    return next;
}

bool Scheduler::wait_for(TransactionIndex index, TransactionIndex blocking) {
    const std::lock_guard lock(dependents_[blocking].mutex);
    const auto state = state_of(status_[blocking].load(std::memory_order_acquire));
    // finish_execution sets executed before it takes this mutex: either it is seen here, or it sees
    // the new entry.
    if (state == State::executed || state == State::committed)
        return false;
    const auto incarnation = incarnation_of(status_[index].load(std::memory_order_acquire));
    status_[index].store(word(State::suspended, incarnation), std::memory_order_release);
    dependents_[blocking].waiting.push_back(index);
    return true;
}

bool Scheduler::try_abort(TransactionIndex index, Incarnation incarnation) {
    return change(index, State::executed, State::aborting, incarnation);
}

SchedulerTask Scheduler::finish_abort(TransactionIndex index, Incarnation incarnation) {
    status_[index].store(word(State::ready, incarnation + 1), std::memory_order_release);
    // Those above may have read the writes that are stale now.
    lower_to(validation_index_, index + 1);
    SchedulerTask again;
    if (execution_index_.load(std::memory_order_acquire) > index)
        again = try_execute(index);
    raise_epoch();
    return again;
}

void Scheduler::abandon(TransactionIndex index, Incarnation incarnation) {
    status_[index].store(word(State::ready, incarnation + 1), std::memory_order_release);
    lower_to(validation_index_, index + 1);
    lower_to(execution_index_, index);
    raise_epoch();
}

std::optional<SchedulerTask> Scheduler::next_commit() const {
    const auto index = commit_index_.load(std::memory_order_acquire);
    if (index == size_ || stopped())
        return std::nullopt;
    const auto status = status_[index].load(std::memory_order_acquire);
    if (state_of(status) != State::executed)
        return std::nullopt;
    return SchedulerTask{SchedulerTask::Kind::validate, index, incarnation_of(status)};
}

std::vector<std::uint32_t> Scheduler::snapshot() const {
    // An index beyond the block means the same wherever it is.
    const auto clamped = [this](const std::atomic<TransactionIndex>& index) {
        return std::min(index.load(), size_);
    };
    std::vector<std::uint32_t> words{clamped(execution_index_), clamped(validation_index_),
                                     commit_index_.load(), committing_.load(), stopped_.load()};
    for (TransactionIndex i = 0; i < size_; ++i) {
        words.push_back(status_[i].load());
        words.push_back(static_cast<std::uint32_t>(dependents_[i].waiting.size()));
        words.insert(words.end(), dependents_[i].waiting.begin(), dependents_[i].waiting.end());
    }
    return words;
}

}  // namespace blockexecd::executor
