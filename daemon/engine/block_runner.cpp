// SPDX-License-Identifier: Apache-2.0
#include "daemon/engine/block_runner.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <utility>

#include "daemon/engine/clock.hpp"
#include "daemon/engine/helper_group.hpp"
#include "executor/blocks/verify.hpp"
#include "executor/parallel/parallel_block.hpp"

namespace blockexecd::daemon {
namespace {

executor::BlockInput block_input(const executor::ChainInfo& chain, const BlockToExecute& work,
                                 const storage::ClassLoader& classes) {
    return {.chain = chain,
            .block = work.block,
            .old_block_hash = work.old_block_hash,
            .declared_class = classes};
}

}  // namespace

BlockRunner::BlockRunner(std::shared_ptr<storage::Database> database, storage::StateMode mode,
                         storage::ClassLoader classes, executor::VmPool& pool)
    : database_(std::move(database)),
      mode_(mode),
      classes_(std::move(classes)),
      pool_(pool),
      readers_(pool.size()) {}

vm::Result<storage::HistoryReader*> BlockRunner::history_on(std::uint32_t vm,
                                                            executor::BlockNumber block) {
    auto& reader = readers_[vm];
    if (reader == nullptr)
        reader = std::make_unique<storage::HistoryReader>(database_, mode_, block, classes_);
    else
        BX_CHECK(reader->move_to(block));
    return reader.get();
}

std::vector<executor::VmPlacement> BlockRunner::run_with_helpers(
    std::size_t vms, const std::function<void()>& own,
    const std::function<void(executor::VmSlot&)>& help) {
    const auto group = std::make_shared<HelperGroup>();
    for (std::size_t helper = 1; helper < vms; ++helper)
        pool_.submit(
            [&help, group](executor::VmSlot& slot) {
                // Until it entered, all but the group may be gone.
                if (!group->enter(slot.placement))
                    return;
                help(slot);
                group->leave();
            },
            executor::TaskKind::helper);
    own();
    return group->close();
}

vm::Result<executor::BlockResult> BlockRunner::run_on_all(executor::VmSlot& slot,
                                                          const executor::BlockInput& input,
                                                          const BlockToExecute& work,
                                                          executor::StateReader& before,
                                                          const executor::DiffsNewestFirst& diffs,
                                                          std::vector<executor::VmPlacement>& vms) {
    const auto workers = std::min(pool_.size(), work.block.transactions.size());
    const auto run_on_workers =
        [&](const std::function<void(const executor::BlockWorker&)>& execute) {
            const auto helpers = run_with_helpers(
                workers,
                [&] {
                    execute({slot.worker, before});
                },
                [&](executor::VmSlot& own) {
                    ++own.shares;
                    // One that cannot read leaves: the others can do without.
                    if (const auto history = history_on(own.placement.vm, work.number)) {
                        executor::OverlayState state(**history, diffs, classes_);
                        execute({own.worker, state});
                    }
                });
            vms.insert(vms.end(), helpers.begin(), helpers.end());
        };
    return executor::execute_block_in_parallel(
        input, before, run_on_workers,
        {.max_workers = workers, .learned = work.learned ? &*work.learned : nullptr});
}

void BlockRunner::run_jobs_on_all(std::size_t count, const executor::Job& job) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr fault;  // the first; guarded by mutex
    const auto run_some = [&] {
        try {
            for (auto index = next++; index < count; index = next++)
                job(index);
        } catch (...) {
            const std::scoped_lock lock(mutex);
            fault = fault ? fault : std::current_exception();
        }
    };
    run_with_helpers(std::min(pool_.size(), count), run_some,
                     [&](executor::VmSlot&) { run_some(); });
    if (fault)
        std::rethrow_exception(fault);
}

vm::Result<Execution> BlockRunner::run(executor::VmSlot& slot, const executor::ChainInfo& chain,
                                       const BlockToExecute& work,
                                       const std::function<void()>& release) {
    Execution execution;
    execution.vms.push_back(slot.placement);
    const auto start = Clock::now();
    // First these, then the reader: what is no longer among them is written.
    const auto diffs = uncommitted_.diffs_below(work.number);
    BX_TRY(auto* const history, history_on(slot.placement.vm, work.number));
    executor::OverlayState before(*history, diffs, classes_);
    const auto input = block_input(chain, work, classes_);
    BX_TRY(execution.result, work.on_all_vms
                                 ? run_on_all(slot, input, work, before, diffs, execution.vms)
                                 : executor::execute_block(slot.worker, input, before));
    if (mode_ == storage::StateMode::computed)
        uncommitted_.add(work.number, execution.result.state_diff);
    release();
    execution.execute_nanoseconds = nanoseconds_since(start);
    const auto executed = Clock::now();
    execution.verdict = executor::verify_block(
        chain, work.block, work.update, execution.result,
        work.on_all_vms ? executor::RunJobs([this](std::size_t count, const executor::Job& job) {
            run_jobs_on_all(count, job);
        })
                        : executor::run_in_turn);
    execution.verify_nanoseconds = nanoseconds_since(executed);
    return execution;
}

vm::Result<Execution> BlockRunner::run_afresh(const executor::ChainInfo& chain,
                                              const BlockToExecute& work,
                                              const storage::ClassLoader& fresh_classes) const {
    Execution execution;
    const auto diffs = uncommitted_.diffs_below(work.number);
    storage::HistoryReader history(database_, mode_, work.number, fresh_classes);
    executor::OverlayState before(history, diffs, fresh_classes);
    executor::VmWorker worker;
    BX_TRY(execution.result,
           executor::execute_block(worker, block_input(chain, work, fresh_classes), before));
    execution.verdict = executor::verify_block(chain, work.block, work.update, execution.result);
    return execution;
}

}  // namespace blockexecd::daemon
