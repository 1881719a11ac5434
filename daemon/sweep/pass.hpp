// SPDX-License-Identifier: Apache-2.0
// One verified execution of a stored chain in a process of its own, and what it cost. `bench pass`
// makes it; `bench sweep` starts many and reads what they print.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>

#include "daemon/engine/engine.hpp"
#include "daemon/sweep/perf_counters.hpp"

namespace blockexecd::daemon {

struct Pass {
    std::string cell;
    std::string commit;
    std::string compiler;
    std::string allocator;
    std::uint64_t vms = 0;
    std::uint64_t vms_used = 0;  // that executed at least one block
    std::uint64_t blocks = 0;
    std::uint64_t transactions = 0;
    std::uint64_t matched = 0;
    std::uint64_t steps = 0;
    double wall_seconds = 0;    // execution and write-back
    double user_seconds = 0;    // of all threads, in that time
    double system_seconds = 0;  // likewise
    std::uint64_t minor_faults = 0;
    std::uint64_t major_faults = 0;
    std::uint64_t peak_memory_bytes = 0;  // resident, of the whole process
    PerfReading counters;
    std::string failure;  // why the pass does not count; empty: everything matched

    [[nodiscard]] double transactions_per_second() const;
    [[nodiscard]] double steps_per_second() const;
};

// Executes every pending block. Precondition: `counters` was opened before the engine was made.
Pass run_pass(Engine& engine, PerfCounters& counters);

boost::json::object to_json(const Pass& pass);
// Throws std::exception when a member is missing or of another type.
Pass pass_from_json(const boost::json::object& object);

}  // namespace blockexecd::daemon
