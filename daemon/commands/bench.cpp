// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <iostream>

#include "daemon/commands/commands.hpp"
#include "daemon/commands/temporary_chain.hpp"
#include "daemon/engine/engine.hpp"
#include "daemon/lifecycle/version.hpp"
#include "daemon/service/service.hpp"

namespace blockexecd::daemon {
namespace {

struct Series {
    std::uint64_t vms = 0;
    std::vector<RunReport> runs;

    [[nodiscard]] const RunReport& best() const {
        return *std::ranges::min_element(runs, {}, &RunReport::seconds);
    }
};

// The first run warms caches and verifies; it is not counted.
storage::Result<Series> measure(const std::shared_ptr<storage::Database>& database,
                                EngineSettings settings, std::uint64_t runs) {
    Series series{.vms = settings.placement.vms.size(), .runs = {}};
    Engine engine(database, std::move(settings));
    for (std::uint64_t run = 0; run <= runs; ++run) {
        if (const auto reset = storage::reset_results(*database, engine.mode()); reset.has_error())
            return reset.error();
        auto report = engine.run_pending();
        const bool failed = report.exit_code() != ExitCode::success;
        if (run > 0 || failed)
            series.runs.push_back(std::move(report));
        if (failed)
            break;
    }
    return series;
}

boost::json::object to_json(const Series& series) {
    boost::json::array seconds;
    for (const auto& run : series.runs)
        seconds.emplace_back(run.seconds);
    const auto& best = series.best();
    return {{"vms", series.vms},
            {"transactions", best.transactions},
            {"steps", best.steps},
            {"seconds", best.seconds},
            {"all_seconds", std::move(seconds)},
            {"transactions_per_second", best.transactions_per_second()},
            {"steps_per_second", best.steps_per_second()}};
}

}  // namespace

ExitCode bench_command(const config::Sources& sources, const BenchFlags& flags) {
    if (flags.archive.empty()) {
        std::cerr << "bench: --archive is required\n";
        return ExitCode::bad_configuration;
    }
    const auto chain = open_temporary_chain(sources, flags.archive);
    if (chain.has_error())
        return chain.error();
    const auto& settings = (*chain)->settings();
    const auto& prepared = (*chain)->prepared;

    auto numbers = flags.vms;
    if (numbers.empty())
        numbers = prepared.placement.vms.size() == 1
                      ? std::vector<std::uint64_t>{1}
                      : std::vector<std::uint64_t>{1, prepared.placement.vms.size()};
    boost::json::array series_json;
    ExitCode code = ExitCode::success;
    for (const auto vms : numbers) {
        auto with_vms = sources;
        with_vms.flags.emplace_back("execution.vms", std::to_string(vms));
        const auto planned = prepare(with_vms);
        if (!planned)
            return ExitCode::bad_configuration;
        auto engine_setting = engine_settings(settings, planned->placement);
        engine_setting.bundle_folder.clear();
        const auto series = measure((*chain)->database(), std::move(engine_setting), flags.runs);
        if (series.has_error())
            return report_error(series.error());
        if (code == ExitCode::success)
            code = series->runs.back().exit_code();
        series_json.push_back(to_json(*series));
        if (!flags.json) {
            const auto& best = series->best();
            std::printf("%3llu VMs  %9.3f s  %10.1f transactions/s  %14.0f steps/s  %s\n",
                        static_cast<unsigned long long>(series->vms), best.seconds,
                        best.transactions_per_second(), best.steps_per_second(),
                        series->runs.back().exit_code() == ExitCode::success ? "all matched"
                                                                             : "NOT ALL MATCHED");
        }
    }
    if (flags.json)
        std::cout << boost::json::serialize(
                         boost::json::object{{"archive", flags.archive.string()},
                                             {"state", settings.execution.state},
                                             {"all_matched", code == ExitCode::success},
                                             {"machine", executor::summarize(prepared.topology)},
                                             {"versions", version_json()},
                                             {"series", std::move(series_json)}})
                  << "\n";
    return code;
}

}  // namespace blockexecd::daemon
