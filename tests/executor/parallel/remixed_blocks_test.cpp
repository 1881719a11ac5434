// SPDX-License-Identifier: Apache-2.0
// Generated blocks, with few and with many conflicts and many that revert, give the same with any
// number of workers, delayed and abandoned at random, with true, wrong and no expectations, as on
// one VM. BLOCKEXECD_PARALLEL_BLOCKS sets their number (`./dev parallel-blocks`), _SEED the first.
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "tests/executor/blocks/chain_names.hpp"
#include "tests/executor/parallel/chaos.hpp"
#include "tests/executor/parallel/remixed_blocks.hpp"
#include "tests/executor/parallel/thread_workers.hpp"

namespace blockexecd::executor {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
    const char* text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

struct Totals {
    std::uint64_t blocks = 0;
    std::uint64_t transactions = 0;
    std::uint64_t reverted = 0;
    std::uint64_t rejections = 0;
    std::uint64_t parallel_runs = 0;
    std::uint64_t parallel_transactions = 0;
    std::uint64_t executions = 0;
    std::uint64_t leaves = 0;
};

class RemixedChain : public testing::TestWithParam<const char*> {
  protected:
    // By every number of workers. False after a failure.
    bool run_parallel(const Block& block, const vm::Result<BlockResult>& expected,
                      std::uint64_t seed) {
        const auto input = blocks_.input(block);
        for (auto& workers : all_workers_) {
            test::Chaos chaos(seed * 31 + workers.size(), {.delays = 16, .leaves = 60});
            const BlockAccessSets* learned = nullptr;
            if (seed % 3 == 1 && expected.has_value())
                learned = &expected->access_sets;
            else if (seed % 3 == 2 && !foreign_.empty())
                learned = &foreign_;
            const auto computed = workers.execute(input, blocks_.state(),
                                                  {.learned = learned, .chaos = chaos.hook()});
            const auto lines = test::result_differences(expected, computed);
            for (const auto& line : lines)
                ADD_FAILURE() << "seed " << seed << ", " << workers.size() << " workers: " << line;
            ++totals_.parallel_runs;
            totals_.parallel_transactions += block.transactions.size();
            totals_.executions += workers.executions();
            totals_.leaves += chaos.leaves();
            if (!lines.empty())
                return false;
        }
        return true;
    }

    bool run(std::uint64_t seed) {
        const auto conflict = test::kConflicts[seed % std::size(test::kConflicts)];
        auto block = blocks_.make(seed, {.conflict = conflict,
                                         .transactions = 6 + seed % 13,
                                         .failing_percent = seed % 4 == 0 ? 80U : 25U});
        while (true) {
            const auto expected = execute_block(vm_, blocks_.input(block), blocks_.state());
            if (!run_parallel(block, expected, seed))
                return false;
            if (expected.has_value()) {
                ++totals_.blocks;
                totals_.transactions += expected->transactions.size();
                for (const auto& transaction : expected->transactions)
                    totals_.reverted += transaction.info.is_reverted() ? 1 : 0;
                foreign_ = expected->access_sets;
                return true;
            }
            // A rejected transaction fails the block, with any number of workers in the same words;
            // then the block goes on without it.
            ++totals_.rejections;
            const auto& text = expected.error().message();
            const auto at = text.find("transaction ");
            if (at == std::string::npos) {
                ADD_FAILURE() << text;
                return false;
            }
            block = blocks_.without(std::move(block), std::stoul(text.substr(at + 12)));
        }
    }

    const test::ChainArchive archive_{test::chains_folder() / GetParam()};
    test::RemixedBlocks blocks_{archive_};
    VmWorker vm_;
    test::ThreadWorkers all_workers_[5] = {test::ThreadWorkers(1), test::ThreadWorkers(2),
                                           test::ThreadWorkers(4), test::ThreadWorkers(8),
                                           test::ThreadWorkers(16)};
    BlockAccessSets foreign_;  // of the block before
    Totals totals_;
};

TEST_P(RemixedChain, AnyNumberOfWorkersGivesWhatOneVmGives) {
    constexpr std::uint64_t kInTheSuite = 48;
    const auto count = from_environment("BLOCKEXECD_PARALLEL_BLOCKS", kInTheSuite);
    const auto first = from_environment("BLOCKEXECD_PARALLEL_SEED", 1);
    const auto here = (count + std::size(test::kChainNames) - 1) / std::size(test::kChainNames);
    for (std::uint64_t i = 0; i < here; ++i)
        if (!run(first + i))
            break;
    std::cout << GetParam() << ": " << totals_.blocks << " blocks of " << totals_.transactions
              << " transactions, " << totals_.reverted << " reverted, " << totals_.rejections
              << " more blocks rejected; " << totals_.parallel_runs << " parallel runs of "
              << totals_.parallel_transactions << " transactions, " << totals_.executions
              << " executions, " << totals_.leaves << " workers left" << std::endl;
    EXPECT_EQ(totals_.blocks, here);
}

INSTANTIATE_TEST_SUITE_P(AllChains, RemixedChain, testing::ValuesIn(test::kChainNames),
                         test::chain_test_name);

}  // namespace
}  // namespace blockexecd::executor
