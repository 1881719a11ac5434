// SPDX-License-Identifier: Apache-2.0
// The kernel's memory policy of a thread: on which NUMA nodes its fresh pages are put.
#pragma once

#include <cstdint>
#include <vector>

#include "executor/schedule/placement.hpp"

namespace blockexecd::executor {

// Of the calling thread, for a VM on `node` of a plan with `nodes`. Errors: errno (ENOSYS on a
// kernel without NUMA, EINVAL for a node without memory, EPERM in some containers); 0 is success.
int set_memory_policy(MemoryUse use, std::uint32_t node, const std::vector<std::uint32_t>& nodes);

}  // namespace blockexecd::executor
