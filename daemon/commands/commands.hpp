// SPDX-License-Identifier: Apache-2.0
// The subcommands as functions: settings in, exit code out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/load.hpp"
#include "daemon/lifecycle/exit_code.hpp"

namespace blockexecd::daemon {

struct RunFlags {
    std::vector<std::filesystem::path> archives;
    bool once = false;
};
ExitCode run_command(const config::Sources& sources, const RunFlags& flags);

struct ReplayFlags {
    std::filesystem::path archive;
    bool json = false;
};
// Into a temporary database, which is removed afterwards.
ExitCode replay_command(const config::Sources& sources, const ReplayFlags& flags);

struct BenchFlags {
    std::filesystem::path archive;
    std::vector<std::uint64_t> vms;  // empty: 1 and what the plan has
    std::uint64_t runs = 3;          // of each number, after one that is not counted
    bool json = false;
};
ExitCode bench_command(const config::Sources& sources, const BenchFlags& flags);

// Through the running daemon, else into the database itself.
ExitCode import_command(const config::Sources& sources, const std::filesystem::path& archive);

struct ExportFlags {
    std::filesystem::path target;
    std::optional<std::uint64_t> first;
    std::optional<std::uint64_t> last;
};
ExitCode export_command(const config::Sources& sources, const ExportFlags& flags);

ExitCode check_config_command(const config::Sources& sources);
ExitCode print_config_command(const config::Sources& sources, bool reference);
ExitCode topology_command(const config::Sources& sources);

ExitCode db_info_command(const config::Sources& sources);
// Of everything but timings: equal content, equal digest.
ExitCode db_digest_command(const config::Sources& sources);
ExitCode db_reset_command(const config::Sources& sources);
ExitCode db_revert_command(const config::Sources& sources, std::uint64_t block);

ExitCode healthcheck_command(const config::Sources& sources);
ExitCode version_command(bool json);

}  // namespace blockexecd::daemon
