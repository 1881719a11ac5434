// SPDX-License-Identifier: Apache-2.0
// `replay --reexecution-data`: one block in the reference's offline form, over the state in the
// file.
#include <boost/json/serialize.hpp>
#include <chrono>
#include <iostream>
#include <string>
#include <utility>

#include "daemon/commands/prepare.hpp"
#include "daemon/commands/reexecute.hpp"
#include "daemon/engine/run_report.hpp"
#include "executor/blocks/block_executor.hpp"
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
        verdict = executor::verify_state_diff(data.chain.chain_id, data.block.header.number,
                                              *data.recorded, computed);
    } else {
        verdict.skipped.emplace_back("state_diff: the file has none");
    }
    // Transactions are compared by their receipts.
    verdict.skipped_transactions = data.block.transactions.size();
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
    if (result.has_error()) {
        report.failures.push_back({data->block.header.number, result.error().message()});
    } else {
        report.steps = result->executed_steps;
        report.add(verdict_of(*data, *result), data->block.transactions.size());
    }
    if (flags.json) {
        std::cout << boost::json::serialize(to_json(report)) << "\n";
        return report.exit_code();
    }
    if (result.has_value())
        print_receipts(*result);
    std::cout << details_of(report);
    return report.exit_code();
}

}  // namespace blockexecd::daemon
