// SPDX-License-Identifier: Apache-2.0
// The processors that this process may use, as plain data: the plan is made from it alone, so that
// it can be tested with machines that are not there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace blockexecd::executor {

// A logical CPU.
struct Cpu {
    std::uint32_t number = 0;      // the kernel's
    std::uint32_t core = 0;        // physical core, unique in the machine
    std::uint32_t node = 0;        // NUMA node, the kernel's number
    std::uint32_t cache = 0;       // last-level cache; 0 where cores share none
    std::uint32_t efficiency = 0;  // kind of core: higher is faster; 0 where all are the same
    friend bool operator==(const Cpu&, const Cpu&) = default;
};

struct Topology {
    std::vector<Cpu> cpus;  // by number; only those that affinity and cgroup leave to this process
    std::uint32_t cache_line_bytes = 64;
    std::uint64_t last_level_cache_bytes = 0;  // of one cache; 0: not known
    std::optional<double> cpu_quota;           // of the cgroup, in CPUs
    bool huge_pages = true;                    // the kernel gives them where it is asked to
    // Cores and nodes are known. Without it each CPU counts as a core of its own on node 0.
    bool from_hwloc = false;
};

// From hwloc, or the affinity mask alone where hwloc gives no cores.
Topology read_topology();

// One line: "2 CPUs, 2 cores, 1 node, cache line 64 bytes".
std::string summarize(const Topology& topology);

}  // namespace blockexecd::executor
