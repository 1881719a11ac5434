// SPDX-License-Identifier: Apache-2.0
// The sweep: every combination in a fresh process on a fresh copy of the imported chain, the
// combinations interleaved, one round uncounted. Beside each, as the ceiling, the same number of
// processes with one VM each, which share nothing but the machine.
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "daemon/sweep/combination.hpp"
#include "daemon/sweep/pass.hpp"
#include "storage/database/database.hpp"

namespace blockexecd::daemon {

struct SweepPlan {
    std::vector<Combination> combinations;
    std::map<std::string, std::filesystem::path> programs;  // blockexecd, by cell layout
    std::vector<std::string> settings;  // flags that every pass gets ("--execution.state" …)
    std::uint64_t warmup = 1;           // rounds that are verified and not counted; at least 1
    std::uint64_t runs = 5;             // rounds that are counted
    bool ceiling = true;                // measure independent processes as well
    std::filesystem::path scratch;      // for copies of the database; on its file system
    std::function<void(const std::string&)> progress;  // one line for each pass
};

// Of processes with one VM each that ran at the same time.
struct Ceiling {
    double transactions_per_second = 0;  // of all together
    double cpu_seconds = 0;              // user and system, a transaction
};

// What was measured for one combination, by round.
struct Measured {
    Combination combination;
    std::vector<Pass> passes;
    std::vector<Ceiling> ceilings;  // empty: not measured

    [[nodiscard]] double median_seconds() const;
    [[nodiscard]] double transactions_per_second() const;  // of the median
    // Transactions/s over the ceiling's, of the medians; nothing where no ceiling was measured.
    [[nodiscard]] std::optional<double> efficiency() const;
    // The ceiling's CPU time a transaction over ours: what is left of efficiency when others use
    // the machine's CPUs at the same time.
    [[nodiscard]] std::optional<double> cpu_efficiency() const;
};

// Throws std::runtime_error with the reason when a pass fails or does not match.
std::vector<Measured> run_sweep(const storage::Database& database, const SweepPlan& plan);

// The blockexecd of a layout: ourselves, or build/cells/LAYOUT/bin/blockexecd beside our build.
std::filesystem::path program_for_cell(const std::string& cell);

}  // namespace blockexecd::daemon
