// SPDX-License-Identifier: Apache-2.0
// Blocks executed by many workers at once give what one worker gives in order: the recorded chains,
// with every number of workers, with right, wrong and no expectations, and with workers delayed at
// named points.
#include "executor/parallel/parallel_block.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <tuple>

#include "executor/blocks/verify.hpp"
#include "executor/state/in_memory_state.hpp"
#include "tests/executor/blocks/chain_names.hpp"
#include "tests/executor/blocks/chain_replay.hpp"
#include "tests/executor/blocks/recorded_result.hpp"
#include "tests/executor/support/call_info_diff.hpp"

namespace blockexecd::executor {
namespace {

void run_on_threads(std::size_t count, const std::function<void(std::size_t)>& work) {
    std::vector<std::jthread> threads;
    for (std::size_t worker = 0; worker < count; ++worker)
        threads.emplace_back([&work, worker] { work(worker); });
}

// Delays about one step in eight.
void delay(WorkerPoint point, std::size_t worker, void* context) {
    const auto mix = (static_cast<std::uint64_t>(point) * 31 + worker) * 0x9e3779b97f4a7c15ULL;
    auto& counter = *static_cast<std::atomic<std::uint64_t>*>(context);
    if (((counter.fetch_add(1) * 0x2545f4914f6cdd1dULL) ^ mix) >> 61 == 0)
        std::this_thread::sleep_for(std::chrono::microseconds(mix >> 54));
}

class ParallelExecutor {
  public:
    explicit ParallelExecutor(std::size_t workers) : vms_(workers) {}

    vm::Result<BlockResult> operator()(const BlockInput& input, InMemoryState& state,
                                       const WorkerChaos& chaos,
                                       const BlockAccessSets* learned = nullptr) {
        std::vector<BlockWorker> workers;
        for (auto& vm : vms_)
            workers.push_back({&vm, &state});
        return execute_block_in_parallel(workers, input, run_on_threads, learned, &statistics,
                                         chaos);
    }

    ParallelStatistics statistics;

  private:
    std::vector<VmWorker> vms_;
};

using Case = std::tuple<const char*, std::size_t>;
class ParallelChain : public testing::TestWithParam<Case> {};

TEST_P(ParallelChain, GivesWhatTheReferenceGave) {
    const auto& [name, n_workers] = GetParam();
    const test::ChainArchive archive(test::chains_folder() / name);
    test::ChainReplay replay(archive);
    ParallelExecutor execute(n_workers);
    std::atomic<std::uint64_t> counter{n_workers};
    const WorkerChaos chaos{n_workers > 1 ? delay : nullptr, &counter};
    std::uint64_t n_transactions = 0;
    std::uint64_t n_matched = 0;
    for (BlockNumber number = 1; number <= archive.last_block(); ++number) {
        const Block block = archive.block(number);
        const StateUpdate update = archive.state_update(number);
        const auto result =
            replay.execute(block, update, [&](const BlockInput& input, InMemoryState& state) {
                return execute(input, state, chaos);
            });
        ASSERT_TRUE(result.has_value()) << result.error().message();
        const Verdict verdict = verify_block(archive.info(), block, update, *result);
        for (const auto& mismatch : verdict.mismatches)
            ADD_FAILURE() << "block " << number << ": " << mismatch.field << ": expected "
                          << mismatch.expected << ", got " << mismatch.actual;
        n_transactions += block.transactions.size();
        n_matched += verdict.matched_transactions;
        EXPECT_GE(execute.statistics.executions, block.transactions.size());
        if (n_workers == 1) {
            EXPECT_EQ(execute.statistics.executions, block.transactions.size())
                << "one worker runs nothing twice";
        }
        const auto recorded = test::read_execution_infos(archive, number);
        for (std::size_t i = 0; i < recorded.size(); ++i) {
            const auto& info = result->transactions[i].info;
            std::vector<std::string> lines;
            const auto compare = [&lines](const char* stage, const auto& expected,
                                          const auto& actual) {
                const auto more = test::diff_call_infos(stage, expected, actual);
                lines.insert(lines.end(), more.begin(), more.end());
            };
            compare("validate", recorded[i].validate_call_info, info.validate_call_info);
            compare("execute", recorded[i].execute_call_info, info.execute_call_info);
            compare("fee_transfer", recorded[i].fee_transfer_call_info,
                    info.fee_transfer_call_info);
            for (const auto& line : lines)
                ADD_FAILURE() << "block " << number << ", transaction " << i << ": " << line;
        }
        if (HasFailure())
            return;
    }
    EXPECT_EQ(n_matched, n_transactions);
}

INSTANTIATE_TEST_SUITE_P(AllChains, ParallelChain,
                         testing::Combine(testing::ValuesIn(test::kChainNames),
                                          testing::Values(1, 2, 8)),
                         [](const testing::TestParamInfo<Case>& info) {
                             std::string name(std::get<0>(info.param));
                             for (auto& character : name)
                                 if (std::isalnum(static_cast<unsigned char>(character)) == 0)
                                     character = '_';
                             return name + "_workers_" + std::to_string(std::get<1>(info.param));
                         });

TEST(ParallelBlock, WrongExpectationsChangeNoResult) {
    const test::ChainArchive archive(test::chains_folder() / "hot-small");
    test::ChainReplay replay(archive);
    ParallelExecutor execute(4);
    const Block block = archive.block(1);
    const StateUpdate update = archive.state_update(1);
    // Everyone is said to read what the one before wrote, which is mostly wrong.
    BlockAccessSets learned(block.transactions.size());
    for (std::size_t i = 0; i < learned.size(); ++i) {
        learned[i].writes.nonces.push_back(Felt(i));
        learned[i].reads.nonces.push_back(Felt(i == 0 ? 0 : i - 1));
    }
    const auto result =
        replay.execute(block, update, [&](const BlockInput& input, InMemoryState& state) {
            return execute(input, state, {}, &learned);
        });
    ASSERT_TRUE(result.has_value()) << result.error().message();
    EXPECT_TRUE(verify_block(archive.info(), block, update, *result).mismatches.empty());
}

TEST(ParallelBlock, ATransactionThatIsRejectedFailsTheBlockByItsIndex) {
    const test::ChainArchive archive(test::chains_folder() / "transfers-small");
    test::ChainReplay replay(archive);
    ParallelExecutor execute(2);
    Block block = archive.block(1);
    block.transactions[3].nonce = Felt(77);
    const auto result = replay.execute(
        block, archive.state_update(1),
        [&](const BlockInput& input, InMemoryState& state) { return execute(input, state, {}); });
    ASSERT_TRUE(result.has_error());
    EXPECT_THAT(result.error().message(), testing::HasSubstr("transaction 3 "));
    EXPECT_THAT(result.error().message(), testing::HasSubstr("Invalid transaction nonce"));
}

}  // namespace
}  // namespace blockexecd::executor
