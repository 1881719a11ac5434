// SPDX-License-Identifier: Apache-2.0
// The caches of a machine with many cores, fed with the accesses of VMs that run on them: each core
// has an L1 and an L2, a group of cores shares an L3. Every level takes the line on a miss; writes
// are as reads; other cores' copies stay (no coherence traffic).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "bench/cache_model/cache.hpp"

namespace blockexecd::bench {

// The default is the Ryzen 9 5950X: 16 cores with two siblings each, 8 cores to an L3.
struct MachineShape {
    std::size_t cores = 16;
    std::size_t cores_per_l3 = 8;
    CacheShape l1{.bytes = 32 << 10, .ways = 8};
    CacheShape l2{.bytes = 512 << 10, .ways = 8};  // 0 bytes: none
    CacheShape l3{.bytes = 32 << 20, .ways = 16, .hashed = true};
};

struct MissCounts {
    std::uint64_t accesses = 0;
    std::uint64_t l1 = 0;
    std::uint64_t l2 = 0;
    std::uint64_t l3 = 0;

    MissCounts& operator+=(const MissCounts& other);
};

class Hierarchy {
  public:
    // VMs take the L3 groups in turns, then cores, and siblings (which share L1 and L2) when every
    // core has a VM. Precondition: vms <= 2 * cores.
    Hierarchy(const MachineShape& shape, std::size_t vms);

    void access(std::size_t vm, std::uint64_t line, MissCounts& counts) {
        const Site site = sites_[vm];
        ++counts.accesses;
        if (l1_[site.core].access(line))
            return;
        ++counts.l1;
        if (!l2_.empty()) {
            if (l2_[site.core].access(line))
                return;
            ++counts.l2;
        }
        if (!l3_[site.l3].access(line))
            ++counts.l3;
    }

    struct Site {
        std::size_t core;
        std::size_t l3;
    };
    [[nodiscard]] Site site(std::size_t vm) const { return sites_[vm]; }

  private:
    std::vector<Site> sites_;  // by VM
    std::vector<Cache> l1_;    // by core
    std::vector<Cache> l2_;    // by core, or empty
    std::vector<Cache> l3_;
};

}  // namespace blockexecd::bench
