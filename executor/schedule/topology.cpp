// SPDX-License-Identifier: Apache-2.0
#include "executor/schedule/topology.hpp"

#include <hwloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

#include "executor/schedule/cpu_mask.hpp"
#include "executor/schedule/cpu_quota.hpp"

namespace blockexecd::executor {
namespace {

std::optional<double> read_cpu_quota() {
    std::ifstream in("/proc/self/cgroup");
    return cpu_quota("/sys/fs/cgroup", {std::istreambuf_iterator<char>(in), {}});
}

// "always [madvise] never"; a kernel without the file has none.
bool read_huge_pages() {
    std::ifstream in("/sys/kernel/mm/transparent_hugepage/enabled");
    std::string modes;
    return std::getline(in, modes) && modes.find("[never]") == std::string::npos;
}

// What libc knows, for machines whose firmware describes no caches to the kernel: on aarch64 it
// asks the processor.
std::uint32_t line_bytes_of_libc(std::uint32_t otherwise) {
    const long bytes = sysconf(_SC_LEVEL1_DCACHE_LINESIZE);
    return bytes > 0 ? static_cast<std::uint32_t>(bytes) : otherwise;
}

// What is known without hwloc, but for the CPUs.
Topology without_cpus() {
    Topology topology;
    topology.cache_line_bytes = line_bytes_of_libc(topology.cache_line_bytes);
    topology.cpu_quota = read_cpu_quota();
    topology.huge_pages = read_huge_pages();
    return topology;
}

Topology from_affinity(const std::vector<std::uint32_t>& allowed) {
    Topology topology = without_cpus();
    for (const auto cpu : allowed)
        topology.cpus.push_back({.number = cpu, .core = cpu});
    return topology;
}

constexpr hwloc_obj_type_t kDataCaches[] = {HWLOC_OBJ_L3CACHE, HWLOC_OBJ_L2CACHE,
                                            HWLOC_OBJ_L1CACHE};

// 0 for a cache that is one core's alone.
std::uint32_t last_level_cache_of(hwloc_topology_t machine, hwloc_obj_t pu) {
    for (const auto level : kDataCaches) {
        const hwloc_obj_t cache = hwloc_get_ancestor_obj_by_type(machine, level, pu);
        if (cache == nullptr)
            continue;
        const int cores =
            hwloc_get_nbobjs_inside_cpuset_by_type(machine, cache->cpuset, HWLOC_OBJ_CORE);
        return cores > 1 ? cache->logical_index : 0;
    }
    return 0;
}

std::uint32_t efficiency_of(hwloc_topology_t machine, hwloc_obj_t pu) {
    const int kind = hwloc_cpukinds_get_by_cpuset(machine, pu->cpuset, 0);
    int efficiency = -1;
    if (kind < 0 || hwloc_cpukinds_get_info(machine, static_cast<unsigned>(kind), nullptr,
                                            &efficiency, nullptr, nullptr, 0) != 0)
        return 0;
    return static_cast<std::uint32_t>(std::max(efficiency, 0));
}

}  // namespace

Topology read_topology() {
    const auto allowed = thread_cpus();
    hwloc_topology_t raw = nullptr;
    if (hwloc_topology_init(&raw) != 0)
        return from_affinity(allowed);
    const std::unique_ptr<hwloc_topology, void (*)(hwloc_topology_t)> machine(
        raw, hwloc_topology_destroy);
    if (hwloc_topology_load(raw) != 0)
        return from_affinity(allowed);

    Topology topology = without_cpus();
    for (hwloc_obj_t pu = nullptr;
         (pu = hwloc_get_next_obj_by_type(raw, HWLOC_OBJ_PU, pu)) != nullptr;) {
        if (!std::ranges::binary_search(allowed, pu->os_index))
            continue;
        const hwloc_obj_t core = hwloc_get_ancestor_obj_by_type(raw, HWLOC_OBJ_CORE, pu);
        const int node = pu->nodeset == nullptr ? -1 : hwloc_bitmap_first(pu->nodeset);
        if (core == nullptr)
            return from_affinity(allowed);
        topology.cpus.push_back({.number = pu->os_index,
                                 .core = core->logical_index,
                                 .node = static_cast<std::uint32_t>(std::max(node, 0)),
                                 .cache = last_level_cache_of(raw, pu),
                                 .efficiency = efficiency_of(raw, pu)});
    }
    if (topology.cpus.empty())
        return from_affinity(allowed);
    std::ranges::sort(topology.cpus, {}, &Cpu::number);
    topology.from_hwloc = true;
    for (const auto level : kDataCaches) {
        const hwloc_obj_t cache = hwloc_get_obj_by_type(raw, level, 0);
        if (cache == nullptr)
            continue;
        if (topology.last_level_cache_bytes == 0)
            topology.last_level_cache_bytes = cache->attr->cache.size;
        if (cache->attr->cache.linesize != 0)
            topology.cache_line_bytes = cache->attr->cache.linesize;
    }
    return topology;
}

std::string summarize(const Topology& topology) {
    std::set<std::uint32_t> cores;
    std::set<std::uint32_t> nodes;
    std::set<std::uint32_t> caches;
    for (const auto& cpu : topology.cpus) {
        cores.insert(cpu.core);
        nodes.insert(cpu.node);
        caches.insert(cpu.cache);
    }
    const auto count = [](std::size_t n, const char* noun) {
        return std::to_string(n) + " " + noun + (n == 1 ? "" : "s");
    };
    std::string text = count(topology.cpus.size(), "CPU");
    if (topology.from_hwloc)
        text += ", " + count(cores.size(), "core") + ", " + count(nodes.size(), "node");
    else
        text += ", cores and nodes not known";
    text += ", cache line " + std::to_string(topology.cache_line_bytes) + " bytes";
    if (topology.last_level_cache_bytes != 0) {
        const auto bytes = std::to_string(topology.last_level_cache_bytes >> 20) + " MiB";
        text += caches.size() > 1
                    ? ", " + std::to_string(caches.size()) + " last-level caches of " + bytes
                    : ", last-level cache " + bytes;
    }
    return text;
}

}  // namespace blockexecd::executor
