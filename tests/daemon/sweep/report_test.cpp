// SPDX-License-Identifier: Apache-2.0
// A sweep's files: figures of medians, hyperfine's form, and plain words for what was not measured.
#include "daemon/sweep/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/array.hpp>

#include "daemon/sweep/machine.hpp"

namespace blockexecd::daemon {
namespace {

using testing::HasSubstr;
using testing::Not;

Measured measured(const std::string& cell, std::uint64_t vms, std::vector<double> seconds) {
    Measured result;
    result.combination = {.cell = cell, .vms = vms, .cpus = {0}, .cpu_list = {}};
    for (std::uint32_t cpu = 1; cpu < vms; ++cpu)
        result.combination.cpus.push_back(cpu);
    for (const double time : seconds) {
        Pass pass;
        pass.cell = cell;
        pass.vms = vms;
        pass.blocks = 4;
        pass.transactions = pass.matched = 100;
        pass.steps = 1000;
        pass.wall_seconds = time;
        pass.user_seconds = time;
        pass.counters.missing = "instructions (No such file or directory)";
        result.passes.push_back(pass);
        result.ceilings.push_back(
            {.transactions_per_second = static_cast<double>(vms) * 100 / 10, .cpu_seconds = 0.1});
    }
    return result;
}

SweepReport report() {
    return {.machine = machine_json({}),
            .archive = "chain",
            .command = "blockexecd bench sweep",
            .state = "recorded",
            .warmup = 1,
            .measured = {measured("packed32", 1, {10, 11, 9}), measured("packed32", 2, {6, 5, 5})}};
}

TEST(SweepReport, JsonHasSpeedUpAndEfficiencyOfMedians) {
    const auto json = sweep_json(report());
    const auto& two = json.at("results").as_array().at(1).as_object();
    EXPECT_DOUBLE_EQ(two.at("median_seconds").as_double(), 5);
    EXPECT_DOUBLE_EQ(two.at("speed_up").as_double(), 2);
    EXPECT_DOUBLE_EQ(two.at("efficiency").as_double(), 1);      // 20 a second, of 2 * 10
    EXPECT_DOUBLE_EQ(two.at("cpu_efficiency").as_double(), 2);  // 0.1 over 5 s / 100
    EXPECT_EQ(two.at("passes").as_array().size(), 3U);
}

TEST(SweepReport, APassSurvivesJson) {
    auto pass = report().measured[0].passes[0];
    pass.counters.counts["instructions"] = 7;
    const auto again = pass_from_json(to_json(pass));
    EXPECT_EQ(to_json(again), to_json(pass));
    auto damaged = to_json(pass);
    damaged.erase("steps");
    EXPECT_THROW(pass_from_json(damaged), std::exception);
}

TEST(SweepReport, HyperfinesFormHasTimesAndParameters) {
    const auto json = hyperfine_json(report());
    const auto& first = json.at("results").as_array().at(0).as_object();
    for (const auto* key : {"command", "mean", "stddev", "median", "user", "system", "min", "max",
                            "times", "exit_codes", "parameters"})
        EXPECT_TRUE(first.contains(key)) << key;
    EXPECT_DOUBLE_EQ(first.at("mean").as_double(), 10);
    EXPECT_EQ(first.at("times").as_array().size(), 3U);
}

TEST(SweepReport, CsvHasARowForEachPass) {
    const auto csv = passes_csv(report());
    EXPECT_EQ(std::ranges::count(csv, '\n'), 1 + 6);
    EXPECT_THAT(csv, HasSubstr("\npacked32,2,2,\"0-1\",none,1,6.000000,"));
}

TEST(SweepReport, TellsThatCountersAreMissingAndDrawsNoFigureOfThem) {
    auto one = report();
    EXPECT_THAT(markdown(one), HasSubstr("The kernel gives no instructions (No such file"));
    EXPECT_EQ(figures(one).size(), 2U);
    for (auto& each : one.measured)
        for (auto& pass : each.passes) {
            pass.counters.counts["cache_misses"] = 500;
            pass.counters.missing.clear();
        }
    const auto drawn = figures(one);
    ASSERT_EQ(drawn.size(), 3U);
    EXPECT_EQ(drawn[2].first, "misses");
    EXPECT_EQ(drawn[2].second.series[0].values[0], 0.5);
    EXPECT_THAT(markdown(one), Not(HasSubstr("The kernel gives no")));
}

}  // namespace
}  // namespace blockexecd::daemon
