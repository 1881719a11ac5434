// SPDX-License-Identifier: Apache-2.0
// A stored chain executed by N VMs whose accesses go through the model of a machine. The first half
// of the blocks warms the caches; the second is counted, so the same blocks are for every N.
#pragma once

#include <cstdint>
#include <memory>

#include "bench/cache_model/recorder.hpp"
#include "executor/classes/class_cache.hpp"
#include "storage/database/database.hpp"
#include "storage/schema/records.hpp"

namespace blockexecd::bench {

struct ModelRun {
    std::size_t vms = 0;
    std::uint64_t blocks = 0;  // counted
    std::uint64_t transactions = 0;
    std::uint64_t steps = 0;
    std::uint64_t accesses = 0;  // repeated ones of the same line included
    MissCounts cells;            // of VMs' own arenas
    MissCounts others;

    [[nodiscard]] MissCounts all() const;
};

class ModelReplay {
  public:
    // Executes and verifies the first `blocks` blocks once, which loads their classes. Throws
    // std::runtime_error when a block mismatches.
    ModelReplay(std::shared_ptr<storage::Database> database, std::uint64_t blocks);

    // Block i goes to VM i % vms. Precondition: `vms` divides half of the blocks. `again`, for
    // short chains: all blocks warm, and all are counted when they are executed a second time; VMs
    // may be more than blocks, and then several execute the same.
    ModelRun run(const MachineShape& machine, std::size_t vms, bool again);

  private:
    std::shared_ptr<storage::Database> database_;
    std::shared_ptr<executor::ClassCache> cache_;
    storage::BlockRange range_;
};

}  // namespace blockexecd::bench
