// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/prepare.hpp"

#include <boost/asio/ip/address.hpp>
#include <cstring>
#include <iostream>

#include "daemon/lifecycle/log.hpp"
#include "executor/schedule/cpu_mask.hpp"

namespace blockexecd::daemon {
namespace {

executor::PlacementSettings placement_settings(const config::Settings& settings) {
    executor::SmtUse smt = executor::SmtUse::none;
    if (settings.placement.smt == "second")
        smt = executor::SmtUse::second;
    else if (settings.placement.smt == "all")
        smt = executor::SmtUse::all;
    auto memory = executor::MemoryUse::first_touch;
    if (settings.placement.memory == "bind")
        memory = executor::MemoryUse::bind;
    else if (settings.placement.memory == "interleave")
        memory = executor::MemoryUse::interleave;
    return {.vms = settings.execution.vms,
            .smt = smt,
            .nodes = settings.placement.nodes,
            .cpus = settings.placement.cpus,
            .oversubscribe = settings.placement.oversubscribe,
            .service_cpus = settings.placement.service_cpus,
            .memory = memory,
            .huge_pages = settings.placement.huge_pages};
}

std::optional<config::Problem> address_problem(const config::Loaded& loaded) {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(loaded.settings.admin.address, error);
    if (!error && address.is_loopback())
        return std::nullopt;
    return config::unusable(
        loaded, "admin", "address",
        error ? "is no IP address"
              : "is no loopback address, and the endpoint has no authentication",
        "Set 127.0.0.1 or ::1, and put a proxy that checks its clients before it.");
}

}  // namespace

std::optional<Prepared> prepare(const config::Sources& sources) {
    Prepared prepared;
    prepared.loaded = config::load(sources);
    auto& problems = prepared.loaded.problems;
    if (auto problem = address_problem(prepared.loaded))
        problems.push_back(*std::move(problem));
    prepared.topology = executor::read_topology();
    auto placement =
        executor::plan(prepared.topology, placement_settings(prepared.loaded.settings));
    if (placement.has_error()) {
        const auto& error = placement.error();
        const auto key = error.key == "[execution] vms"
                             ? "execution.vms"
                             : "placement." + error.key.substr(error.key.rfind(' ') + 1);
        const auto origin = prepared.loaded.origins.find(key);
        problems.push_back({origin == prepared.loaded.origins.end() ? "default" : origin->second,
                            error.key, error.value, error.limit, error.cure});
    }
    for (const auto& problem : problems)
        std::cerr << problem.to_string() << "\n";
    if (!problems.empty())
        return std::nullopt;
    prepared.placement = *std::move(placement);
    return prepared;
}

void enter_service_cpus(const executor::Placement& placement) {
    if (const int error = executor::set_thread_cpus(placement.service_cpus); error != 0)
        log_warning("service CPUs not set", {{"reason", std::strerror(error)}});
}

storage::DatabaseSettings database_settings(const config::Settings& settings,
                                            storage::Access access) {
    storage::DatabaseSettings database;
    database.path = settings.storage.path;
    database.access = access;
    database.block_cache_bytes = settings.storage.block_cache_mb << 20;
    database.sync_results = settings.storage.sync_results;
    return database;
}

ExitCode report_error(const storage::Error& error) {
    std::cerr << error.message << "\n";
    return exit_code_of(error.code);
}

}  // namespace blockexecd::daemon
