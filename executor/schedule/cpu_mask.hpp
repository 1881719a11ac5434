// SPDX-License-Identifier: Apache-2.0
// The kernel's CPU mask of a thread, of any size: fixed cpu_set_t ends at 1024 CPUs.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <vector>

namespace blockexecd::executor {

// Ascending; empty when the kernel refuses. 0 is the calling thread.
std::vector<std::uint32_t> thread_cpus(pid_t thread_id = 0);

// Errors: errno (EINVAL where none of the CPUs may be used); 0 is success.
int set_thread_cpus(const std::vector<std::uint32_t>& cpus);

}  // namespace blockexecd::executor
