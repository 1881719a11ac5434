// SPDX-License-Identifier: Apache-2.0
// What commands do before their work: settings from all sources, the plan for the VMs, and the
// database. What is wrong is told on standard error.
#pragma once

#include <memory>
#include <optional>

#include "config/load.hpp"
#include "daemon/lifecycle/exit_code.hpp"
#include "executor/schedule/placement.hpp"
#include "storage/database/database.hpp"

namespace blockexecd::daemon {

struct Prepared {
    config::Loaded loaded;
    executor::Topology topology;
    executor::Placement placement;
};

// Nothing when something is wrong; all problems were told.
std::optional<Prepared> prepare(const config::Sources& sources);

// The calling thread and all that it starts run on the plan's service CPUs from here on.
void enter_service_cpus(const executor::Placement& placement);

storage::DatabaseSettings database_settings(const config::Settings& settings,
                                            storage::Access access);

// Tells the error, and gives the exit code that fits.
ExitCode report_error(const storage::Error& error);

}  // namespace blockexecd::daemon
