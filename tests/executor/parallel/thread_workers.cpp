// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/parallel/thread_workers.hpp"

#include <algorithm>
#include <thread>

#include "tests/executor/blocks/execution_diff.hpp"

namespace blockexecd::executor::test {

vm::Result<BlockResult> ThreadWorkers::execute(const BlockInput& input, InMemoryState& state,
                                               const Options& options) {
    return execute_block_in_parallel(input, state,
                                     [&](const std::function<void(const BlockWorker&)>& work) {
                                         std::vector<std::jthread> threads;
                                         for (std::size_t worker = 0; worker < count_; ++worker)
                                             threads.emplace_back([&] {
                                                 VmWorker vm;
                                                 work({vm, state});
                                             });
                                     },
                                     {.max_workers = count_,
                                      .learned = options.learned,
                                      .statistics = &statistics_,
                                      .chaos = options.chaos});
}

std::vector<std::string> result_differences(const vm::Result<BlockResult>& expected,
                                            const vm::Result<BlockResult>& computed) {
    const auto text = [](const vm::Result<BlockResult>& result) {
        return result.has_error() ? result.error().message() : "no error";
    };
    if (expected.has_error() || computed.has_error()) {
        if (text(expected) == text(computed))
            return {};
        return {"expected " + text(expected) + ", got " + text(computed)};
    }
    std::vector<std::string> lines;
    const auto same = [&lines](const std::string& what, bool equal) {
        if (!equal)
            lines.push_back(what + " differ");
    };
    same("numbers of transactions", expected->transactions.size() == computed->transactions.size());
    const auto count = std::min(expected->transactions.size(), computed->transactions.size());
    for (std::size_t i = 0; i < count; ++i) {
        const auto name = "transaction " + std::to_string(i) + ": ";
        const auto& wanted = expected->transactions[i];
        const auto& actual = computed->transactions[i];
        for (const auto& line : execution_differences(wanted.info, actual.info))
            lines.push_back(name + line);
        same(name + "receipts", wanted.receipt == actual.receipt);
        same(name + "steps", wanted.executed_steps == actual.executed_steps);
        same(name + "access sets", expected->access_sets[i] == computed->access_sets[i]);
    }
    same("state diffs", expected->state_diff == computed->state_diff);
    same("steps", expected->executed_steps == computed->executed_steps);
    return lines;
}

}  // namespace blockexecd::executor::test
