// SPDX-License-Identifier: Apache-2.0
// What one run over blocks came to: as the JSON object that `replay` and `bench` print, and as the
// table of `run`.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "daemon/lifecycle/exit_code.hpp"
#include "executor/schedule/vm_pool.hpp"
#include "executor/types/verdict.hpp"
#include "storage/database/results.hpp"

namespace blockexecd::daemon {

struct BlockFailure {
    executor::BlockNumber block = 0;
    std::string reason;
};

struct RunReport {
    std::uint64_t blocks = 0;  // executed, or tried
    std::uint64_t matched_blocks = 0;
    std::uint64_t mismatched_blocks = 0;
    std::uint64_t transactions = 0;  // of executed blocks
    std::uint64_t matched_transactions = 0;
    std::vector<executor::Mismatch> mismatches;  // ascending by block
    std::vector<BlockFailure> failures;          // ascending by block
    std::uint64_t steps = 0;                     // instructions that the VMs executed
    double seconds = 0;                          // execution and write-back
    bool stopped = false;                        // blocks were left, since a stop was asked for
    std::vector<executor::VmUse> vms;

    [[nodiscard]] double transactions_per_second() const;
    [[nodiscard]] double steps_per_second() const;
    [[nodiscard]] ExitCode exit_code() const;
};

boost::json::object to_json(const executor::Mismatch& mismatch);
boost::json::object to_json(const RunReport& report);

// The table at the end of the first phase. `stored`: over the whole database, runs before this one
// included.
std::string to_table(const RunReport& report, const storage::ResultTotals& stored);

// "1,234,567"
std::string grouped(std::uint64_t number);

}  // namespace blockexecd::daemon
