// SPDX-License-Identifier: Apache-2.0
#include "daemon/sweep/sweep.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <cstdio>
#include <optional>
#include <stdexcept>

#include "daemon/lifecycle/version.hpp"
#include "daemon/sweep/child.hpp"
#include "daemon/sweep/statistics.hpp"
#include "executor/schedule/cpu_list.hpp"
#include "storage/database/checkpoint.hpp"

namespace blockexecd::daemon {
namespace {

// A copy of the database for one pass.
class Copy {
  public:
    Copy(const storage::Database& database, std::filesystem::path folder)
        : folder_(std::move(folder)) {
        if (const auto made = storage::make_checkpoint(database, folder_); made.has_error())
            throw std::runtime_error(made.error().message);
    }
    ~Copy() {
        std::error_code left_behind;  // the scratch folder is removed with all that is in it
        std::filesystem::remove_all(folder_, left_behind);
    }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  private:
    std::filesystem::path folder_;
};

// One process that waits until it is told to begin.
struct Runner {
    std::unique_ptr<Copy> copy;
    Child child;
};

Runner start(const storage::Database& database, const SweepPlan& plan, const Combination& what,
             std::uint64_t vms, const std::vector<std::uint32_t>& cpus, const std::string& name) {
    auto copy = std::make_unique<Copy>(database, plan.scratch / name);
    std::vector<std::string> arguments{"bench", "pass", "--database", copy->folder().string(),
                                       "--wait"};
    arguments.insert(arguments.end(), plan.settings.begin(), plan.settings.end());
    for (const auto& [flag, value] : std::vector<std::pair<std::string, std::string>>{
             {"--execution.vms", std::to_string(vms)},
             {"--placement.cpus", executor::format_cpu_list(cpus)},
             {"--placement.smt", "none"},
             {"--placement.nodes", ""},
             {"--placement.oversubscribe", "true"}}) {
        arguments.push_back(flag);
        arguments.push_back(value);
    }
    return {std::move(copy), Child(plan.programs.at(what.cell), arguments)};
}

Pass finish(Runner& runner, const Combination& what) {
    std::string output;
    const int code = runner.child.finish(output);
    if (code != 0 && output.empty())
        throw std::runtime_error(what.name() + ": the process ended with " + std::to_string(code));
    auto pass = pass_from_json(boost::json::parse(output).as_object());
    if (!pass.failure.empty())
        throw std::runtime_error(what.name() +
                                 ": not timed, since its results are wrong: " + pass.failure);
    if (pass.cell != what.cell)
        throw std::runtime_error(what.name() + ": the program has the layout " + pass.cell);
    return pass;
}

std::vector<Pass> run_together(std::vector<Runner>& runners, const Combination& what) {
    for (auto& runner : runners)
        if (const auto line = runner.child.read_line(); line != "ready")
            throw std::runtime_error(what.name() + ": the process did not start: " + line);
    for (auto& runner : runners)
        runner.child.write_line("go");
    std::vector<Pass> passes;
    for (auto& runner : runners)
        passes.push_back(finish(runner, what));
    return passes;
}

Pass run_one(const storage::Database& database, const SweepPlan& plan, const Combination& what) {
    std::vector<Runner> runners;
    runners.push_back(start(database, plan, what, what.vms, what.cpus, "pass"));
    return std::move(run_together(runners, what).front());
}

Ceiling run_independent(const storage::Database& database, const SweepPlan& plan,
                        const Combination& what) {
    std::vector<Runner> runners;
    for (std::uint64_t i = 0; i < what.vms; ++i)
        runners.push_back(start(database, plan, what, 1, {what.cpus[i % what.cpus.size()]},
                                "independent-" + std::to_string(i)));
    Ceiling ceiling;
    for (const auto& pass : run_together(runners, what)) {
        ceiling.transactions_per_second += pass.transactions_per_second();
        ceiling.cpu_seconds += (pass.user_seconds + pass.system_seconds) /
                               static_cast<double>(pass.transactions * what.vms);
    }
    return ceiling;
}

std::string line(const Combination& what, const Pass& pass, const std::optional<Ceiling>& ceiling) {
    char text[256];
    std::snprintf(text, sizeof text, "%-48s %8.3f s  user %8.3f s  %9.1f transactions/s",
                  what.name().c_str(), pass.wall_seconds, pass.user_seconds,
                  pass.transactions_per_second());
    std::string all = text;
    if (ceiling) {
        std::snprintf(text, sizeof text, "  of %9.1f independent",
                      ceiling->transactions_per_second);
        all += text;
    }
    return all;
}

}  // namespace

double Measured::median_seconds() const {
    std::vector<double> seconds;
    for (const auto& pass : passes)
        seconds.push_back(pass.wall_seconds);
    return statistics_of(std::move(seconds)).median;
}

double Measured::transactions_per_second() const {
    return static_cast<double>(passes.front().transactions) / median_seconds();
}

std::optional<double> Measured::efficiency() const {
    if (ceilings.empty())
        return std::nullopt;
    std::vector<double> values;
    for (const auto& ceiling : ceilings)
        values.push_back(ceiling.transactions_per_second);
    return transactions_per_second() / statistics_of(std::move(values)).median;
}

std::optional<double> Measured::cpu_efficiency() const {
    if (ceilings.empty())
        return std::nullopt;
    std::vector<double> theirs;
    for (const auto& ceiling : ceilings)
        theirs.push_back(ceiling.cpu_seconds);
    std::vector<double> ours;
    for (const auto& pass : passes)
        ours.push_back((pass.user_seconds + pass.system_seconds) /
                       static_cast<double>(pass.transactions));
    return statistics_of(std::move(theirs)).median / statistics_of(std::move(ours)).median;
}

std::vector<Measured> run_sweep(const storage::Database& database, const SweepPlan& plan) {
    std::vector<Measured> all;
    for (const auto& combination : plan.combinations)
        all.push_back({.combination = combination, .passes = {}, .ceilings = {}});
    for (std::uint64_t round = 0; round < plan.warmup + plan.runs; ++round) {
        const bool counted = round >= plan.warmup;
        for (std::size_t i = 0; i < all.size(); ++i) {
            // Each round begins elsewhere, so that none is always first after the pause.
            auto& measured = all[(i + round) % all.size()];
            auto pass = run_one(database, plan, measured.combination);
            std::optional<Ceiling> ceiling;
            if (plan.ceiling && counted)
                ceiling = run_independent(database, plan, measured.combination);
            plan.progress((counted ? "run " + std::to_string(round - plan.warmup + 1) : "warm-up") +
                          "  " + line(measured.combination, pass, ceiling));
            if (!counted)
                continue;
            measured.passes.push_back(std::move(pass));
            if (ceiling)
                measured.ceilings.push_back(*ceiling);
        }
    }
    return all;
}

std::filesystem::path program_for_cell(const std::string& cell) {
    const auto self = std::filesystem::read_symlink("/proc/self/exe");
    if (version_json().at("cell").as_string() == cell)
        return self;
    // build/release/bin/blockexecd or build/cells/OTHER/bin/blockexecd
    auto build = self.parent_path().parent_path().parent_path();
    if (build.filename() == "cells")
        build = build.parent_path();
    return build / "cells" / cell / "bin" / "blockexecd";
}

}  // namespace blockexecd::daemon
