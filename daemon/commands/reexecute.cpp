// SPDX-License-Identifier: Apache-2.0
// `replay --reexecution-data`: one block in the reference's offline form, over the state in the
// file.
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "daemon/commands/prepare.hpp"
#include "daemon/commands/reexecute.hpp"
#include "daemon/engine/run_report.hpp"
#include "executor/blocks/block_executor.hpp"
#include "executor/blocks/known_exceptions.hpp"
#include "executor/blocks/verify_state_diff.hpp"
#include "storage/archive/reexecution_data.hpp"

namespace blockexecd::daemon {
namespace {

executor::Verdict verdict_of(const storage::ReexecutionData& data,
                             const executor::BlockResult& result) {
    executor::Verdict verdict;
    if (data.recorded) {
        auto computed = result.state_diff;
        computed.deprecated_declared_classes.clear();
        verdict = executor::verify_state_diff(data.block.header.number, *data.recorded, computed);
    } else {
        verdict.skipped.emplace_back("state_diff: the file has none");
    }
    verdict.skipped.emplace_back("receipts: the file has none");
    verdict.skipped.emplace_back("commitments, block_hash, state_root: the file has none");
    return verdict;
}

void print_receipts(const executor::BlockResult& result) {
    for (const auto& transaction : result.transactions) {
        const auto& receipt = transaction.receipt;
        const auto& gas = transaction.info.receipt.gas;
        std::cout << receipt.transaction_index << " " << receipt.transaction_hash.to_hex()
                  << (transaction.info.is_reverted() ? " reverted" : " succeeded") << ", fee "
                  << receipt.actual_fee.to_hex() << ", l1_gas " << gas.l1_gas << ", l1_data_gas "
                  << gas.l1_data_gas << ", l2_gas " << gas.l2_gas << ", " << receipt.events.size()
                  << " events\n";
    }
}

boost::json::object json_of(const RunReport& report, const executor::Verdict& verdict,
                            const std::vector<executor::ExceptedMismatch>& excepted) {
    auto json = to_json(report);
    json["compared"] = boost::json::array(verdict.compared.begin(), verdict.compared.end());
    json["skipped"] = boost::json::array(verdict.skipped.begin(), verdict.skipped.end());
    boost::json::array exceptions;
    for (const auto& known : excepted) {
        auto exception = to_json(known.mismatch);
        exception["reason"] = known.reason;
        exceptions.push_back(std::move(exception));
    }
    json["exceptions"] = std::move(exceptions);
    return json;
}

std::string line_of(const executor::Mismatch& mismatch) {
    return mismatch.field + ": expected " + mismatch.expected + ", got " + mismatch.actual;
}

void print_comparison(const RunReport& report, const executor::Verdict& verdict,
                      const std::vector<executor::ExceptedMismatch>& excepted) {
    for (const auto& level : verdict.compared)
        std::cout << "compared " << level << "\n";
    for (const auto& level : verdict.skipped)
        std::cout << "skipped " << level << "\n";
    for (const auto& mismatch : report.mismatches)
        std::cout << "mismatch " << line_of(mismatch) << "\n";
    for (const auto& known : excepted)
        std::cout << "known exception " << line_of(known.mismatch) << ": " << known.reason << "\n";
    for (const auto& failure : report.failures)
        std::cout << "block " << failure.block << " not executed: " << failure.reason << "\n";
}

}  // namespace

ExitCode reexecute_command(const ReexecuteFlags& flags) {
    const auto casm = flags.casm.empty() ? flags.file.parent_path() / "casm" : flags.casm;
    auto data = storage::read_reexecution_data(flags.file, casm);
    if (data.has_error())
        return report_error(data.error());
    const auto start = std::chrono::steady_clock::now();
    executor::VmWorker worker;
    const auto result = executor::execute_block(
        worker,
        {.chain = data->chain,
         .block = data->block,
         .old_block_hash = data->old_block_hash,
         .declared_class = [&](const executor::ClassHash& class_hash)
             -> vm::Result<std::shared_ptr<const executor::CompiledClass>> {
             const auto found = data->declared_classes.find(class_hash);
             if (found == data->declared_classes.end())
                 return vm::Error(vm::ErrorKind::host,
                                  "the file has no class " + class_hash.to_hex());
             return found->second;
         }},
        data->before);
    RunReport report;
    report.blocks = 1;
    report.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    executor::Verdict verdict;
    std::vector<executor::ExceptedMismatch> excepted;
    if (result.has_error()) {
        report.failures.push_back({data->block.header.number, result.error().message()});
    } else {
        report.steps = result->executed_steps;
        report.transactions = data->block.transactions.size();
        // Transactions are compared by their receipts, which the form does not have: none matched.
        verdict = verdict_of(*data, *result);
        excepted = executor::take_known_exceptions(data->chain.chain_id, verdict.mismatches);
        report.mismatches = verdict.mismatches;
        report.mismatched_blocks = verdict.mismatches.empty() ? 0 : 1;
        report.matched_blocks =
            data->recorded && verdict.mismatches.empty() && excepted.empty() ? 1 : 0;
    }
    if (flags.json) {
        std::cout << boost::json::serialize(json_of(report, verdict, excepted)) << "\n";
        return report.exit_code();
    }
    if (result.has_value())
        print_receipts(*result);
    print_comparison(report, verdict, excepted);
    return report.exit_code();
}

}  // namespace blockexecd::daemon
