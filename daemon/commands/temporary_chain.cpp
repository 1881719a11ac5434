// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/temporary_chain.hpp"

#include <utility>

#include "daemon/lifecycle/log.hpp"
#include "daemon/service/service.hpp"
#include "storage/archive/import.hpp"

namespace blockexecd::daemon {

EngineSettings TemporaryChain::engine_setting(executor::Placement placement) const {
    auto setting = engine_settings(settings(), std::move(placement));
    if (!prepared.loaded.origins.contains("execution.bundle_folder"))
        setting.bundle_folder.clear();  // nothing is left behind unless it is asked for
    return setting;
}

boost::system::result<std::unique_ptr<TemporaryChain>, ExitCode> open_temporary_chain(
    const config::Sources& sources, const std::filesystem::path& archive) {
    auto prepared = prepare(sources);
    if (!prepared)
        return ExitCode::bad_configuration;
    auto chain = std::make_unique<TemporaryChain>();
    chain->prepared = *std::move(prepared);
    const auto& settings = chain->settings();
    start_log(choose_log_format(settings.log.format), settings.log.level);
    for (const auto& warning : chain->prepared.placement.warnings)
        log_warning(warning);
    enter_service_cpus(chain->prepared.placement);
    if (const auto opened =
            chain->temporary.open(database_settings(settings, storage::Access::create));
        opened.has_error())
        return report_error(opened.error());
    if (const auto imported = storage::import_archive(*chain->database(), archive);
        imported.has_error())
        return report_error(imported.error());
    return chain;
}

}  // namespace blockexecd::daemon
