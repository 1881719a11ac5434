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

boost::json::object to_object(const std::map<std::string, std::uint64_t>& counts) {
    boost::json::object object;
    for (const auto& [name, count] : counts)
        object[name] = count;
    return object;
}

std::string left(std::string text) {
    text.resize(std::max(text.size(), kLabelWidth), ' ');
    return text;
}

}  // namespace

void RunReport::add(const executor::Verdict& verdict, std::uint64_t n_transactions) {
    transactions += n_transactions;
    matched_transactions += verdict.matched_transactions;
    excepted_transactions += verdict.excepted_transactions;
    skipped_transactions += verdict.skipped_transactions;
    ++(!verdict.mismatches.empty() ? mismatched_blocks
       : !verdict.excepted.empty() ? excepted_blocks
       : verdict.compared.empty()  ? skipped_blocks
                                   : matched_blocks);
    for (const auto& level : verdict.compared)
        ++compared[level];
    for (const auto& level : verdict.skipped)
        ++skipped[level];
    mismatches.insert(mismatches.end(), verdict.mismatches.begin(), verdict.mismatches.end());
    exceptions.insert(exceptions.end(), verdict.excepted.begin(), verdict.excepted.end());
}

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

boost::json::array to_json(const std::vector<executor::ExceptedMismatch>& exceptions) {
    boost::json::array list;
    for (const auto& excepted : exceptions) {
        auto object = to_json(excepted.mismatch);
        object["reason"] = excepted.reason;
        list.push_back(std::move(object));
    }
    return list;
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
            {"matched_blocks", report.matched_blocks},
            {"mismatched_blocks", report.mismatched_blocks},
            {"excepted_blocks", report.excepted_blocks},
            {"skipped_blocks", report.skipped_blocks},
            {"transactions", report.transactions},
            {"matched", report.matched_transactions},
            {"excepted", report.excepted_transactions},
            {"skipped_transactions", report.skipped_transactions},
            {"compared", to_object(report.compared)},
            {"skipped", to_object(report.skipped)},
            {"mismatches", std::move(mismatches)},
            {"exceptions", to_json(report.exceptions)},
            {"failures", std::move(failures)},
            {"steps", report.steps},
            {"seconds", report.seconds},
            {"transactions_per_second", report.transactions_per_second()},
            {"vms", report.vms.size()}};
}

std::string details_of(const RunReport& report) {
    std::string text;
    const auto counts = [&text](const char* label, const std::map<std::string, std::uint64_t>& of) {
        for (const auto& [level, blocks] : of)
            text += std::string(label) + " in " + grouped(blocks) + " blocks: " + level + "\n";
    };
    counts("compared", report.compared);
    counts("skipped", report.skipped);
    const auto line = [](const executor::Mismatch& mismatch) {
        return "block " + std::to_string(mismatch.block) +
               (mismatch.index ? " transaction " + std::to_string(*mismatch.index) : "") + " " +
               mismatch.field + ": expected " + mismatch.expected + ", got " + mismatch.actual;
    };
    for (const auto& mismatch : report.mismatches)
        text += line(mismatch) + "\n";
    for (const auto& excepted : report.exceptions)
        text += "known exception: " + line(excepted.mismatch) + ": " + excepted.reason + "\n";
    for (const auto& failure : report.failures)
        text +=
            "block " + std::to_string(failure.block) + " not executed: " + failure.reason + "\n";
    return text;
}

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), ",");
    return text;
}

std::string to_table(const RunReport& report, const storage::ResultTotals& stored) {
    const auto mismatched = [](const auto& counts) {
        return counts.transactions - counts.matched_transactions - counts.excepted_transactions -
               counts.skipped_transactions;
    };
    struct Row {
        std::string_view label;
        std::uint64_t now;
        std::uint64_t all;
    };
    const std::array rows{
        Row{"blocks", report.blocks,
            stored.matched_blocks + stored.mismatched_blocks + stored.excepted_blocks +
                stored.failed_blocks},
        Row{"  matched", report.matched_blocks, stored.matched_blocks},
        Row{"  mismatched", report.mismatched_blocks, stored.mismatched_blocks},
        Row{"  excepted", report.excepted_blocks, stored.excepted_blocks},
        Row{"  failed", report.failures.size(), stored.failed_blocks},
        Row{"transactions", report.transactions, stored.transactions},
        Row{"  matched", report.matched_transactions, stored.matched_transactions},
        Row{"  mismatched", mismatched(report), mismatched(stored)},
        Row{"  excepted", report.excepted_transactions, stored.excepted_transactions},
        Row{"  skipped", report.skipped_transactions, stored.skipped_transactions},
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
