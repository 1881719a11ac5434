// SPDX-License-Identifier: Apache-2.0
#include "daemon/admin/block_status.hpp"

#include <boost/json/array.hpp>
#include <map>
#include <set>
#include <utility>

#include "daemon/engine/run_report.hpp"
#include "storage/database/chain.hpp"

namespace blockexecd::daemon {
namespace {

boost::json::array texts(const std::vector<std::string>& list) {
    boost::json::array array;
    for (const auto& text : list)
        array.emplace_back(text);
    return array;
}

boost::json::object timings_json(const storage::BlockTimings& timings) {
    boost::json::array placements;
    for (const auto& placement : timings.placements)
        placements.push_back(boost::json::object{
            {"vm", placement.vm}, {"cpu", placement.cpu}, {"node", placement.node}});
    return {{"started_unix_ms", timings.started_unix_ms},
            {"execute_ns", timings.execute_ns},
            {"verify_ns", timings.verify_ns},
            {"executed_steps", timings.executed_steps},
            {"placements", std::move(placements)}};
}

// One row a transaction: matched, mismatched or excepted once the block is executed, else the
// block's own status.
boost::json::array transactions_json(const executor::Block& block,
                                     const storage::StoredOutcome& outcome) {
    std::map<std::uint64_t, boost::json::array> mismatches;
    std::set<std::uint64_t> excepted;
    for (const auto& mismatch : outcome.verdict.mismatches)
        if (mismatch.index)
            mismatches[*mismatch.index].push_back(to_json(mismatch));
    for (const auto& known : outcome.verdict.excepted)
        if (known.mismatch.index)
            excepted.insert(*known.mismatch.index);
    const bool executed = outcome.status == storage::BlockStatus::matched ||
                          outcome.status == storage::BlockStatus::mismatched ||
                          outcome.status == storage::BlockStatus::excepted;
    boost::json::array rows;
    for (std::uint64_t index = 0; index < block.transactions.size(); ++index) {
        boost::json::object row{{"index", index},
                                {"transaction_hash", block.transactions[index].hash.to_hex()}};
        const auto found = mismatches.find(index);
        if (!executed)
            row["verdict"] = storage::block_status_name(outcome.status);
        else
            row["verdict"] = found != mismatches.end()  ? "mismatched"
                             : excepted.contains(index) ? "excepted"
                                                        : "matched";
        if (found != mismatches.end())
            row["mismatches"] = std::move(found->second);
        rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

storage::Result<boost::json::object> block_status(const storage::Database& database,
                                                  storage::StateMode mode,
                                                  executor::BlockNumber number) {
    auto block = storage::read_block(database, number);
    if (block.has_error())
        return block.error();
    const auto outcome = storage::read_outcome(database, mode, number);
    if (outcome.has_error())
        return outcome.error();
    const auto timings = storage::read_timings(database, mode, number);
    if (timings.has_error())
        return timings.error();

    boost::json::object status{{"block", number},
                               {"block_hash", block->header.hash.to_hex()},
                               {"starknet_version", block->header.starknet_version},
                               {"state", storage::state_mode_name(mode)},
                               {"status", storage::block_status_name(outcome->status)},
                               {"compared", texts(outcome->verdict.compared)},
                               {"skipped", texts(outcome->verdict.skipped)},
                               {"matched_transactions", outcome->verdict.matched_transactions},
                               {"excepted_transactions", outcome->verdict.excepted_transactions},
                               {"skipped_transactions", outcome->verdict.skipped_transactions},
                               {"exceptions", to_json(outcome->verdict.excepted)},
                               {"transactions", transactions_json(*block, *outcome)}};
    boost::json::array own;
    for (const auto& mismatch : outcome->verdict.mismatches)
        if (!mismatch.index)
            own.push_back(to_json(mismatch));
    status["block_mismatches"] = std::move(own);
    if (!outcome->failure.empty())
        status["failure"] = outcome->failure;
    if (timings->has_value())
        status["timings"] = timings_json(**timings);
    return status;
}

}  // namespace blockexecd::daemon
