// SPDX-License-Identifier: Apache-2.0
// The processor's event counters by perf_event_open, over all threads that the process starts after
// opening them. Many virtual machines have none: then the reason is told instead of numbers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace blockexecd::daemon {

struct PerfReading {
    // By name ("instructions", "cache_misses", …), user mode only; those that the kernel gives.
    std::map<std::string, std::uint64_t> counts;
    std::string missing;  // what the kernel does not give, and why; empty: everything was given
};

class PerfCounters {
  public:
    // Opens and starts what there is. Threads that run already are not counted.
    PerfCounters();
    ~PerfCounters();
    PerfCounters(const PerfCounters&) = delete;
    PerfCounters& operator=(const PerfCounters&) = delete;

    // Since the last reset, scaled where the kernel took turns between counters.
    void reset();
    [[nodiscard]] PerfReading read() const;

  private:
    struct Counter {
        std::string name;
        int descriptor;
    };
    std::vector<Counter> counters_;
    std::string missing_;
};

}  // namespace blockexecd::daemon
