// SPDX-License-Identifier: Apache-2.0
// bench block: what several VMs gain inside of one block at a time, against the same work on one
// VM, and against a ceiling: as many processes with one VM each, side by side. All sides are
// processes that live through the whole measurement, take turns, and verify everything they
// execute.
#include <sys/resource.h>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <deque>
#include <iostream>
#include <stdexcept>

#include "daemon/commands/commands.hpp"
#include "daemon/commands/follower.hpp"
#include "daemon/commands/temporary_chain.hpp"
#include "daemon/lifecycle/version.hpp"

namespace blockexecd::daemon {
namespace {

struct Side {
    std::string name;
    std::vector<Follower*> processes;
    Knowledge knowledge = Knowledge::none;
    std::vector<double> per_second = {};  // transactions, one a round, of all processes together
    std::vector<double> cpu_microseconds = {};  // a transaction
};

double median(std::vector<double> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

// Of the rounds' ratios: what disturbs a round disturbs both sides.
double median_ratio(const Side& side, const Side& other) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < side.per_second.size(); ++i)
        ratios.push_back(side.per_second[i] / other.per_second[i]);
    return median(std::move(ratios));
}

// False: something did not match.
bool run_once(Side& side, bool counted) {
    for (auto* process : side.processes)
        process->begin(side.knowledge);
    double per_second = 0;
    double cpu_seconds = 0;
    std::uint64_t transactions = 0;
    bool all_matched = true;
    for (auto* process : side.processes) {
        const auto run = process->end();
        per_second += static_cast<double>(run.transactions) / run.seconds;
        cpu_seconds += run.cpu_seconds;
        transactions += run.transactions;
        all_matched = all_matched && run.all_matched;
    }
    if (counted) {
        side.per_second.push_back(per_second);
        side.cpu_microseconds.push_back(cpu_seconds * 1e6 / static_cast<double>(transactions));
    }
    return all_matched;
}

boost::json::object to_json(const Side& side) {
    return {{"side", side.name},
            {"processes", side.processes.size()},
            {"transactions_per_second", median(side.per_second)},
            {"cpu_microseconds_per_transaction", median(side.cpu_microseconds)},
            {"all_transactions_per_second",
             boost::json::array(side.per_second.begin(), side.per_second.end())}};
}

double process_cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// The sides' processes: `vms` and `cpus` as settings, and how blocks use several VMs.
std::vector<std::string> follower_arguments(const BenchBlockFlags& flags, std::uint64_t vms,
                                            const std::string& cpus, const char* in_block) {
    std::vector<std::string> arguments{"bench",    "block",  "--archive", flags.archive.string(),
                                       "--follow", in_block, "--vms",     std::to_string(vms)};
    if (!cpus.empty()) {
        arguments.emplace_back("--placement.cpus");
        arguments.push_back(cpus);
    }
    return arguments;
}

ExitCode follow(const config::Sources& sources, const BenchBlockFlags& flags) {
    auto with_state = sources;
    with_state.flags.emplace_back("execution.vms", std::to_string(flags.vms.front()));
    with_state.flags.emplace_back("execution.state", "computed");
    const auto chain = open_temporary_chain(with_state, flags.archive);
    if (chain.has_error())
        return chain.error();
    auto& database = *(*chain)->database();
    auto setting = (*chain)->engine_setting((*chain)->prepared.placement);
    setting.in_block = flags.follow == "never"    ? InBlock::never
                       : flags.follow == "always" ? InBlock::always
                                                  : InBlock::where_it_pays;
    Engine engine((*chain)->database(), std::move(setting));
    std::string line;
    while (std::getline(std::cin, line)) {
        const auto knowledge = knowledge_of(line);
        if (!knowledge)
            return ExitCode::bad_input;
        if (const auto reset = storage::reset_results(database, engine.mode()); reset.has_error())
            return report_error(reset.error());
        if (*knowledge == Knowledge::none)
            if (const auto none = storage::forget_access_sets(database); none.has_error())
                return report_error(none.error());
        const double cpu_before = process_cpu_seconds();
        const auto report = engine.run_pending();
        const FollowedRun run{.seconds = report.seconds,
                              .cpu_seconds = process_cpu_seconds() - cpu_before,
                              .transactions = report.transactions,
                              .all_matched = report.exit_code() == ExitCode::success};
        std::cout << boost::json::serialize(to_json(run)) << std::endl;
    }
    return ExitCode::success;
}

}  // namespace

ExitCode bench_block_command(const config::Sources& sources, const BenchBlockFlags& flags) {
    if (!flags.follow.empty())
        return follow(sources, flags);
    const auto most = std::ranges::max(flags.vms);
    auto with_vms = sources;
    with_vms.flags.emplace_back("execution.vms", std::to_string(most));
    const auto prepared = prepare(with_vms);
    if (!prepared)
        return ExitCode::bad_configuration;
    const auto cpu = [&](std::uint64_t vm) {
        return std::to_string(prepared->placement.vms[vm].cpu);
    };

    std::deque<Follower> processes;
    const auto start = [&](std::uint64_t vms, const std::string& cpus, const char* in_block) {
        return &processes.emplace_back(follower_arguments(flags, vms, cpus, in_block));
    };
    std::vector<Follower*> alone;
    for (std::uint64_t vm = 0; vm < most; ++vm)
        alone.push_back(start(1, cpu(vm), "never"));
    std::vector<Side> sides{{.name = "one VM", .processes = {alone[0]}}};
    sides.push_back(
        {.name = "one VM by the parallel path", .processes = {start(1, cpu(0), "always")}});
    for (const auto vms : flags.vms) {
        if (vms == 1)
            continue;
        std::string cpus = cpu(0);
        for (std::uint64_t vm = 1; vm < vms; ++vm)
            cpus += "," + cpu(vm);
        auto* together = start(vms, cpus, "where_it_pays");
        const auto number = std::to_string(vms);
        sides.push_back(
            {.name = number + " processes of one VM",
             .processes = {alone.begin(), alone.begin() + static_cast<std::ptrdiff_t>(vms)}});
        sides.push_back({.name = number + " VMs in a block", .processes = {together}});
        sides.push_back({.name = number + " VMs in a block that ran before",
                         .processes = {together},
                         .knowledge = Knowledge::learned});
    }

    for (std::uint64_t round = 0; round <= flags.rounds; ++round)
        for (auto& side : sides)
            if (!run_once(side, round > 0)) {  // the first warms caches
                std::cerr << side.name << ": not all matched; nothing is measured\n";
                return ExitCode::mismatches;
            }

    boost::json::array sides_json;
    for (const auto& side : sides)
        sides_json.push_back(to_json(side));
    boost::json::object ratios{
        {"one VM by the parallel path / one VM", median_ratio(sides[1], sides[0])}};
    for (std::size_t i = 2; i < sides.size(); i += 3)
        for (const auto& side : {sides[i + 1], sides[i + 2]}) {
            ratios[side.name + " / " + sides[i].name] = median_ratio(side, sides[i]);
            ratios[side.name + " / one VM"] = median_ratio(side, sides[0]);
        }
    if (flags.json) {
        std::cout << boost::json::serialize(
                         boost::json::object{{"archive", flags.archive.string()},
                                             {"rounds", flags.rounds},
                                             {"machine", executor::summarize(prepared->topology)},
                                             {"versions", version_json()},
                                             {"sides", std::move(sides_json)},
                                             {"ratios", std::move(ratios)}})
                  << "\n";
        return ExitCode::success;
    }
    for (const auto& side : sides)
        std::printf("%-36s %10.1f transactions/s %10.1f us CPU a transaction\n", side.name.c_str(),
                    median(side.per_second), median(side.cpu_microseconds));
    for (const auto& ratio : ratios)
        std::printf("%5.3f  %s\n", ratio.value().as_double(), std::string(ratio.key()).c_str());
    return ExitCode::success;
}

}  // namespace blockexecd::daemon
