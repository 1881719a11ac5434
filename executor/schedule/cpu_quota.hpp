// SPDX-License-Identifier: Apache-2.0
// How much CPU time the control groups leave to this process.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace blockexecd::executor {

// In CPUs, of the tightest of the process's own group and those above it; nothing where none has a
// quota. Both versions of control groups (Linux: Documentation/admin-guide/cgroup-v2.rst, cpu.max;
// scheduler/sched-bwc.rst). `mounted` is where they are mounted, `membership` has the lines of
// /proc/self/cgroup. In a container the own group may be the root of what is mounted, under a path
// that is not there: the root counts always.
std::optional<double> cpu_quota(const std::filesystem::path& mounted,
                                const std::string& membership);

}  // namespace blockexecd::executor
