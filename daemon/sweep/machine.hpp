// SPDX-License-Identifier: Apache-2.0
// The machine that a measurement was made on, in the words that a reader needs to judge it.
#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "executor/schedule/topology.hpp"

namespace blockexecd::daemon {

// processor, architecture, cpus, cores, nodes, smt, caches (each with level, type, bytes, ways,
// line and the CPUs that share one), cache_line_bytes, kernel, hypervisor, memory_bytes,
// transparent_huge_pages, allocator.
boost::json::object machine_json(const executor::Topology& topology);

// "glibc 2.36", or the allocator that was preloaded.
std::string allocator_name();

}  // namespace blockexecd::daemon
