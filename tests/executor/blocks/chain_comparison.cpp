// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/blocks/chain_comparison.hpp"

#include <algorithm>

#include "executor/blocks/verify.hpp"
#include "tests/executor/blocks/archive_json.hpp"
#include "tests/executor/blocks/chain_replay.hpp"
#include "tests/executor/blocks/execution_diff.hpp"
#include "tests/executor/blocks/recorded_result.hpp"

namespace blockexecd::executor::test {
namespace {

void count_calls(const CallInfo& call, ChainComparison& comparison) {
    ++comparison.calls;
    if (call.execution.failed)
        ++comparison.failed_calls;
    for (const auto& inner : call.inner_calls)
        count_calls(inner, comparison);
}

std::string at(BlockNumber block, std::uint64_t transaction) {
    return "block " + std::to_string(block) + ", transaction " + std::to_string(transaction) + ": ";
}

void compare_block(const ChainArchive& archive, const Block& block, const StateUpdate& update,
                   const BlockResult& result, ChainComparison& comparison) {
    const Verdict verdict = verify_block(archive.info(), block, update, result);
    std::vector<bool> differs(block.transactions.size(), false);
    for (const auto& mismatch : verdict.mismatches) {
        if (mismatch.index)
            differs.at(*mismatch.index) = true;
        comparison.differences.push_back(to_text(mismatch));
    }
    const auto recorded = read_execution_infos(archive, block.header.number);
    for (std::size_t i = 0; i < recorded.size(); ++i) {
        const auto& info = result.transactions.at(i).info;
        for (const auto& line : execution_differences(recorded[i], info)) {
            differs[i] = true;
            comparison.differences.push_back(at(block.header.number, i) + line);
        }
        for (const auto* call :
             {&info.validate_call_info, &info.execute_call_info, &info.fee_transfer_call_info})
            if (*call)
                count_calls(**call, comparison);
        if (info.is_reverted())
            ++comparison.reverted_transactions;
    }
    if (recorded.size() != block.transactions.size())
        comparison.differences.push_back("block " + std::to_string(block.header.number) + ": " +
                                         std::to_string(recorded.size()) + " execution infos");
    comparison.matched_transactions +=
        static_cast<std::uint64_t>(std::ranges::count(differs, false));
}

// Each rejected transaction again, behind those that were in the block before it.
void compare_rejections(const ChainArchive& archive, const Block& block, ChainReplay& replay,
                        ChainComparison& comparison) {
    const auto rejections = archive.rejections(block.header.number);
    if (rejections.empty())
        return;
    std::vector<ChainReplay::Tried> tried;
    for (const auto& rejection : rejections)
        tried.push_back({rejection.index, rejection.transaction});
    const auto texts = replay.try_transactions(block, tried);
    for (std::size_t i = 0; i < rejections.size(); ++i) {
        ++comparison.rejections;
        const auto text = texts.has_error() ? texts.error().message() : (*texts)[i];
        if (text.ends_with("): " + rejections[i].error))
            ++comparison.matched_rejections;
        else
            comparison.differences.push_back(at(block.header.number, rejections[i].index) +
                                             "rejection: expected " + rejections[i].error +
                                             ", got " + text);
    }
}

}  // namespace

ChainComparison compare_chain(const std::filesystem::path& folder) {
    const ChainArchive archive(folder);
    ChainReplay replay(archive);
    ChainComparison comparison;
    for (BlockNumber number = 1; number <= archive.last_block(); ++number) {
        const Block block = archive.block(number);
        const StateUpdate update = archive.state_update(number);
        ++comparison.blocks;
        comparison.transactions += block.transactions.size();
        compare_rejections(archive, block, replay, comparison);
        const auto result = replay.execute(block, update);
        if (result.has_error())
            comparison.differences.push_back(result.error().message());
        else
            compare_block(archive, block, update, *result, comparison);
    }
    return comparison;
}

}  // namespace blockexecd::executor::test
