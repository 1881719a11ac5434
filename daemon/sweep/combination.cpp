// SPDX-License-Identifier: Apache-2.0
#include "daemon/sweep/combination.hpp"

#include <algorithm>

#include "executor/schedule/cpu_list.hpp"

namespace blockexecd::daemon {
namespace {

using executor::PlacementError;
using executor::SmtUse;

boost::system::result<std::vector<std::uint32_t>, PlacementError> cpus_of(
    const executor::Topology& topology, const std::string& list, SmtUse smt,
    std::uint64_t threads) {
    auto placement = executor::plan(
        topology, {.vms = threads, .smt = list.empty() ? smt : SmtUse::none, .cpus = list});
    if (placement.has_error()) {
        auto error = placement.error();
        if (error.key == "[execution] vms")
            error = {"--threads", std::to_string(threads), error.limit,
                     "Choose fewer threads, or --smt second or all; more VMs than threads share "
                     "CPUs."};
        return error;
    }
    std::vector<std::uint32_t> cpus;
    for (const auto& vm : placement->vms)
        cpus.push_back(vm.cpu);
    return cpus;
}

}  // namespace

std::string_view smt_name(SmtUse smt) {
    switch (smt) {
        case SmtUse::none:
            return "none";
        case SmtUse::second:
            return "second";
        case SmtUse::all:
            return "all";
    }
    return "";
}

std::string Combination::name() const {
    return cell + ", " + std::to_string(vms) + (vms == 1 ? " VM" : " VMs") + " on cpus " +
           executor::format_cpu_list(cpus) + ", smt " + std::string(smt_name(smt));
}

std::string Combination::series() const {
    std::string text = cell;
    if (smt != SmtUse::none)
        text += ", smt " + std::string(smt_name(smt));
    return cpu_list.empty() ? text : text + ", cpus " + cpu_list;
}

boost::system::result<std::vector<Combination>, PlacementError> combinations(
    const executor::Topology& topology, const SweepAxes& axes) {
    std::vector<Combination> all;
    for (const auto smt : axes.smt)
        for (const auto& list : axes.cpus) {
            const auto most = cpus_of(topology, list, smt, 0);
            if (most.has_error())
                return most.error();
            for (const auto vms : axes.vms)
                for (const auto asked : axes.threads) {
                    const auto threads =
                        asked == 0 ? std::min<std::uint64_t>(vms, most->size()) : asked;
                    if (threads > vms)
                        continue;
                    const auto cpus = cpus_of(topology, list, smt, threads);
                    if (cpus.has_error())
                        return cpus.error();
                    for (const auto& cell : axes.cells) {
                        Combination one{.cell = cell,
                                        .vms = vms,
                                        .cpus = *cpus,
                                        .cpu_list = list,
                                        .smt = list.empty() ? smt : SmtUse::none};
                        if (std::ranges::find(all, one) == all.end())
                            all.push_back(std::move(one));
                    }
                }
        }
    return all;
}

}  // namespace blockexecd::daemon
