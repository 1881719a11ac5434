// SPDX-License-Identifier: Apache-2.0
#include <boost/json/serialize.hpp>
#include <iostream>
#include <string>

#include "daemon/commands/commands.hpp"
#include "daemon/commands/prepare.hpp"
#include "daemon/lifecycle/log.hpp"
#include "daemon/service/service.hpp"
#include "daemon/sweep/pass.hpp"

namespace blockexecd::daemon {

ExitCode bench_pass_command(const config::Sources& sources, const BenchPassFlags& flags) {
    auto with_database = sources;
    with_database.flags.emplace_back("storage.path", flags.database.string());
    const auto prepared = prepare(with_database);
    if (!prepared)
        return ExitCode::bad_configuration;
    const auto& settings = prepared->loaded.settings;
    start_log(choose_log_format(settings.log.format), "error");
    enter_service_cpus(prepared->placement);
    auto database = storage::Database::open(database_settings(settings, storage::Access::existing));
    if (database.has_error())
        return report_error(database.error());
    PerfCounters counters;  // before the threads that it shall count
    auto engine_setting = engine_settings(settings, prepared->placement);
    engine_setting.bundle_folder.clear();
    Engine engine(*std::move(database), std::move(engine_setting));
    if (flags.wait) {
        std::cout << "ready" << std::endl;
        std::string line;
        if (!std::getline(std::cin, line))
            return ExitCode::success;  // whoever started it ended
    }
    const auto pass = run_pass(engine, counters);
    std::cout << boost::json::serialize(to_json(pass)) << "\n";
    return pass.failure.empty() ? ExitCode::success : ExitCode::mismatches;
}

}  // namespace blockexecd::daemon
