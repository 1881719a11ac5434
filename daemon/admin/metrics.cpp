// SPDX-License-Identifier: Apache-2.0
#include "daemon/admin/metrics.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/lifecycle/version.hpp"
#include "storage/database/results.hpp"

namespace blockexecd::daemon {
namespace {

// What all metrics are computed from, taken once a scrape.
struct Sample {
    const Counters& counters;
    executor::ClassCacheStatistics classes;
    std::uint64_t vms = 0;
    std::uint64_t database_bytes = 0;
    std::uint64_t memtable_bytes = 0;
    std::uint64_t resident_bytes = 0;
    std::uint64_t watermark = 0;
};

struct Metric {
    std::string_view name;
    prometheus::MetricType type;
    std::string_view help;
    std::string_view label_name;  // empty: no label
    std::string_view label_value;
    double (*value)(const Sample&);
};

constexpr auto kCounter = prometheus::MetricType::Counter;
constexpr auto kGauge = prometheus::MetricType::Gauge;

double number(std::uint64_t value) {
    return static_cast<double>(value);
}
double seconds(std::uint64_t nanoseconds) {
    return static_cast<double>(nanoseconds) / 1e9;
}

// Metrics of one name stand together.
constexpr std::array kMetrics{
    Metric{"blockexecd_blocks_total", kCounter, "Blocks executed since the start, by verdict.",
           "verdict", "matched", [](const Sample& s) { return number(s.counters.matched_blocks); }},
    Metric{"blockexecd_blocks_total", kCounter, "", "verdict", "mismatched",
           [](const Sample& s) { return number(s.counters.mismatched_blocks); }},
    Metric{"blockexecd_blocks_total", kCounter, "", "verdict", "excepted",
           [](const Sample& s) { return number(s.counters.excepted_blocks); }},
    Metric{"blockexecd_blocks_total", kCounter, "", "verdict", "failed",
           [](const Sample& s) { return number(s.counters.failed_blocks); }},
    Metric{"blockexecd_transactions_total", kCounter, "Transactions executed since the start.", "",
           "", [](const Sample& s) { return number(s.counters.transactions); }},
    Metric{"blockexecd_matched_transactions_total", kCounter,
           "Transactions of which every compared field matched.", "", "",
           [](const Sample& s) { return number(s.counters.matched_transactions); }},
    Metric{"blockexecd_excepted_transactions_total", kCounter,
           "Transactions that differ in known exceptions alone.", "", "",
           [](const Sample& s) { return number(s.counters.excepted_transactions); }},
    Metric{"blockexecd_skipped_transactions_total", kCounter,
           "Transactions executed and not compared.", "", "",
           [](const Sample& s) { return number(s.counters.skipped_transactions); }},
    Metric{"blockexecd_mismatches_total", kCounter,
           "Fields that differ from what the chain recorded.", "", "",
           [](const Sample& s) { return number(s.counters.mismatches); }},
    Metric{"blockexecd_vm_steps_total", kCounter, "Instructions that the VMs executed.", "", "",
           [](const Sample& s) { return number(s.counters.executed_steps); }},
    Metric{"blockexecd_stage_seconds_total", kCounter, "Time in each stage, summed over threads.",
           "stage", "execute",
           [](const Sample& s) { return seconds(s.counters.execute_nanoseconds); }},
    Metric{"blockexecd_stage_seconds_total", kCounter, "", "stage", "verify",
           [](const Sample& s) { return seconds(s.counters.verify_nanoseconds); }},
    Metric{"blockexecd_stage_seconds_total", kCounter, "", "stage", "commit",
           [](const Sample& s) { return seconds(s.counters.commit_nanoseconds); }},
    Metric{"blockexecd_planned_blocks", kGauge, "Blocks of the current run and of those before it.",
           "", "", [](const Sample& s) { return number(s.counters.planned_blocks); }},
    Metric{"blockexecd_blocks_in_memory", kGauge, "Blocks that are read and not yet committed.", "",
           "", [](const Sample& s) { return number(s.counters.blocks_in_memory); }},
    Metric{"blockexecd_verified_block", kGauge, "The block up to which all blocks are executed.",
           "", "", [](const Sample& s) { return number(s.watermark); }},
    Metric{"blockexecd_vms", kGauge, "Cairo VMs.", "", "",
           [](const Sample& s) { return number(s.vms); }},
    Metric{"blockexecd_class_cache_requests_total", kCounter, "Requests for classes, by outcome.",
           "outcome", "hit", [](const Sample& s) { return number(s.classes.hits); }},
    Metric{"blockexecd_class_cache_requests_total", kCounter, "", "outcome", "miss",
           [](const Sample& s) { return number(s.classes.misses); }},
    Metric{"blockexecd_class_cache_evictions_total", kCounter,
           "Classes that had to leave the cache.", "", "",
           [](const Sample& s) { return number(s.classes.evictions); }},
    Metric{"blockexecd_class_cache_classes", kGauge, "Classes in the cache.", "", "",
           [](const Sample& s) { return number(s.classes.classes); }},
    Metric{"blockexecd_class_cache_bytes", kGauge, "Bytes of the classes in the cache.", "", "",
           [](const Sample& s) { return number(s.classes.bytes); }},
    Metric{"blockexecd_database_bytes", kGauge, "Size of the database's table files.", "", "",
           [](const Sample& s) { return number(s.database_bytes); }},
    Metric{"blockexecd_database_memtable_bytes", kGauge, "Unflushed writes of the database.", "",
           "", [](const Sample& s) { return number(s.memtable_bytes); }},
    Metric{"process_resident_memory_bytes", kGauge, "Memory of the process.", "", "",
           [](const Sample& s) { return number(s.resident_bytes); }},
};

std::uint64_t resident_bytes() {
    std::uint64_t total = 0;
    std::uint64_t resident = 0;
    std::ifstream in("/proc/self/statm");
    in >> total >> resident;
    return resident * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::uint64_t aggregated_property(const storage::Database& database, const std::string& name) {
    std::uint64_t value = 0;
    database.rocks().GetAggregatedIntProperty(name, &value);
    return value;
}

prometheus::MetricFamily build_family() {
    const auto built = version_json();
    prometheus::ClientMetric metric;
    metric.gauge.value = 1;
    for (const std::string_view key : {"version", "commit", "cell"})
        metric.label.push_back({std::string(key), std::string(built.at(key).as_string())});
    return {"blockexecd_build_info", "The running program.", kGauge, {metric}};
}

}  // namespace

std::string metrics_text(const Engine& engine, const storage::Database& database) {
    const auto watermark = storage::read_watermark(database, engine.mode());
    const Sample sample{
        .counters = engine.counters(),
        .classes = engine.class_statistics(),
        .vms = engine.placement().vms.size(),
        .database_bytes =
            aggregated_property(database, rocksdb::DB::Properties::kTotalSstFilesSize),
        .memtable_bytes =
            aggregated_property(database, rocksdb::DB::Properties::kCurSizeAllMemTables),
        .resident_bytes = resident_bytes(),
        .watermark = watermark.has_value() ? watermark->value_or(0) : 0,
    };
    std::vector<prometheus::MetricFamily> families{build_family()};
    for (const auto& row : kMetrics) {
        if (families.back().name != row.name)
            families.push_back({std::string(row.name), std::string(row.help), row.type, {}});
        prometheus::ClientMetric metric;
        if (!row.label_name.empty())
            metric.label.push_back({std::string(row.label_name), std::string(row.label_value)});
        (row.type == kCounter ? metric.counter.value : metric.gauge.value) = row.value(sample);
        families.back().metric.push_back(std::move(metric));
    }
    return prometheus::TextSerializer().Serialize(families);
}

}  // namespace blockexecd::daemon
