// SPDX-License-Identifier: Apache-2.0
#include "daemon/engine/engine.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "daemon/engine/bundle.hpp"
#include "daemon/engine/clock.hpp"
#include "daemon/lifecycle/log.hpp"
#include "executor/schedule/block_pipeline.hpp"
#include "executor/types/footprint.hpp"
#include "storage/database/chain.hpp"

namespace blockexecd::daemon {
namespace {

std::uint64_t unix_milliseconds() {
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                          std::chrono::system_clock::now().time_since_epoch())
                                          .count());
}

template <class T>
T value_or_throw(storage::Result<T> result) {
    if (result.has_error())
        throw std::runtime_error(result.error().message);
    return *std::move(result);
}

void check_or_throw(const storage::Result<void>& result) {
    if (result.has_error())
        throw std::runtime_error(result.error().message);
}

// The blocks of some ranges, ascending, without a list of them.
class PendingBlocks {
  public:
    PendingBlocks(std::vector<storage::BlockRange> ranges,
                  const std::optional<storage::BlockRange>& within)
        : ranges_(std::move(ranges)) {
        if (within) {
            for (auto& range : ranges_)
                range = {std::max(range.first, within->first), std::min(range.last, within->last)};
            std::erase_if(ranges_, [](const auto& range) { return range.first > range.last; });
        }
    }

    [[nodiscard]] std::uint64_t count() const {
        std::uint64_t blocks = 0;
        for (const auto& range : ranges_)
            blocks += range.last - range.first + 1;
        return blocks;
    }
    std::optional<executor::BlockNumber> next() {
        if (at_ == ranges_.size())
            return std::nullopt;
        auto& range = ranges_[at_];
        const auto block = range.first;
        if (range.first++ == range.last)
            ++at_;
        return block;
    }

  private:
    std::vector<storage::BlockRange> ranges_;
    std::size_t at_ = 0;
};

}  // namespace

Engine::Engine(std::shared_ptr<storage::Database> database, EngineSettings settings)
    : database_(std::move(database)),
      settings_(std::move(settings)),
      class_cache_(std::make_shared<executor::ClassCache>(settings_.class_cache_bytes)),
      classes_(storage::make_class_loader(database_, class_cache_)),
      pool_(settings_.placement) {
    runner_.emplace(database_, settings_.mode, classes_, pool_);
    if (settings_.blocks_in_memory == 0)
        settings_.blocks_in_memory = 3 * pool_.size();
}

Engine::~Engine() {
    stop();
}

void Engine::stop() {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    if (stop_run_)
        stop_run_();
}

ParallelBlocks Engine::parallel_blocks(std::uint64_t after) const {
    if (settings_.in_block != InBlock::where_it_pays)
        return {.all = settings_.in_block == InBlock::always};
    if (pool_.size() == 1)
        return {};
    // Following, there is one block at a time; at the end of a range, fewer than VMs.
    return {.all = settings_.mode == storage::StateMode::computed || after < pool_.size(),
            .from_transactions = settings_.giant_block_transactions};
}

RunReport Engine::run_pending(std::optional<storage::BlockRange> within) {
    const auto start = Clock::now();
    const auto vms_before = pool_.use();
    RunReport report;
    PendingBlocks pending(value_or_throw(storage::pending_ranges(*database_, settings_.mode)),
                          within);
    const auto planned = pending.count();
    auto unread = planned;  // the reader thread's
    const auto chain = value_or_throw(storage::read_chain_info(*database_));
    counters_.planned_blocks = counters_.blocks() + planned;

    executor::BlockPipeline<BlockToExecute, ExecutedBlock> pipeline(
        pool_,
        {.next = [&] { return pending.next(); },
         .read =
             [&](executor::BlockNumber number) {
                 ++counters_.blocks_in_memory;
                 return read_block_to_execute(*database_, number, parallel_blocks(--unread));
             },
         .bytes =
             [&](const BlockToExecute& work) {
                 return executor::footprint(work.block) + executor::footprint(work.update);
             },
         .execute =
             [&](executor::VmSlot& slot, const BlockToExecute& work,
                 const std::function<void()>& release) {
                 return execute(slot, *chain, work, release);
             },
         .commit =
             [&](ExecutedBlock&& block) {
                 --counters_.blocks_in_memory;
                 return commit(report, *chain, std::move(block));
             }},
        {.blocks_in_memory = settings_.blocks_in_memory,
         .bytes_in_memory = settings_.bytes_in_memory,
         .in_order = settings_.mode == storage::StateMode::computed});
    {
        const std::scoped_lock lock(mutex_);
        if (stopped_ || planned == 0) {
            report.stopped = stopped_ && planned != 0;
            report.vms = vms_before;
            return report;
        }
        stop_run_ = [&] { pipeline.stop(); };
    }
    const auto run = [&] {
        struct Unset {
            Engine& engine;
            ~Unset() {
                const std::scoped_lock lock(engine.mutex_);
                engine.stop_run_ = nullptr;
                engine.counters_.blocks_in_memory = 0;
                engine.runner_->uncommitted().clear();
            }
        } unset{*this};
        pipeline.run();
    };
    run();

    report.seconds = static_cast<double>(nanoseconds_since(start)) / 1e9;
    report.stopped = report.blocks < planned;
    std::ranges::stable_sort(report.mismatches, {}, &executor::Mismatch::block);
    std::ranges::stable_sort(report.exceptions, {}, [](const executor::ExceptedMismatch& excepted) {
        return excepted.mismatch.block;
    });
    std::ranges::sort(report.failures, {}, &BlockFailure::block);
    report.vms = pool_.use();
    for (std::size_t i = 0; i < report.vms.size(); ++i) {
        report.vms[i].blocks -= vms_before[i].blocks;
        report.vms[i].shares -= vms_before[i].shares;
        report.vms[i].executed_steps -= vms_before[i].executed_steps;
    }
    return report;
}

ExecutedBlock Engine::execute(executor::VmSlot& slot, const executor::ChainInfo& chain,
                              const BlockToExecute& work, const std::function<void()>& release) {
    ExecutedBlock done;
    done.outcome.block = work.number;
    done.failure = work.failure;
    if (!done.failure.empty())
        return done;
    done.transactions = work.block.transactions.size();
    done.starknet_version = work.block.header.starknet_version;
    done.outcome.block_hash = work.block.header.hash;
    done.outcome.timings.started_unix_ms = unix_milliseconds();
    auto execution = runner_->run(slot, chain, work, release);
    if (execution.has_error()) {
        done.failure = execution.error().message();
        return done;
    }
    if (!execution->verdict.mismatches.empty()) {
        // Before the chain is blamed: the same again, on one VM and with nothing cached.
        const auto again = runner_->run_afresh(
            chain, work,
            storage::make_class_loader(
                database_, std::make_shared<executor::ClassCache>(settings_.class_cache_bytes)));
        const bool same = again.has_value() && again->verdict == execution->verdict &&
                          again->result.state_diff == execution->result.state_diff;
        done.control = same ? Control::same : Control::differs;
    }
    for (const auto& vm : execution->vms)
        done.outcome.timings.placements.push_back({.vm = vm.vm,
                                                   .cpu = static_cast<std::int32_t>(vm.cpu),
                                                   .node = static_cast<std::int32_t>(vm.node)});
    for (auto& transaction : execution->result.transactions)
        done.outcome.receipts.push_back(std::move(transaction.receipt));
    done.outcome.state_diff = std::move(execution->result.state_diff);
    done.outcome.access_sets = std::move(execution->result.access_sets);
    done.outcome.verdict = std::move(execution->verdict);
    done.outcome.timings.execute_ns = execution->execute_nanoseconds;
    done.outcome.timings.verify_ns = execution->verify_nanoseconds;
    done.outcome.timings.executed_steps = execution->result.executed_steps;
    return done;
}

bool Engine::commit(RunReport& report, const executor::ChainInfo& chain, ExecutedBlock&& block) {
    const auto start = Clock::now();
    ++report.blocks;
    counters_.last_block = block.outcome.block;
    bool go_on = true;
    if (!block.failure.empty()) {
        record_failure(report, block);
        // What comes after it would build on a state that we do not have.
        go_on = settings_.mode == storage::StateMode::recorded;
    } else {
        go_on = block.outcome.verdict.mismatches.empty() || !stop_at_mismatch_;
        const auto number = block.outcome.block;
        record_outcome(report, chain, std::move(block));
        runner_->uncommitted().remove(number);
    }
    counters_.commit_nanoseconds += nanoseconds_since(start);
    return go_on;
}

void Engine::record_failure(RunReport& report, const ExecutedBlock& block) {
    check_or_throw(storage::commit_failure(*database_, settings_.mode, block.outcome.block,
                                           block.transactions, block.failure));
    ++counters_.failed_blocks;
    log_error("block could not be executed",
              {{"block", block.outcome.block}, {"reason", block.failure}});
    report.failures.push_back({block.outcome.block, block.failure});
}

void Engine::record_outcome(RunReport& report, const executor::ChainInfo& chain,
                            ExecutedBlock&& block) {
    const auto committed = storage::commit_block(*database_, settings_.mode, block.outcome);
    if (committed.has_error() && committed.error().code == storage::ErrorCode::misuse) {
        // Reverted meanwhile: what is stored now is executed by a later run.
        log_warning("result dropped",
                    {{"block", block.outcome.block}, {"reason", committed.error().message}});
        return;
    }
    check_or_throw(committed);
    const auto& outcome = block.outcome;
    const auto& mismatches = outcome.verdict.mismatches;
    report.add(outcome.verdict, block.transactions);
    report.steps += outcome.timings.executed_steps;
    counters_.transactions += block.transactions;
    counters_.matched_transactions += outcome.verdict.matched_transactions;
    counters_.excepted_transactions += outcome.verdict.excepted_transactions;
    counters_.skipped_transactions += outcome.verdict.skipped_transactions;
    counters_.mismatches += mismatches.size();
    counters_.executed_steps += outcome.timings.executed_steps;
    counters_.execute_nanoseconds += outcome.timings.execute_ns;
    counters_.verify_nanoseconds += outcome.timings.verify_ns;
    for (const auto& excepted : outcome.verdict.excepted)
        log_warning("known exception", {{"block", outcome.block},
                                        {"field", excepted.mismatch.field},
                                        {"expected", excepted.mismatch.expected},
                                        {"actual", excepted.mismatch.actual},
                                        {"reason", excepted.reason}});
    if (mismatches.empty() && !outcome.verdict.excepted.empty()) {
        ++counters_.excepted_blocks;
        return;
    }
    if (mismatches.empty()) {
        ++counters_.matched_blocks;
        log_event(spdlog::level::debug, "block matched",
                  {{"block", outcome.block},
                   {"transactions", block.transactions},
                   {"steps", outcome.timings.executed_steps},
                   {"vm", outcome.timings.placements.front().vm}});
        return;
    }
    ++counters_.mismatched_blocks;
    const auto& first = mismatches.front();
    log_error("block mismatched",
              {{"block", outcome.block},
               {"fields", mismatches.size()},
               {"transaction", first.index ? boost::json::value(*first.index) : nullptr},
               {"field", first.field},
               {"expected", first.expected},
               {"actual", first.actual}});
    if (block.control == Control::differs)
        log_error("a second execution of the block gave another result: a fault of this program",
                  {{"block", outcome.block}});
    if (!settings_.bundle_folder.empty())
        if (const auto problem = write_bundle(settings_.bundle_folder,
                                              {.chain = chain, .mode = settings_.mode}, block))
            log_error("mismatch bundle not written",
                      {{"block", outcome.block}, {"reason", *problem}});
}

}  // namespace blockexecd::daemon
