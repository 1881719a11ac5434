// SPDX-License-Identifier: Apache-2.0
// Executes stored blocks on the VMs, compares them with what the chain recorded, and writes the
// results back. Read, execute, check, commit: each is one call here.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "daemon/engine/block_runner.hpp"
#include "daemon/engine/block_work.hpp"
#include "daemon/engine/counters.hpp"
#include "daemon/engine/run_report.hpp"
#include "executor/classes/class_cache.hpp"
#include "executor/schedule/placement.hpp"
#include "executor/schedule/vm_pool.hpp"
#include "storage/history/class_loader.hpp"

namespace blockexecd::daemon {

// Where the parallel path executes a block instead of the plain one. where_it_pays: never on one
// VM.
enum class InBlock : std::uint8_t { never, where_it_pays, always };

struct EngineSettings {
    storage::StateMode mode = storage::StateMode::recorded;
    executor::Placement placement;
    std::size_t blocks_in_memory = 0;                      // 0: three for each VM
    std::size_t bytes_in_memory = std::size_t{256} << 20;  // of blocks as read
    std::size_t class_cache_bytes = std::size_t{512} << 20;
    std::filesystem::path bundle_folder;  // empty: no bundles
    // In recorded state, blocks with at least so many transactions are executed by all VMs that are
    // free; 0: none for their size.
    std::uint64_t giant_block_transactions = 0;
    InBlock in_block = InBlock::where_it_pays;
};

class Engine {
  public:
    // Precondition: called on a service thread, whose CPU mask the pool's threads return to.
    Engine(std::shared_ptr<storage::Database> database, EngineSettings settings);
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Executes every stored block that is not done, then returns; of these, only blocks within the
    // given range. One thread at a time. Throws std::runtime_error when the database fails.
    RunReport run_pending(std::optional<storage::BlockRange> within = std::nullopt);
    // From any thread: begin no further block; those begun are committed. Later runs do nothing.
    void stop();

    void set_stop_at_mismatch(bool stop) { stop_at_mismatch_ = stop; }
    [[nodiscard]] storage::StateMode mode() const { return settings_.mode; }
    [[nodiscard]] const executor::Placement& placement() const { return settings_.placement; }
    [[nodiscard]] std::vector<executor::VmSite> vm_sites() const { return pool_.sites(); }
    [[nodiscard]] const Counters& counters() const { return counters_; }
    [[nodiscard]] executor::ClassCacheStatistics class_statistics() const {
        return class_cache_->statistics();
    }

  private:
    ExecutedBlock execute(executor::VmSlot& slot, const executor::ChainInfo& chain,
                          const BlockToExecute& work, const std::function<void()>& release);
    // Which blocks all VMs share, when so many begin after the next one.
    [[nodiscard]] ParallelBlocks parallel_blocks(std::uint64_t after) const;
    bool commit(RunReport& report, const executor::ChainInfo& chain, ExecutedBlock&& block);
    void record_failure(RunReport& report, const ExecutedBlock& block);
    void record_outcome(RunReport& report, const executor::ChainInfo& chain, ExecutedBlock&& block);

    std::shared_ptr<storage::Database> database_;
    EngineSettings settings_;
    std::shared_ptr<executor::ClassCache> class_cache_;
    storage::ClassLoader classes_;
    Counters counters_;
    std::atomic<bool> stop_at_mismatch_{false};

    std::mutex mutex_;
    bool stopped_ = false;
    std::function<void()> stop_run_;  // of the run that is going on
    std::optional<BlockRunner> runner_;
    executor::VmPool pool_;  // last: its threads end before what they use
};

}  // namespace blockexecd::daemon
