// SPDX-License-Identifier: Apache-2.0
// Early reads: before the first transaction runs, the workers together read the cells and load the
// classes that an earlier run of the block needed, each worker another part. In key order, which is
// the database's.
#pragma once

#include <atomic>
#include <cstddef>
#include <vector>

#include "executor/parallel/versioned_state.hpp"
#include "executor/state/state_reader.hpp"
#include "executor/types/access_sets.hpp"

namespace blockexecd::executor {

class Prefetch {
  public:
    // Null: nothing is read early.
    Prefetch(const BlockAccessSets* learned, VersionedState& state);

    // By each worker, with its own reader. Values that cannot be read are left to whoever needs
    // them. Returns when no part is left to take.
    void run(StateReader& before);

  private:
    VersionedState& state_;
    AccessKeys keys_;  // each once
    std::size_t size_ = 0;
    std::atomic<std::size_t> next_{0};
};

}  // namespace blockexecd::executor
