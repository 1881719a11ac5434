// SPDX-License-Identifier: Apache-2.0
// What one run over blocks came to: as the JSON object that `replay` and `bench` print, and as the
// table of `run`.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
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
    std::uint64_t excepted_blocks = 0;  // differ only in known exceptions
    std::uint64_t skipped_blocks = 0;   // executed, nothing of them was compared
    std::uint64_t transactions = 0;     // of executed blocks
    std::uint64_t matched_transactions = 0;
    std::uint64_t excepted_transactions = 0;
    std::uint64_t skipped_transactions = 0;
    std::vector<executor::Mismatch> mismatches;          // ascending by block
    std::vector<executor::ExceptedMismatch> exceptions;  // ascending by block
    // Numbers of blocks by what was compared of them, and by what was not, with the reason.
    std::map<std::string, std::uint64_t> compared;
    std::map<std::string, std::uint64_t> skipped;
    std::vector<BlockFailure> failures;  // ascending by block
    std::uint64_t steps = 0;             // instructions that the VMs executed
    double seconds = 0;                  // execution and write-back
    bool stopped = false;                // blocks were left, since a stop was asked for
    std::vector<executor::VmUse> vms;

    // Counts the block's verdict in all of the above.
    void add(const executor::Verdict& verdict, std::uint64_t n_transactions);
    [[nodiscard]] double transactions_per_second() const;
    [[nodiscard]] double steps_per_second() const;
    [[nodiscard]] ExitCode exit_code() const;
};

boost::json::object to_json(const executor::Mismatch& mismatch);
// Mismatches with a "reason".
boost::json::array to_json(const std::vector<executor::ExceptedMismatch>& exceptions);
// A line of text for each kind of comparison, each exception, mismatch and failure.
std::string details_of(const RunReport& report);
boost::json::object to_json(const RunReport& report);

// The table at the end of the first phase. `stored`: over the whole database, runs before this one
// included.
std::string to_table(const RunReport& report, const storage::ResultTotals& stored);

// "1,234,567"
std::string grouped(std::uint64_t number);

}  // namespace blockexecd::daemon
