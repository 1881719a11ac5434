// SPDX-License-Identifier: Apache-2.0
#include <boost/json/serialize.hpp>
#include <iostream>

#include "daemon/commands/commands.hpp"
#include "daemon/commands/prepare.hpp"
#include "daemon/commands/temporary_database.hpp"
#include "daemon/engine/engine.hpp"
#include "daemon/lifecycle/log.hpp"
#include "daemon/service/service.hpp"
#include "storage/archive/import.hpp"

namespace blockexecd::daemon {

ExitCode replay_command(const config::Sources& sources, const ReplayFlags& flags) {
    const auto prepared = prepare(sources);
    if (!prepared)
        return ExitCode::bad_configuration;
    const auto& settings = prepared->loaded.settings;
    start_log(choose_log_format(settings.log.format), settings.log.level);
    for (const auto& warning : prepared->placement.warnings)
        log_warning(warning);
    enter_service_cpus(prepared->placement);

    TemporaryDatabase temporary;
    if (const auto opened = temporary.open(database_settings(settings, storage::Access::create));
        opened.has_error())
        return report_error(opened.error());
    if (const auto imported = storage::import_archive(*temporary.database(), flags.archive);
        imported.has_error())
        return report_error(imported.error());

    auto engine_setting = engine_settings(settings, prepared->placement);
    if (!prepared->loaded.origins.contains("execution.bundle_folder"))
        engine_setting.bundle_folder
            .clear();  // a replay leaves nothing behind unless it is told to
    Engine engine(temporary.database(), std::move(engine_setting));
    engine.set_stop_at_mismatch(settings.execution.on_mismatch == "stop");
    const auto report = engine.run_pending();
    if (flags.json) {
        std::cout << boost::json::serialize(to_json(report)) << "\n";
        return report.exit_code();
    }
    const auto totals = storage::read_totals(*temporary.database(), engine.mode());
    if (totals.has_error())
        return report_error(totals.error());
    std::cout << to_table(report, *totals);
    for (const auto& mismatch : report.mismatches)
        std::cout << "block " << mismatch.block
                  << (mismatch.index ? " transaction " + std::to_string(*mismatch.index) : "")
                  << " " << mismatch.field << ": expected " << mismatch.expected << ", got "
                  << mismatch.actual << "\n";
    for (const auto& failure : report.failures)
        std::cout << "block " << failure.block << " not executed: " << failure.reason << "\n";
    return report.exit_code();
}

}  // namespace blockexecd::daemon
