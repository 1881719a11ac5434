// SPDX-License-Identifier: Apache-2.0
#include "daemon/sweep/report.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <fstream>
#include <stdexcept>

#include "daemon/sweep/child.hpp"
#include "daemon/sweep/statistics.hpp"
#include "executor/schedule/cpu_list.hpp"

namespace blockexecd::daemon {
namespace {

template <class F>
std::vector<double> of_passes(const Measured& measured, F value) {
    std::vector<double> values;
    for (const auto& pass : measured.passes)
        values.push_back(static_cast<double>(value(pass)));
    return values;
}

template <class F>
double median(const Measured& measured, F value) {
    return statistics_of(of_passes(measured, value)).median;
}

std::string number(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

// "4", or "8 on 4" where VMs share CPUs.
std::string category(const Combination& what) {
    const auto vms = std::to_string(what.vms);
    return what.cpus.size() == what.vms ? vms : vms + " on " + std::to_string(what.cpus.size());
}

// Of the same series, with one VM.
const Measured* alone(const SweepReport& report, const Combination& what) {
    for (const auto& measured : report.measured)
        if (measured.combination.vms == 1 && measured.combination.series() == what.series())
            return &measured;
    return nullptr;
}

std::optional<double> speed_up(const SweepReport& report, const Measured& measured) {
    const auto* one = alone(report, measured.combination);
    if (one == nullptr)
        return std::nullopt;
    return one->median_seconds() / measured.median_seconds();
}

boost::json::value optional_json(std::optional<double> value) {
    return value ? boost::json::value(*value) : boost::json::value(nullptr);
}

boost::json::array cpus_json(const Combination& what) {
    boost::json::array cpus;
    for (const auto cpu : what.cpus)
        cpus.emplace_back(cpu);
    return cpus;
}

std::optional<double> misses_per_step(const Measured& measured) {
    std::vector<double> values;
    for (const auto& pass : measured.passes)
        if (const auto found = pass.counters.counts.find("cache_misses");
            found != pass.counters.counts.end() && pass.steps != 0)
            values.push_back(static_cast<double>(found->second) / static_cast<double>(pass.steps));
    if (values.empty())
        return std::nullopt;
    return statistics_of(std::move(values)).median;
}

template <class F>
Chart chart_of(const SweepReport& report, std::string title, std::string y_label, F value) {
    std::vector<std::tuple<std::uint64_t, std::size_t, std::string>> order;
    for (const auto& measured : report.measured)
        order.emplace_back(measured.combination.vms, measured.combination.cpus.size(),
                           category(measured.combination));
    std::ranges::sort(order);
    Chart chart{.title = std::move(title),
                .x_label = "VMs",
                .y_label = std::move(y_label),
                .categories = {},
                .series = {}};
    for (const auto& entry : order)
        if (chart.categories.empty() || chart.categories.back() != std::get<2>(entry))
            chart.categories.push_back(std::get<2>(entry));
    for (const auto& measured : report.measured) {
        const auto name = measured.combination.series();
        auto series = std::ranges::find(chart.series, name, &ChartSeries::name);
        if (series == chart.series.end()) {
            chart.series.push_back(
                {name, std::vector<std::optional<double>>(chart.categories.size())});
            series = chart.series.end() - 1;
        }
        const auto at = std::ranges::find(chart.categories, category(measured.combination));
        series->values[static_cast<std::size_t>(at - chart.categories.begin())] = value(measured);
    }
    return chart;
}

void write_file(const std::filesystem::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.flush();
    if (!out)
        throw std::runtime_error(path.string() + " cannot be written");
}

std::string make_png(const std::filesystem::path& svg) {
    auto png = svg;
    png.replace_extension(".png");
    for (const char* program : {"/usr/bin/rsvg-convert", "/usr/local/bin/rsvg-convert"}) {
        if (!std::filesystem::exists(program))
            continue;
        std::string output;
        Child child(program, {"--zoom", "1.5", "--output", png.string(), svg.string()});
        return child.finish(output) == 0 ? "" : png.string() + " (rsvg-convert failed)";
    }
    return png.string() + " (rsvg-convert is missing: install Debian's librsvg2-bin)";
}

std::string machine_lines(const boost::json::object& machine) {
    const auto text = [&](std::string_view key) {
        const auto& value = machine.at(key);
        return value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
    };
    std::string lines = "| | |\n|---|---|\n";
    lines += "| processor | " + text("processor") + ", " + text("architecture") +
             (machine.at("virtual_machine").as_bool() ? ", in a virtual machine" : "") + " |\n";
    lines += "| CPUs | " + text("cpus") + " CPUs, " + text("cores") + " cores, " + text("nodes") +
             " NUMA nodes, SMT " + (machine.at("smt").as_bool() ? "on" : "off") + " |\n";
    for (const auto& cache : machine.at("caches").as_array()) {
        const auto& object = cache.as_object();
        if (object.at("type").as_string() == "Instruction")
            continue;
        lines += "| L" + boost::json::serialize(object.at("level")) + " cache | " +
                 std::to_string(object.at("bytes").to_number<std::uint64_t>() >> 10) + " KiB, " +
                 boost::json::serialize(object.at("ways")) + " ways, shared by CPUs " +
                 std::string(object.at("shared_by_cpus").as_string()) + " |\n";
    }
    lines += "| cache line | " + text("cache_line_bytes") + " bytes |\n";
    lines += "| kernel | " + text("kernel") + ", transparent huge pages " +
             text("transparent_huge_pages") + " |\n";
    return lines;
}

}  // namespace

std::string passes_csv(const SweepReport& report) {
    std::string csv =
        "cell,vms,threads,cpus,smt,run,wall_seconds,user_seconds,system_seconds,transactions,"
        "transactions_per_second,steps,steps_per_second,minor_faults,major_faults,"
        "peak_memory_bytes,instructions,cache_references,cache_misses,independent_transactions_"
        "per_second\n";
    for (const auto& measured : report.measured)
        for (std::size_t run = 0; run < measured.passes.size(); ++run) {
            const auto& what = measured.combination;
            const auto& pass = measured.passes[run];
            csv += what.cell + "," + std::to_string(what.vms) + "," +
                   std::to_string(what.cpus.size()) + ",\"" + executor::format_cpu_list(what.cpus) +
                   "\"," + std::string(smt_name(what.smt)) + "," + std::to_string(run + 1) + "," +
                   number(pass.wall_seconds, 6) + "," + number(pass.user_seconds, 6) + "," +
                   number(pass.system_seconds, 6) + "," + std::to_string(pass.transactions) + "," +
                   number(pass.transactions_per_second(), 2) + "," + std::to_string(pass.steps) +
                   "," + number(pass.steps_per_second(), 0) + "," +
                   std::to_string(pass.minor_faults) + "," + std::to_string(pass.major_faults) +
                   "," + std::to_string(pass.peak_memory_bytes);
            for (const auto* counter : {"instructions", "cache_references", "cache_misses"}) {
                const auto found = pass.counters.counts.find(counter);
                csv += ",";
                if (found != pass.counters.counts.end())
                    csv += std::to_string(found->second);
            }
            csv += ",";
            if (run < measured.ceilings.size())
                csv += number(measured.ceilings[run].transactions_per_second, 2);
            csv += "\n";
        }
    return csv;
}

boost::json::object sweep_json(const SweepReport& report) {
    boost::json::array results;
    for (const auto& measured : report.measured) {
        const auto& what = measured.combination;
        boost::json::array passes;
        for (const auto& pass : measured.passes)
            passes.push_back(to_json(pass));
        boost::json::array ceilings;
        for (const auto& ceiling : measured.ceilings)
            ceilings.push_back(
                boost::json::object{{"transactions_per_second", ceiling.transactions_per_second},
                                    {"cpu_seconds_per_transaction", ceiling.cpu_seconds}});
        results.push_back(
            boost::json::object{{"cell", what.cell},
                                {"vms", what.vms},
                                {"cpus", cpus_json(what)},
                                {"smt", smt_name(what.smt)},
                                {"median_seconds", measured.median_seconds()},
                                {"transactions_per_second", measured.transactions_per_second()},
                                {"speed_up", optional_json(speed_up(report, measured))},
                                {"efficiency", optional_json(measured.efficiency())},
                                {"passes", std::move(passes)},
                                {"cpu_efficiency", optional_json(measured.cpu_efficiency())},
                                {"independent_processes", std::move(ceilings)}});
    }
    return {{"machine", report.machine}, {"archive", report.archive},
            {"command", report.command}, {"state", report.state},
            {"warmup", report.warmup},   {"results", std::move(results)}};
}

boost::json::object hyperfine_json(const SweepReport& report) {
    boost::json::array results;
    for (const auto& measured : report.measured) {
        const auto& what = measured.combination;
        const auto seconds =
            of_passes(measured, [](const Pass& pass) { return pass.wall_seconds; });
        const auto statistics = statistics_of(seconds);
        boost::json::array times;
        boost::json::array exit_codes;
        for (const double time : seconds) {
            times.emplace_back(time);
            exit_codes.emplace_back(0);
        }
        results.push_back(boost::json::object{
            {"command", what.name()},
            {"mean", statistics.mean},
            {"stddev", seconds.size() < 2 ? boost::json::value(nullptr) : statistics.stddev},
            {"median", statistics.median},
            {"user",
             statistics_of(of_passes(measured, [](const Pass& p) { return p.user_seconds; })).mean},
            {"system",
             statistics_of(of_passes(measured, [](const Pass& p) { return p.system_seconds; }))
                 .mean},
            {"min", statistics.min},
            {"max", statistics.max},
            {"times", std::move(times)},
            {"exit_codes", std::move(exit_codes)},
            {"parameters", boost::json::object{{"cell", what.cell},
                                               {"vms", std::to_string(what.vms)},
                                               {"threads", std::to_string(what.cpus.size())},
                                               {"cpus", executor::format_cpu_list(what.cpus)},
                                               {"smt", smt_name(what.smt)}}}});
    }
    return {{"results", std::move(results)}};
}

std::vector<std::pair<std::string, Chart>> figures(const SweepReport& report) {
    std::vector<std::pair<std::string, Chart>> all;
    all.emplace_back("time", chart_of(report, "Time by number of VMs", "seconds (median)",
                                      [](const Measured& measured) -> std::optional<double> {
                                          return measured.median_seconds();
                                      }));
    all.emplace_back(
        "speed-up", chart_of(report, "Speed-up over one VM of the same layout", "times faster",
                             [&](const Measured& measured) { return speed_up(report, measured); }));
    if (std::ranges::any_of(report.measured, [](const Measured& measured) {
            return misses_per_step(measured).has_value();
        })) {
        auto chart = chart_of(report, "Cache misses a VM step", "misses a step", misses_per_step);
        chart.bars = true;
        all.emplace_back("misses", std::move(chart));
    }
    return all;
}

std::string markdown(const SweepReport& report) {
    const auto& first = report.measured.front().passes.front();
    std::string text =
        "# Sweep\n\n" + std::to_string(first.blocks) + " blocks, " +
        std::to_string(first.transactions) + " transactions, " + std::to_string(first.steps) +
        " VM steps (state " + report.state +
        "). Every pass ran in a process of its own on a fresh copy of the database, "
        "and every one matched the chain's records in full; combinations took "
        "turns; " +
        std::to_string(report.warmup) + " warm-up and " +
        std::to_string(report.measured.front().passes.size()) +
        " counted runs. Times are wall time of execution and write-back, medians.\n\n"
        "    " +
        report.command + "\n\n## Machine\n\n" + machine_lines(report.machine);
    text += "| program | commit " + first.commit + ", compiler " + first.compiler + ", allocator " +
            first.allocator + " |\n\n";
    text +=
        "## Results\n\n| layout | VMs | CPUs | SMT | seconds | ± | user s | system s | "
        "transactions/s | Msteps/s | speed-up | of independent processes | CPU of independent "
        "processes | faults | peak MiB |\n"
        "|---|--:|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";
    for (const auto& measured : report.measured) {
        const auto& what = measured.combination;
        const auto seconds =
            statistics_of(of_passes(measured, [](const Pass& p) { return p.wall_seconds; }));
        const auto up = speed_up(report, measured);
        const auto efficiency = measured.efficiency();
        text +=
            "| " + what.cell + " | " + std::to_string(what.vms) + " | " +
            executor::format_cpu_list(what.cpus) + " | " + std::string(smt_name(what.smt)) + " | " +
            number(seconds.median, 3) + " | " + number(seconds.stddev, 3) + " | " +
            number(median(measured, [](const Pass& p) { return p.user_seconds; }), 3) + " | " +
            number(median(measured, [](const Pass& p) { return p.system_seconds; }), 3) + " | " +
            number(measured.transactions_per_second(), 1) + " | " +
            number(static_cast<double>(measured.passes.front().steps) / seconds.median / 1e6, 2) +
            " | " + (up ? number(*up, 2) : "") + " | " +
            (efficiency ? number(*efficiency, 3) : "") + " | " +
            (efficiency ? number(*measured.cpu_efficiency(), 3) : "") + " | " +
            number(median(measured, [](const Pass& p) { return p.minor_faults; }), 0) + " | " +
            number(median(measured, [](const Pass& p) { return p.peak_memory_bytes; }) / 1048576,
                   0) +
            " |\n";
    }
    text +=
        "\n\"Of independent processes\": transactions/s over the sum of that many processes "
        "with one VM each, which ran at the same time on the same CPUs in the same round; \"CPU of "
        "independent processes\": their CPU time a transaction over ours, which other work on the "
        "machine disturbs less.\n\n";
    if (!first.counters.missing.empty())
        text += "The kernel gives no " + first.counters.missing +
                ": those figures are missing here.\n\n";
    text += "## Figures\n\n";
    for (const auto& [name, chart] : figures(report))
        text += "![" + chart.title + "](" + name + ".svg)\n\n";
    return text;
}

std::string write_report(const std::filesystem::path& folder, const SweepReport& report) {
    std::filesystem::create_directories(folder);
    write_file(folder / "passes.csv", passes_csv(report));
    write_file(folder / "sweep.json", boost::json::serialize(sweep_json(report)) + "\n");
    write_file(folder / "hyperfine.json", boost::json::serialize(hyperfine_json(report)) + "\n");
    write_file(folder / "report.md", markdown(report));
    std::string missing;
    for (const auto& [name, chart] : figures(report)) {
        const auto svg = folder / (name + ".svg");
        write_file(svg, to_svg(chart));
        if (const auto problem = make_png(svg); !problem.empty())
            missing += (missing.empty() ? "" : ", ") + problem;
    }
    return missing;
}

}  // namespace blockexecd::daemon
