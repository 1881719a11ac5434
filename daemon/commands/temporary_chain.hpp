// SPDX-License-Identifier: Apache-2.0
// An archive in a temporary database, with the settings in force: what `replay` and `bench` begin
// with.
#pragma once

#include <boost/system/result.hpp>
#include <filesystem>
#include <memory>

#include "daemon/commands/prepare.hpp"
#include "daemon/commands/temporary_database.hpp"
#include "daemon/engine/engine.hpp"

namespace blockexecd::daemon {

struct TemporaryChain {
    Prepared prepared;
    TemporaryDatabase temporary;

    [[nodiscard]] const config::Settings& settings() const { return prepared.loaded.settings; }
    [[nodiscard]] const std::shared_ptr<storage::Database>& database() const {
        return temporary.database();
    }
    // For these settings and this plan; without mismatch bundles unless a folder was asked for.
    [[nodiscard]] EngineSettings engine_setting(executor::Placement placement) const;
};

// Starts the log, and puts the calling thread on the service CPUs. Error: the exit code; the reason
// was told.
boost::system::result<std::unique_ptr<TemporaryChain>, ExitCode> open_temporary_chain(
    const config::Sources& sources, const std::filesystem::path& archive);

}  // namespace blockexecd::daemon
