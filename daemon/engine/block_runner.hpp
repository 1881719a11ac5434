// SPDX-License-Identifier: Apache-2.0
// Executes and checks one block: on the VM that begins it alone, or with all others that are free
// or become free before it ends.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "daemon/engine/block_work.hpp"
#include "daemon/engine/uncommitted_blocks.hpp"
#include "executor/blocks/block_executor.hpp"
#include "executor/schedule/vm_pool.hpp"
#include "executor/types/side_by_side.hpp"
#include "storage/history/class_loader.hpp"
#include "storage/history/history_reader.hpp"

namespace blockexecd::daemon {

struct Execution {
    executor::BlockResult result;
    executor::Verdict verdict;
    std::uint64_t execute_nanoseconds = 0;
    std::uint64_t verify_nanoseconds = 0;
    std::vector<executor::VmPlacement> vms;  // that took part, the one that began it first
};

class BlockRunner {
  public:
    BlockRunner(std::shared_ptr<storage::Database> database, storage::StateMode mode,
                storage::ClassLoader classes, executor::VmPool& pool);

    // As a VM task. Between execution and check it calls `release`: with the block's changes among
    // uncommitted(), if the state is computed, the next block may begin.
    vm::Result<Execution> run(executor::VmSlot& slot, const executor::ChainInfo& chain,
                              const BlockToExecute& work, const std::function<void()>& release);
    // The same on a new VM alone, with nothing that was kept from other blocks but the changes of
    // those below that are not written yet: the check of a mismatch.
    [[nodiscard]] vm::Result<Execution> run_afresh(const executor::ChainInfo& chain,
                                                   const BlockToExecute& work,
                                                   const storage::ClassLoader& fresh_classes) const;

    [[nodiscard]] UncommittedBlocks& uncommitted() { return uncommitted_; }

  private:
    // This VM's reader, at the block. Error: the database cannot be read.
    vm::Result<storage::HistoryReader*> history_on(std::uint32_t vm, executor::BlockNumber block);
    vm::Result<executor::BlockResult> run_on_all(executor::VmSlot& slot,
                                                 const executor::BlockInput& input,
                                                 const BlockToExecute& work,
                                                 executor::StateReader& before,
                                                 const executor::DiffsNewestFirst& diffs,
                                                 std::vector<executor::VmPlacement>& vms);

    // Runs `own` here and `help` on other VMs, up to so many with this one, that are free or become
    // free before `own` ends. Returns, when all have ended, which came. Neither may throw.
    std::vector<executor::VmPlacement> run_with_helpers(
        std::size_t vms, const std::function<void()>& own,
        const std::function<void(executor::VmSlot&)>& help);
    // The caller runs them, and so do other VMs that are free or become free meanwhile.
    void run_jobs_on_all(std::size_t count, const executor::Job& job);

    std::shared_ptr<storage::Database> database_;
    storage::StateMode mode_;
    storage::ClassLoader classes_;
    executor::VmPool& pool_;
    // By VM; used by the VM's thread alone.
    std::vector<std::unique_ptr<storage::HistoryReader>> readers_;
    UncommittedBlocks uncommitted_;
};

}  // namespace blockexecd::daemon
