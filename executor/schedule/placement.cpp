// SPDX-License-Identifier: Apache-2.0
#include "executor/schedule/placement.hpp"

#include <algorithm>
#include <boost/throw_exception.hpp>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <tuple>

#include "executor/schedule/cpu_list.hpp"

namespace blockexecd::executor {
namespace {

using Cpus = std::vector<Cpu>;
template <class T>
using Planned = boost::system::result<T, PlacementError>;

std::vector<std::uint32_t> numbers(const Cpus& cpus) {
    std::vector<std::uint32_t> list;
    for (const auto& cpu : cpus)
        list.push_back(cpu.number);
    return list;
}

std::string counted_cpus(std::size_t count) {
    return std::to_string(count) + (count == 1 ? " CPU" : " CPUs");
}

std::vector<std::uint32_t> nodes_of(const Cpus& cpus) {
    std::set<std::uint32_t> nodes;
    for (const auto& cpu : cpus)
        nodes.insert(cpu.node);
    return {nodes.begin(), nodes.end()};
}

Planned<std::vector<std::uint32_t>> list_of(const std::string& key, const std::string& text) {
    if (auto list = parse_cpu_list(text))
        return *std::move(list);
    return PlacementError{key, text, "must be a list of numbers, each once",
                          "Write it like 0-3,8."};
}

// The CPUs named, in the order named.
Planned<Cpus> named_cpus(const Topology& topology, const std::string& key,
                         const std::string& text) {
    auto list = list_of(key, text);
    if (list.has_error())
        return list.error();
    Cpus cpus;
    for (const auto number : *list) {
        const auto found = std::ranges::find(topology.cpus, number, &Cpu::number);
        if (found == topology.cpus.end())
            return PlacementError{key, text,
                                  "names CPU " + std::to_string(number) +
                                      ", which this process may not use; it may use " +
                                      format_cpu_list(numbers(topology.cpus)),
                                  "Choose among these, or widen the process's CPU affinity "
                                  "(taskset, AllowedCPUs= or CPUAffinity= of the unit, the "
                                  "container's cpuset)."};
        cpus.push_back(*found);
    }
    return cpus;
}

// The CPUs of one cache in their order of use.
Cpus order_of_use(Cpus cpus, SmtUse smt) {
    std::ranges::sort(cpus, [](const Cpu& a, const Cpu& b) {
        return std::tuple(-static_cast<std::int64_t>(a.efficiency), a.core, a.number) <
               std::tuple(-static_cast<std::int64_t>(b.efficiency), b.core, b.number);
    });
    if (smt == SmtUse::all)
        return cpus;
    std::set<std::uint32_t> seen;
    const auto siblings = std::ranges::stable_partition(
        cpus, [&](const Cpu& cpu) { return seen.insert(cpu.core).second; });
    if (smt == SmtUse::none)
        cpus.erase(siblings.begin(), siblings.end());
    return cpus;
}

// The groups take turns: with rounds of one CPU, or, where siblings wait until every core has a VM,
// first all groups' cores. Each group is in its order of use.
Cpus in_turns(const std::map<std::uint32_t, Cpus>& groups, SmtUse smt) {
    struct Turn {
        bool sibling;
        std::int64_t slowness;
        std::size_t round;
        Cpu cpu;
    };
    std::vector<Turn> turns;
    for (const auto& [group, cpus] : groups) {
        std::set<std::uint32_t> seen;
        std::size_t round = 0;
        for (const auto& cpu : cpus) {
            const bool sibling = !seen.insert(cpu.core).second && smt == SmtUse::second;
            turns.push_back({sibling, -static_cast<std::int64_t>(cpu.efficiency), round++, cpu});
        }
    }
    std::ranges::stable_sort(turns, [](const Turn& a, const Turn& b) {
        return std::tuple(a.sibling, a.slowness, a.round) <
               std::tuple(b.sibling, b.slowness, b.round);
    });
    Cpus cpus;
    for (const auto& turn : turns)
        cpus.push_back(turn.cpu);
    return cpus;
}

Cpus chosen_cpus(const Topology& topology, const std::set<std::uint32_t>& nodes, SmtUse smt) {
    std::map<std::uint32_t, std::map<std::uint32_t, Cpus>> caches_by_node;
    for (const auto& cpu : topology.cpus)
        if (nodes.contains(cpu.node))
            caches_by_node[cpu.node][cpu.cache].push_back(cpu);
    std::map<std::uint32_t, Cpus> by_node;
    for (auto& [node, caches] : caches_by_node) {
        for (auto& [cache, cpus] : caches)
            cpus = order_of_use(std::move(cpus), smt);
        by_node[node] = in_turns(caches, smt);
    }
    return in_turns(by_node, smt);
}

Planned<Cpus> planned_cpus(const Topology& topology, const PlacementSettings& settings) {
    if (!settings.cpus.empty()) {
        if (settings.smt != SmtUse::none || !settings.nodes.empty())
            return PlacementError{"[placement] cpus", settings.cpus,
                                  "already says which CPUs are used, so smt and nodes cannot",
                                  "Remove smt and nodes, or remove cpus."};
        return named_cpus(topology, "[placement] cpus", settings.cpus);
    }
    const auto present = nodes_of(topology.cpus);
    auto nodes = list_of("[placement] nodes", settings.nodes);
    if (nodes.has_error())
        return nodes.error();
    for (const auto node : *nodes) {
        if (!topology.from_hwloc)
            return PlacementError{"[placement] nodes", settings.nodes,
                                  "cannot be used: this machine does not tell its NUMA nodes",
                                  "Remove nodes, or name the CPUs in [placement] cpus."};
        if (std::ranges::find(present, node) == present.end())
            return PlacementError{"[placement] nodes", settings.nodes,
                                  "names node " + std::to_string(node) +
                                      ", which has no CPU that this process may use; the nodes "
                                      "that have are " +
                                      format_cpu_list(present),
                                  "Choose among these, or widen the process's CPU affinity."};
    }
    const auto& used = nodes->empty() ? present : *nodes;
    return chosen_cpus(topology, {used.begin(), used.end()}, settings.smt);
}

std::string more_cpus_cure(const Topology& topology, const PlacementSettings& settings,
                           std::size_t planned) {
    std::string cure = "Lower it to " + std::to_string(planned) + " (or 0)";
    if (settings.smt == SmtUse::none && settings.cpus.empty() &&
        chosen_cpus(
            topology,
            [&] {
                const auto n = nodes_of(topology.cpus);
                return std::set(n.begin(), n.end());
            }(),
            SmtUse::second)
                .size() > planned)
        cure += ", or set [placement] smt = \"second\"";
    if (!settings.nodes.empty())
        cure += ", or name more nodes";
    return cure + ", or set [placement] oversubscribe = true.";
}

}  // namespace

std::string_view memory_use_name(MemoryUse use) {
    switch (use) {
        case MemoryUse::first_touch:
            return "first touch";
        case MemoryUse::bind:
            return "binding to the VM's node";
        case MemoryUse::interleave:
            return "interleaving the nodes";
    }
    return "";
}

std::vector<std::uint32_t> Placement::nodes() const {
    std::set<std::uint32_t> all;
    for (const auto& vm : vms)
        all.insert(vm.node);
    return {all.begin(), all.end()};
}

std::string PlacementError::to_string() const {
    return key + " = " + value + " " + limit + ". " + cure;
}

boost::system::result<Placement, PlacementError> plan(const Topology& topology,
                                                      const PlacementSettings& settings) {
    if (topology.cpus.empty())
        return PlacementError{"[execution] vms", std::to_string(settings.vms),
                              "cannot be placed: the process may use no CPU",
                              "Give it CPUs (taskset, the container's cpuset)."};
    auto cpus = planned_cpus(topology, settings);
    if (cpus.has_error())
        return cpus.error();
    const std::size_t vms = settings.vms == 0 ? cpus->size() : settings.vms;
    if (vms > cpus->size() && !settings.oversubscribe)
        return PlacementError{"[execution] vms", std::to_string(settings.vms),
                              "is more than the " + counted_cpus(cpus->size()) + " of the plan (" +
                                  format_cpu_list(numbers(*cpus)) + ")",
                              more_cpus_cure(topology, settings, cpus->size())};
    if (settings.memory != MemoryUse::first_touch && !topology.from_hwloc)
        return PlacementError{"[placement] memory",
                              settings.memory == MemoryUse::bind ? "bind" : "interleave",
                              "cannot be used: this machine does not tell its NUMA nodes",
                              "Set first_touch, which needs no nodes."};
    auto service = named_cpus(topology, "[placement] service_cpus", settings.service_cpus);
    if (service.has_error())
        return service.error();

    Placement placement;
    for (std::size_t vm = 0; vm < vms; ++vm) {
        const Cpu& cpu = (*cpus)[vm % cpus->size()];
        placement.vms.push_back({static_cast<std::uint32_t>(vm), cpu.number, cpu.core, cpu.node});
    }
    placement.service_cpus = numbers(service->empty() ? topology.cpus : *service);
    std::ranges::sort(placement.service_cpus);
    placement.memory = settings.memory;
    placement.huge_pages = settings.huge_pages;
    if (settings.huge_pages && !topology.huge_pages)
        placement.warnings.emplace_back(
            "the kernel has transparent huge pages switched off: the VMs' memory is on small "
            "pages");
    if (vms > cpus->size())
        placement.warnings.push_back(std::to_string(vms) + " VMs share " +
                                     counted_cpus(cpus->size()));
    if (topology.cpu_quota && *topology.cpu_quota < static_cast<double>(vms)) {
        char quota[32];
        std::snprintf(quota, sizeof quota, "%.2f", *topology.cpu_quota);
        placement.warnings.push_back("the control group allows " + std::string(quota) +
                                     " CPUs of time for " + std::to_string(vms) + " VMs");
    }
    if (!topology.from_hwloc)
        placement.warnings.emplace_back(
            "cores and nodes of this machine are not known: each CPU counts as a core on node 0");
    return placement;
}

std::string picture(const Topology& topology, const Placement& placement) {
    std::map<std::uint32_t, std::vector<std::uint32_t>> vms_by_cpu;
    for (const auto& vm : placement.vms)
        vms_by_cpu[vm.cpu].push_back(vm.vm);
    using Cores = std::map<std::uint32_t, Cpus>;
    std::map<std::uint32_t, std::map<std::uint32_t, Cores>> nodes;
    for (const auto& cpu : topology.cpus)
        nodes[cpu.node][cpu.cache][cpu.core].push_back(cpu);

    std::string text = summarize(topology) + "\n";
    for (const auto& [node, caches] : nodes) {
        text += "node " + std::to_string(node) + "\n";
        const bool several = caches.size() > 1;
        for (const auto& [cache, cores] : caches) {
            if (several)
                text += "  last-level cache " + std::to_string(cache) + "\n";
            for (const auto& [core, cpus] : cores) {
                text += (several ? "    core " : "  core ") + std::to_string(core);
                for (const auto& cpu : cpus) {
                    text += "  [cpu " + std::to_string(cpu.number);
                    if (const auto vms = vms_by_cpu.find(cpu.number); vms != vms_by_cpu.end())
                        text += ": vm " + format_cpu_list(vms->second);
                    text += "]";
                }
                text += "\n";
            }
        }
    }
    text += std::to_string(placement.vms.size()) + (placement.vms.size() == 1 ? " VM" : " VMs") +
            "; service threads on cpus " + format_cpu_list(placement.service_cpus) +
            "; memory by " + std::string(memory_use_name(placement.memory)) +
            (placement.huge_pages ? ", huge pages\n" : ", small pages\n");
    for (const auto& warning : placement.warnings)
        text += "warning: " + warning + "\n";
    return text;
}

void throw_exception_from_error(const PlacementError& error, const boost::source_location& where) {
    boost::throw_with_location(std::runtime_error(error.to_string()), where);
}

}  // namespace blockexecd::executor
