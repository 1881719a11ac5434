// SPDX-License-Identifier: Apache-2.0
// Test support: workers disturbed at their named points, at random from a seed: delays, and workers
// that leave in the middle of what they do.
#pragma once

#include <atomic>
#include <cstdint>

#include "executor/parallel/worker_loop.hpp"

namespace blockexecd::executor::test {

class Chaos {
  public:
    struct Rates {  // one in so many points; 0: never
        std::uint64_t delays = 8;
        std::uint64_t leaves = 0;
    };
    Chaos(std::uint64_t seed, Rates rates) : seed_(seed), rates_(rates) {}

    // Worker 0 never leaves: someone has to end the block. This outlives the block.
    [[nodiscard]] WorkerChaos hook() { return {&Chaos::at, this}; }
    [[nodiscard]] std::uint64_t leaves() const { return leaves_.load(); }

  private:
    static WorkerFate at(WorkerPoint point, std::size_t worker, void* context);

    std::uint64_t seed_;
    Rates rates_;
    std::atomic<std::uint64_t> points_{0};
    std::atomic<std::uint64_t> leaves_{0};
};

}  // namespace blockexecd::executor::test
