// SPDX-License-Identifier: Apache-2.0
// check-config, print-config and topology.
#include <iostream>

#include "config/reference.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/prepare.hpp"

namespace blockexecd::daemon {

ExitCode check_config_command(const config::Sources& sources) {
    const auto prepared = prepare(sources);
    if (!prepared)
        return ExitCode::bad_configuration;
    for (const auto& warning : prepared->placement.warnings)
        std::cout << "warning: " << warning << "\n";
    std::cout << "the configuration is good\n";
    return ExitCode::success;
}

ExitCode print_config_command(const config::Sources& sources, bool reference) {
    if (reference) {
        std::cout << config::reference_text();
        return ExitCode::success;
    }
    const auto prepared = prepare(sources);
    if (!prepared)
        return ExitCode::bad_configuration;
    std::cout << config::effective_text(prepared->loaded);
    return ExitCode::success;
}

ExitCode topology_command(const config::Sources& sources) {
    const auto prepared = prepare(sources);
    if (!prepared)
        return ExitCode::bad_configuration;
    std::cout << executor::picture(prepared->topology, prepared->placement);
    return ExitCode::success;
}

}  // namespace blockexecd::daemon
