// SPDX-License-Identifier: Apache-2.0
// Which VM runs on which CPU: a plan that is made before a thread starts, from the topology and the
// settings alone.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "executor/schedule/topology.hpp"

namespace blockexecd::executor {

enum class SmtUse : std::uint8_t {
    none,    // one VM a core
    second,  // siblings too, after every core has a VM
    all,     // the siblings of a core before the next core
};

// Where the pages of a VM are: its arena, and what its thread allocates.
enum class MemoryUse : std::uint8_t {
    first_touch,  // on the node of its CPU while there is room, else elsewhere
    bind,         // on the node of its CPU only; when that is full, the kernel ends the process
    interleave,   // pages take turns over the plan's nodes
};

// The texts are lists ("0-3,8"); empty: all.
struct PlacementSettings {
    std::uint64_t vms = 0;  // 0: one for each planned CPU
    SmtUse smt = SmtUse::none;
    std::string nodes = {};
    std::string cpus = {};  // in the order of use; then smt and nodes do not choose
    bool oversubscribe = false;
    std::string service_cpus = {};
    MemoryUse memory = MemoryUse::first_touch;
    bool huge_pages = true;
};

std::string_view memory_use_name(MemoryUse use);

struct VmPlacement {
    std::uint32_t vm = 0;
    std::uint32_t cpu = 0;
    std::uint32_t core = 0;
    std::uint32_t node = 0;
    friend bool operator==(const VmPlacement&, const VmPlacement&) = default;
};

struct Placement {
    std::vector<VmPlacement> vms;  // by vm
    std::vector<std::uint32_t> service_cpus;
    MemoryUse memory = MemoryUse::first_touch;
    bool huge_pages = true;
    std::vector<std::string> warnings;

    // Of the VMs, ascending.
    [[nodiscard]] std::vector<std::uint32_t> nodes() const;
};

// An impossible setting: the key of [placement] or [execution], the bad value, the real limit, and
// the cures.
struct PlacementError {
    std::string key;
    std::string value;
    std::string limit;
    std::string cure;

    [[nodiscard]] std::string to_string() const;
};

// Fast cores come before slow ones; nodes take turns, and in a node its last-level caches, so that
// few VMs have the most cache and memory bandwidth.
boost::system::result<Placement, PlacementError> plan(const Topology& topology,
                                                      const PlacementSettings& settings);

// The plan as a text picture: nodes, their cores, the CPUs of each, and the VMs on them.
std::string picture(const Topology& topology, const Placement& placement);

[[noreturn]] void throw_exception_from_error(const PlacementError& error,
                                             const boost::source_location& where);

}  // namespace blockexecd::executor
