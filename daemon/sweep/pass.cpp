// SPDX-License-Identifier: Apache-2.0
#include "daemon/sweep/pass.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <boost/json/value_to.hpp>

#include "daemon/lifecycle/version.hpp"
#include "daemon/sweep/machine.hpp"

namespace blockexecd::daemon {
namespace {

rusage usage_of_process() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage;
}

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

std::string first_failure(const RunReport& report) {
    if (!report.mismatches.empty()) {
        const auto& first = report.mismatches.front();
        return "block " + std::to_string(first.block) + ": " + first.field + ": expected " +
               first.expected + ", got " + first.actual;
    }
    if (!report.failures.empty())
        return "block " + std::to_string(report.failures.front().block) + ": " +
               report.failures.front().reason;
    return report.blocks == 0 ? "there is no block to execute" : "";
}

std::string text(const boost::json::object& object, std::string_view key) {
    return boost::json::value_to<std::string>(object.at(key));
}
std::uint64_t number(const boost::json::object& object, std::string_view key) {
    return object.at(key).to_number<std::uint64_t>();
}

}  // namespace

double Pass::transactions_per_second() const {
    return wall_seconds > 0 ? static_cast<double>(transactions) / wall_seconds : 0;
}

double Pass::steps_per_second() const {
    return wall_seconds > 0 ? static_cast<double>(steps) / wall_seconds : 0;
}

Pass run_pass(Engine& engine, PerfCounters& counters) {
    const auto before = usage_of_process();
    counters.reset();
    const auto report = engine.run_pending();
    Pass pass;
    pass.counters = counters.read();
    const auto after = usage_of_process();

    const auto facts = version_json();
    pass.cell = text(facts, "cell");
    pass.commit = text(facts, "commit");
    pass.compiler = text(facts, "compiler");
    pass.allocator = allocator_name();
    pass.vms = report.vms.size();
    pass.vms_used = static_cast<std::uint64_t>(std::ranges::count_if(
        report.vms, [](const executor::VmUse& use) { return use.blocks + use.shares > 0; }));
    pass.blocks = report.blocks;
    pass.transactions = report.transactions;
    pass.matched = report.matched_transactions;
    pass.steps = report.steps;
    pass.wall_seconds = report.seconds;
    pass.user_seconds = seconds(after.ru_utime) - seconds(before.ru_utime);
    pass.system_seconds = seconds(after.ru_stime) - seconds(before.ru_stime);
    pass.minor_faults = static_cast<std::uint64_t>(after.ru_minflt - before.ru_minflt);
    pass.major_faults = static_cast<std::uint64_t>(after.ru_majflt - before.ru_majflt);
    pass.peak_memory_bytes = static_cast<std::uint64_t>(after.ru_maxrss) * 1024;
    pass.failure = first_failure(report);
    return pass;
}

boost::json::object to_json(const Pass& pass) {
    boost::json::object counters;
    for (const auto& [name, count] : pass.counters.counts)
        counters[name] = count;
    return {{"cell", pass.cell},
            {"commit", pass.commit},
            {"compiler", pass.compiler},
            {"allocator", pass.allocator},
            {"vms", pass.vms},
            {"vms_used", pass.vms_used},
            {"blocks", pass.blocks},
            {"transactions", pass.transactions},
            {"matched", pass.matched},
            {"steps", pass.steps},
            {"wall_seconds", pass.wall_seconds},
            {"user_seconds", pass.user_seconds},
            {"system_seconds", pass.system_seconds},
            {"minor_faults", pass.minor_faults},
            {"major_faults", pass.major_faults},
            {"peak_memory_bytes", pass.peak_memory_bytes},
            {"counters", std::move(counters)},
            {"counters_missing", pass.counters.missing},
            {"failure", pass.failure}};
}

Pass pass_from_json(const boost::json::object& object) {
    Pass pass;
    pass.cell = text(object, "cell");
    pass.commit = text(object, "commit");
    pass.compiler = text(object, "compiler");
    pass.allocator = text(object, "allocator");
    pass.vms = number(object, "vms");
    pass.vms_used = number(object, "vms_used");
    pass.blocks = number(object, "blocks");
    pass.transactions = number(object, "transactions");
    pass.matched = number(object, "matched");
    pass.steps = number(object, "steps");
    pass.wall_seconds = object.at("wall_seconds").to_number<double>();
    pass.user_seconds = object.at("user_seconds").to_number<double>();
    pass.system_seconds = object.at("system_seconds").to_number<double>();
    pass.minor_faults = number(object, "minor_faults");
    pass.major_faults = number(object, "major_faults");
    pass.peak_memory_bytes = number(object, "peak_memory_bytes");
    for (const auto& [name, count] : object.at("counters").as_object())
        pass.counters.counts[std::string(name)] = count.to_number<std::uint64_t>();
    pass.counters.missing = text(object, "counters_missing");
    pass.failure = text(object, "failure");
    return pass;
}

}  // namespace blockexecd::daemon
