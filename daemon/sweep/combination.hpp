// SPDX-License-Identifier: Apache-2.0
// What a sweep varies, and the list of combinations that it comes to on a machine: planned before
// anything is started, so that what is impossible is refused first.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "executor/schedule/placement.hpp"

namespace blockexecd::daemon {

struct SweepAxes {
    std::vector<std::string> cells;
    std::vector<std::uint64_t> vms;
    // Logical CPUs that the VMs are pinned to; 0: as many as VMs, or all of the plan where these
    // are fewer.
    std::vector<std::uint64_t> threads{0};
    std::vector<std::string> cpus{""};  // lists ("0-3,8"); empty: chosen by smt
    std::vector<executor::SmtUse> smt{executor::SmtUse::none};
};

// One cell of the sweep's table.
struct Combination {
    std::string cell;
    std::uint64_t vms = 0;
    std::vector<std::uint32_t> cpus;  // in the order of use; VM n runs on cpus[n % size]
    std::string cpu_list;             // the axis value
    executor::SmtUse smt = executor::SmtUse::none;
    friend bool operator==(const Combination&, const Combination&) = default;

    // "packed32, 2 VMs on cpus 0-1, smt none"
    [[nodiscard]] std::string name() const;
    // All but the number of VMs and CPUs: a line of the figures.
    [[nodiscard]] std::string series() const;
};

std::string_view smt_name(executor::SmtUse smt);

// Layouts change fastest, so that what is compared runs side by side. More threads than VMs are
// left out, and so is what an earlier combination has already. Errors: what the plan refuses.
boost::system::result<std::vector<Combination>, executor::PlacementError> combinations(
    const executor::Topology& topology, const SweepAxes& axes);

}  // namespace blockexecd::daemon
