// SPDX-License-Identifier: Apache-2.0
#include <csignal>
#include <iostream>

#include "daemon/commands/commands.hpp"
#include "daemon/commands/prepare.hpp"
#include "daemon/commands/temporary_database.hpp"
#include "daemon/lifecycle/log.hpp"
#include "daemon/sweep/machine.hpp"
#include "daemon/sweep/report.hpp"
#include "storage/archive/import.hpp"

namespace blockexecd::daemon {
namespace {

executor::SmtUse smt_use(const std::string& name) {
    return name == "all"      ? executor::SmtUse::all
           : name == "second" ? executor::SmtUse::second
                              : executor::SmtUse::none;
}

// The layouts' programs; nothing when one is missing, which was told.
std::optional<std::map<std::string, std::filesystem::path>> find_programs(
    const std::vector<std::string>& cells) {
    std::map<std::string, std::filesystem::path> programs;
    bool complete = true;
    for (const auto& cell : cells) {
        const auto program = program_for_cell(cell);
        programs[cell] = program;
        if (std::filesystem::exists(program))
            continue;
        std::cerr << "--cells " << cell << ": there is no " << program.string()
                  << ". Run ./dev build-cells, which builds blockexecd for every layout, or leave "
                     "the layout out.\n";
        complete = false;
    }
    if (!complete)
        return std::nullopt;
    return programs;
}

}  // namespace

ExitCode bench_sweep_command(const config::Sources& sources, const BenchSweepFlags& flags) {
    std::signal(SIGPIPE, SIG_IGN);  // a child that died is told as such
    const auto prepared = prepare(sources);
    if (!prepared)
        return ExitCode::bad_configuration;
    const auto& settings = prepared->loaded.settings;
    start_log(choose_log_format(settings.log.format), settings.log.level);

    SweepAxes axes{.cells = flags.cells, .vms = flags.vms};
    if (!flags.threads.empty())
        axes.threads = flags.threads;
    if (!flags.cpus.empty())
        axes.cpus = flags.cpus;
    axes.smt.clear();
    for (const auto& smt : flags.smt)
        axes.smt.push_back(smt_use(smt));
    const auto planned = combinations(prepared->topology, axes);
    if (planned.has_error()) {
        std::cerr << planned.error().to_string() << "\n";
        return ExitCode::bad_configuration;
    }
    const auto programs = find_programs(flags.cells);
    if (!programs)
        return ExitCode::bad_configuration;

    TemporaryDatabase temporary;
    if (const auto opened = temporary.open(database_settings(settings, storage::Access::create));
        opened.has_error())
        return report_error(opened.error());
    std::cerr << "importing " << flags.archive.string() << "\n";
    if (const auto imported = storage::import_archive(*temporary.database(), flags.archive);
        imported.has_error())
        return report_error(imported.error());

    SweepPlan plan{.combinations = *planned,
                   .programs = *programs,
                   .settings = {},
                   .warmup = flags.warmup,
                   .runs = flags.runs,
                   .ceiling = !flags.no_ceiling,
                   .scratch = temporary.folder(),
                   .progress = [](const std::string& line) { std::cerr << line << "\n"; }};
    for (const auto& [name, value] : sources.flags) {
        plan.settings.push_back("--" + name);
        plan.settings.push_back(value);
    }
    std::vector<Measured> measured;
    try {
        measured = run_sweep(*temporary.database(), plan);
    } catch (const std::runtime_error& error) {
        std::cerr << error.what() << "\n";
        return ExitCode::mismatches;
    }
    const SweepReport report{.machine = machine_json(prepared->topology),
                             .archive = flags.archive.string(),
                             .command = flags.command,
                             .state = settings.execution.state,
                             .warmup = flags.warmup,
                             .measured = std::move(measured)};
    const auto missing = write_report(flags.out, report);
    std::cout << markdown(report) << "written to " << flags.out.string() << "\n";
    if (!missing.empty())
        std::cerr << "not written: " << missing << "\n";
    return ExitCode::success;
}

}  // namespace blockexecd::daemon
