// SPDX-License-Identifier: Apache-2.0
// A sweep's results as files: every pass as CSV, all as JSON, hyperfine's export, a Markdown report
// and its figures.
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "daemon/sweep/chart.hpp"
#include "daemon/sweep/sweep.hpp"

namespace blockexecd::daemon {

struct SweepReport {
    boost::json::object machine;  // machine_json
    std::string archive;
    std::string command;  // what was typed
    std::string state;
    std::uint64_t warmup = 0;
    std::vector<Measured> measured;  // not empty, each with at least one pass
};

// One row a pass.
std::string passes_csv(const SweepReport& report);
boost::json::object sweep_json(const SweepReport& report);
// The form of `hyperfine --export-json`: times are those of execution and write-back.
boost::json::object hyperfine_json(const SweepReport& report);
// Time and speed-up by VMs, and cache misses a step where they were counted.
std::vector<std::pair<std::string, Chart>> figures(const SweepReport& report);
std::string markdown(const SweepReport& report);

// Writes passes.csv, sweep.json, hyperfine.json, report.md, NAME.svg and NAME.png into the folder,
// which is made. Returns what could not be written and why (PNG files need rsvg-convert); empty:
// all is there.
std::string write_report(const std::filesystem::path& folder, const SweepReport& report);

}  // namespace blockexecd::daemon
