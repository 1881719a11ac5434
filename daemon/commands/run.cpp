// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <iostream>

#include "daemon/commands/commands.hpp"
#include "daemon/commands/prepare.hpp"
#include "daemon/lifecycle/log.hpp"
#include "daemon/lifecycle/version.hpp"
#include "daemon/service/service.hpp"
#include "daemon/service/unusable_setting.hpp"

namespace blockexecd::daemon {

ExitCode run_command(const config::Sources& sources, const RunFlags& flags) {
    auto prepared = prepare(sources);
    if (!prepared)
        return ExitCode::bad_configuration;
    const auto& settings = prepared->loaded.settings;
    start_log(choose_log_format(settings.log.format), settings.log.level);
    log_info("blockexecd starts", {{"version", version()},
                                   {"machine", executor::summarize(prepared->topology)},
                                   {"vms", prepared->placement.vms.size()},
                                   {"state", settings.execution.state},
                                   {"database", settings.storage.path}});
    for (const auto& warning : prepared->placement.warnings)
        log_warning(warning);
    enter_service_cpus(prepared->placement);
    auto database = storage::Database::open(database_settings(settings, storage::Access::create));
    if (database.has_error()) {
        log_error(database.error().message);
        return exit_code_of(database.error().code);
    }
    std::vector<std::filesystem::path> archives;
    for (const auto& archive : flags.archives)
        archives.push_back(std::filesystem::absolute(archive));
    std::optional<Service> service;
    try {
        service.emplace(*std::move(database), ServiceSettings{.loaded = prepared->loaded,
                                                              .sources = sources,
                                                              .topology = prepared->topology,
                                                              .placement = prepared->placement,
                                                              .archives = std::move(archives),
                                                              .once = flags.once});
    } catch (const UnusableSetting& problem) {
        log_error(problem.what());
        return ExitCode::bad_configuration;
    }
    const auto code = service->run();
    log_info("blockexecd ends", {{"exit", exit_code_name(code)}});
    return code;
}

}  // namespace blockexecd::daemon
