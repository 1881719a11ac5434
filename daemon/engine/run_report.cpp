// SPDX-License-Identifier: Apache-2.0
#include "daemon/engine/run_report.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <cstdio>
#include <utility>

namespace blockexecd::daemon {
namespace {

constexpr std::size_t kLabelWidth = 18;
constexpr std::size_t kNumberWidth = 18;

std::string decimals(double number, int digits) {
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", digits, number);
    return text.data();
}

std::string right(std::string text) {
    return text.size() >= kNumberWidth ? text : std::string(kNumberWidth - text.size(), ' ') + text;
}

std::string left(std::string text) {
    text.resize(std::max(text.size(), kLabelWidth), ' ');
    return text;
}

}  // namespace

double RunReport::transactions_per_second() const {
    return seconds > 0 ? static_cast<double>(transactions) / seconds : 0;
}

double RunReport::steps_per_second() const {
    return seconds > 0 ? static_cast<double>(steps) / seconds : 0;
}

ExitCode RunReport::exit_code() const {
    if (!mismatches.empty())
        return ExitCode::mismatches;
    return failures.empty() ? ExitCode::success : ExitCode::not_executed;
}

boost::json::object to_json(const executor::Mismatch& mismatch) {
    boost::json::object object{{"block", mismatch.block}};
    if (mismatch.index)
        object["index"] = *mismatch.index;
    else
        object["index"] = nullptr;
    object["transaction_hash"] =
        mismatch.index ? boost::json::value(mismatch.transaction_hash.to_hex()) : nullptr;
    object["field"] = mismatch.field;
    object["expected"] = mismatch.expected;
    object["actual"] = mismatch.actual;
    return object;
}

boost::json::object to_json(const RunReport& report) {
    boost::json::array mismatches;
    for (const auto& mismatch : report.mismatches)
        mismatches.push_back(to_json(mismatch));
    boost::json::array failures;
    for (const auto& failure : report.failures)
        failures.push_back(
            boost::json::object{{"block", failure.block}, {"reason", failure.reason}});
    return {{"blocks", report.blocks},
            {"transactions", report.transactions},
            {"matched", report.matched_transactions},
            {"mismatches", std::move(mismatches)},
            {"failures", std::move(failures)},
            {"steps", report.steps},
            {"seconds", report.seconds},
            {"transactions_per_second", report.transactions_per_second()},
            {"vms", report.vms.size()}};
}

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::string to_table(const RunReport& report, const storage::ResultTotals& stored) {
    const auto mismatched = [](std::uint64_t transactions, std::uint64_t matched) {
        return transactions - matched;
    };
    struct Row {
        std::string_view label;
        std::uint64_t now;
        std::uint64_t all;
    };
    const std::array rows{
        Row{"blocks", report.blocks,
            stored.matched_blocks + stored.mismatched_blocks + stored.failed_blocks},
        Row{"  matched", report.matched_blocks, stored.matched_blocks},
        Row{"  mismatched", report.mismatched_blocks, stored.mismatched_blocks},
        Row{"  failed", report.failures.size(), stored.failed_blocks},
        Row{"transactions", report.transactions, stored.transactions},
        Row{"  matched", report.matched_transactions, stored.matched_transactions},
        Row{"  mismatched", mismatched(report.transactions, report.matched_transactions),
            mismatched(stored.transactions, stored.matched_transactions)},
        Row{"VM steps", report.steps, stored.executed_steps},
    };
    std::string text = left("") + right("executed now") + right("in the database") + "\n";
    for (const auto& row : rows)
        text +=
            left(std::string(row.label)) + right(grouped(row.now)) + right(grouped(row.all)) + "\n";
    text += left("wall time") + right(decimals(report.seconds, 3) + " s") + "\n";
    text += left("transactions/s") + right(decimals(report.transactions_per_second(), 1)) + "\n";
    text += left("VM steps/s") +
            right(grouped(static_cast<std::uint64_t>(report.steps_per_second()))) + "\n";
    text += left("VMs") + right(std::to_string(report.vms.size())) + "\n";
    for (const auto& vm : report.vms) {
        text += "  vm " + std::to_string(vm.placement.vm) + " on cpu " +
                std::to_string(vm.placement.cpu) + " (core " + std::to_string(vm.placement.core) +
                ", node " + std::to_string(vm.placement.node) + "): " + grouped(vm.blocks) +
                " blocks, " + (vm.shares == 0 ? "" : grouped(vm.shares) + " shared, ") +
                grouped(vm.executed_steps) + " steps";
        if (!vm.pin_error.empty())
            text += "; NOT PINNED: " + vm.pin_error;
        if (!vm.memory_error.empty())
            text += "; MEMORY NOT PLACED: " + vm.memory_error;
        text += "\n";
    }
    return text;
}

}  // namespace blockexecd::daemon
