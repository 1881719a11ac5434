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
    std::optional<std::uint64_t> first;  // nothing: all blocks
    std::optional<std::uint64_t> last;
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

struct BenchPassFlags {
    std::filesystem::path database;
    bool wait = false;  // print "ready", and begin when a line arrives on standard input
};
// One execution of what is pending in a database, as one JSON object: what a sweep starts.
ExitCode bench_pass_command(const config::Sources& sources, const BenchPassFlags& flags);

struct BenchSweepFlags {
    std::filesystem::path archive;
    std::filesystem::path out;
    std::vector<std::string> cells;  // layouts
    std::vector<std::uint64_t> vms{1};
    std::vector<std::uint64_t> threads;  // empty: as many as VMs
    std::vector<std::string> cpus;       // lists; empty: chosen by smt
    std::vector<std::string> smt{"none"};
    std::uint64_t warmup = 1;
    std::uint64_t runs = 5;
    bool no_ceiling = false;
    std::string command;  // what was typed, for the report
};
ExitCode bench_sweep_command(const config::Sources& sources, const BenchSweepFlags& flags);

struct BenchBlockFlags {
    std::filesystem::path archive;
    std::vector<std::uint64_t> vms{1, 2};
    std::uint64_t rounds = 5;  // after one that is not counted
    bool json = false;
    // For the processes that it starts: how a block uses several VMs (never, where_it_pays,
    // always).
    std::string follow;
};
// One block at a time on several VMs, against one VM and against as many processes.
ExitCode bench_block_command(const config::Sources& sources, const BenchBlockFlags& flags);

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
