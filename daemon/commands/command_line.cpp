// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/command_line.hpp"

#include <CLI/CLI.hpp>
#include <boost/json/value_to.hpp>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>

#include "config/option.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/reexecute.hpp"
#include "daemon/lifecycle/version.hpp"

namespace blockexecd::daemon {
namespace {

// What all subcommands share, filled while parsing.
struct Shared {
    std::string config_file;
    std::map<std::string, std::string> settings;  // by option name; only those given
    std::string typed;                            // the whole command line

    [[nodiscard]] config::Sources sources() const {
        config::Sources sources;
        sources.environment = config::process_environment();
        if (!config_file.empty())
            sources.file = config_file;
        else if (const char* file = std::getenv(std::string(config::kConfigVariable).c_str());
                 file != nullptr && *file != '\0')
            sources.file = file;
        sources.flags.assign(settings.begin(), settings.end());
        return sources;
    }
};

void add_settings(CLI::App& app, Shared& shared) {
    app.add_option("-c,--config", shared.config_file, "Configuration file (TOML)")
        ->type_name("FILE");
    for (const auto& option : config::options()) {
        std::string text(option.documentation);
        if (const auto range = config::describe_range(option); !range.empty())
            text += " Values: " + range + ".";
        app.add_option_function<std::string>(
               "--" + option.name(),
               [&shared, name = option.name()](const std::string& value) {
                   shared.settings[name] = value;
               },
               text + " Default: " + config::to_toml(option.default_value))
            ->type_name("")
            ->group("Settings");
    }
}

// A short name for one option of the configuration.
void add_alias(CLI::App& command, Shared& shared, const std::string& flag, const std::string& name,
               const std::string& text) {
    command
        .add_option_function<std::string>(
            flag, [&shared, name](const std::string& value) { shared.settings[name] = value; },
            text)
        ->type_name("");
}

using Action = std::function<ExitCode()>;

CLI::App& add_command(CLI::App& app, const std::string& name, const std::string& text,
                      Action& chosen, Action action) {
    auto* command = app.add_subcommand(name, text)->fallthrough();
    command->callback([&chosen, action = std::move(action)] { chosen = action; });
    return *command;
}

void add_bench_block_command(CLI::App& bench, Shared& shared, Action& chosen) {
    auto flags = std::make_shared<BenchBlockFlags>();
    auto& block = add_command(
        bench, "block", "Measure several VMs in one block at a time, against one VM and processes",
        chosen, [=, &shared] { return bench_block_command(shared.sources(), *flags); });
    block.add_option("--archive", flags->archive, "Folder or tar file of the archive")
        ->required()
        ->type_name("ARCHIVE");
    block.add_option("--vms", flags->vms, "Numbers of VMs, such as 1,2,8")
        ->delimiter(',')
        ->check(CLI::Range(1, 4096))
        ->type_name("LIST");
    block.add_option("--rounds", flags->rounds, "Counted rounds, in which all sides take turns")
        ->check(CLI::Range(1, 1000));
    block.add_flag("--json", flags->json, "Print one JSON object");
    block.add_option("--follow", flags->follow, "Be one of the measured processes")
        ->check(CLI::IsMember({"never", "where_it_pays", "always"}))
        ->group("");
}

void add_execution_commands(CLI::App& app, Shared& shared, Action& chosen) {
    auto run = std::make_shared<RunFlags>();
    auto& run_app =
        add_command(app, "run", "Execute what is stored and what arrives, until a signal", chosen,
                    [=, &shared] { return run_command(shared.sources(), *run); });
    run_app.add_option("--import", run->archives, "Archives to import before execution begins")
        ->type_name("ARCHIVE");
    run_app.add_flag("--once", run->once, "End when everything that is stored was executed");
    add_alias(run_app, shared, "--vms", "execution.vms", "Number of VMs");
    add_alias(run_app, shared, "--state", "execution.state", "recorded or computed");

    auto replay = std::make_shared<ReplayFlags>();
    auto reexecute = std::make_shared<ReexecuteFlags>();
    auto& replay_app = add_command(
        app, "replay", "Execute an archive in a temporary database and tell what matched", chosen,
        [=, &shared] {
            reexecute->json = replay->json;
            return replay->archive.empty() ? reexecute_command(*reexecute)
                                           : replay_command(shared.sources(), *replay);
        });
    auto* source = replay_app.add_option_group("source");
    source->require_option(1);
    source->add_option("--archive", replay->archive, "Folder or tar file of the archive")
        ->type_name("ARCHIVE");
    replay_app.add_option("--first", replay->first,
                          "First block; default: the first that is stored");
    replay_app.add_option("--last", replay->last, "Last block; default: the last that is stored");
    source
        ->add_option("--reexecution-data", reexecute->file,
                     "One block in the reference's offline re-execution form (JSON)")
        ->type_name("FILE");
    replay_app
        .add_option("--casm", reexecute->casm,
                    "CASM of that block's classes, HASH.json; default: casm beside the file")
        ->type_name("FOLDER");
    replay_app.add_flag("--json", replay->json, "Print one JSON object");
    add_alias(replay_app, shared, "--vms", "execution.vms", "Number of VMs");
    add_alias(replay_app, shared, "--state", "execution.state", "recorded or computed");
}

void add_sweep_command(CLI::App& bench, Shared& shared, Action& chosen) {
    auto flags = std::make_shared<BenchSweepFlags>();
    flags->cells = {boost::json::value_to<std::string>(version_json().at("cell"))};
    auto& sweep = add_command(
        bench, "sweep", "Measure combinations of VMs, CPUs and layouts, each in fresh processes",
        chosen, [=, &shared] {
            flags->command = shared.typed;
            return bench_sweep_command(shared.sources(), *flags);
        });
    sweep.add_option("--archive", flags->archive, "Folder or tar file of the archive")
        ->required()
        ->type_name("ARCHIVE");
    sweep.add_option("--out", flags->out, "Folder for the report, its tables and figures")
        ->required()
        ->type_name("FOLDER");
    sweep.add_option("--vms", flags->vms, "Numbers of VMs, such as 1,2,8")
        ->delimiter(',')
        ->check(CLI::Range(1, 4096))
        ->type_name("LIST");
    sweep
        .add_option("--threads", flags->threads,
                    "Numbers of CPUs that the VMs are pinned to. Default: as many as VMs")
        ->delimiter(',')
        ->check(CLI::Range(1, 4096))
        ->type_name("LIST");
    sweep.add_option("--cells", flags->cells, "Cell layouts. Default: this program's")
        ->delimiter(',')
        ->type_name("LIST");
    sweep
        .add_option("--cpus", flags->cpus,
                    "CPUs for the VMs, such as 0-3,8; once for each set that is to be compared")
        ->allow_extra_args(false)
        ->type_name("CPUS");
    sweep.add_option("--smt", flags->smt, "Uses of SMT siblings: none, second, all")
        ->delimiter(',')
        ->check(CLI::IsMember({"none", "second", "all"}))
        ->type_name("LIST");
    sweep.add_option("--warmup", flags->warmup, "Rounds that are verified and not counted")
        ->check(CLI::Range(1, 100));
    sweep.add_option("--runs", flags->runs, "Rounds that are counted")->check(CLI::Range(1, 1000));
    sweep.add_flag("--no-ceiling", flags->no_ceiling, "Measure no independent processes");
    add_alias(sweep, shared, "--state", "execution.state", "recorded or computed");
}

void add_bench_commands(CLI::App& app, Shared& shared, Action& chosen) {
    auto bench = std::make_shared<BenchFlags>();
    auto& bench_app =
        *app.add_subcommand("bench", "Measure the execution of an archive for numbers of VMs")
             ->fallthrough();
    bench_app.require_subcommand(0, 1);
    // A subcommand's callback runs before its parent's.
    bench_app.callback([&bench_app, &chosen, bench, &shared] {
        if (bench_app.get_subcommands().empty())
            chosen = [bench, &shared] { return bench_command(shared.sources(), *bench); };
    });
    bench_app
        .add_option("--archive", bench->archive, "Folder or tar file of the archive (required)")
        ->type_name("ARCHIVE");
    bench_app.add_option("--vms", bench->vms, "Numbers of VMs, such as 1,2,8")
        ->delimiter(',')
        ->type_name("LIST");
    bench_app.add_option("--runs", bench->runs, "Counted runs of each number")
        ->check(CLI::Range(1, 1000));
    bench_app.add_flag("--json", bench->json, "Print one JSON object");
    add_alias(bench_app, shared, "--state", "execution.state", "recorded or computed");

    add_sweep_command(bench_app, shared, chosen);
    auto pass = std::make_shared<BenchPassFlags>();
    auto& pass_app = add_command(
        bench_app, "pass", "Execute what is pending in a database once, as a sweep does", chosen,
        [=, &shared] { return bench_pass_command(shared.sources(), *pass); });
    pass_app.add_option("--database", pass->database, "Folder of the database")
        ->required()
        ->type_name("FOLDER");
    pass_app.add_flag("--wait", pass->wait, "Print ready, and begin when a line arrives");
    add_bench_block_command(bench_app, shared, chosen);
}

void add_archive_commands(CLI::App& app, Shared& shared, Action& chosen) {
    auto archive = std::make_shared<std::string>();
    add_command(app, "import", "Import an archive, through the daemon when one runs", chosen,
                [=, &shared] { return import_command(shared.sources(), *archive); })
        .add_option("archive", *archive, "Folder or tar file of the archive")
        ->required();
    auto flags = std::make_shared<ExportFlags>();
    auto& export_app =
        add_command(app, "export", "Write stored blocks as an archive", chosen,
                    [=, &shared] { return export_command(shared.sources(), *flags); });
    export_app
        .add_option("target", flags->target,
                    "Folder, or file that ends in .tar.zst; it must not exist")
        ->required();
    export_app.add_option("--first", flags->first,
                          "First block; default: the first that is stored");
    export_app.add_option("--last", flags->last, "Last block; default: the last that is stored");
}

void add_database_commands(CLI::App& app, Shared& shared, Action& chosen) {
    auto* db = app.add_subcommand("db", "Look at the database, or change it")->fallthrough();
    db->require_subcommand(1);
    add_command(*db, "info", "Chain, blocks and results", chosen,
                [&shared] { return db_info_command(shared.sources()); });
    add_command(*db, "digest", "SHA-256 over all content but timings", chosen,
                [&shared] { return db_digest_command(shared.sources()); });
    add_command(*db, "reset", "Drop the results of [execution] state; the chain stays", chosen,
                [&shared] { return db_reset_command(shared.sources()); });
    auto block = std::make_shared<std::uint64_t>(0);
    add_command(*db, "revert", "Remove every block after the given one", chosen,
                [=, &shared] { return db_revert_command(shared.sources(), *block); })
        .add_option("block", *block, "The last block that stays")
        ->required();
}

void add_inspection_commands(CLI::App& app, Shared& shared, Action& chosen) {
    add_command(app, "check-config", "Tell everything that is wrong with the configuration", chosen,
                [&shared] { return check_config_command(shared.sources()); });
    auto reference = std::make_shared<bool>(false);
    add_command(app, "print-config", "Print the settings in force and where each comes from",
                chosen, [=, &shared] { return print_config_command(shared.sources(), *reference); })
        .add_flag("--reference", *reference, "Print the commented reference instead");
    add_command(app, "topology", "Print which VM runs on which CPU", chosen,
                [&shared] { return topology_command(shared.sources()); });
    add_command(app, "healthcheck", "Ask the running daemon whether it is ready", chosen,
                [&shared] { return healthcheck_command(shared.sources()); });
    auto json = std::make_shared<bool>(false);
    add_command(app, "version", "Print what exactly this is", chosen, [=] {
        return version_command(*json);
    }).add_flag("--json", *json, "Print one JSON object");
}

}  // namespace

ExitCode run_command_line(int argc, const char* const* argv) {
    CLI::App app("Executes and verifies Starknet blocks on many Cairo VMs.", "blockexecd");
    Shared shared;
    for (int i = 0; i < argc; ++i)
        shared.typed += (i == 0 ? "" : " ") + std::string(argv[i]);
    Action chosen;
    app.require_subcommand(1);
    add_settings(app, shared);
    add_execution_commands(app, shared, chosen);
    add_bench_commands(app, shared, chosen);
    add_archive_commands(app, shared, chosen);
    add_inspection_commands(app, shared, chosen);
    add_database_commands(app, shared, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? ExitCode::success : ExitCode::bad_configuration;
    }
    return chosen();
}

}  // namespace blockexecd::daemon
