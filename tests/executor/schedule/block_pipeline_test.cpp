// SPDX-License-Identifier: Apache-2.0
// Blocks pass read, execute and commit once each, with bounded read-ahead, in order where that is
// asked, and with the same results for any number of VMs.
#include "executor/schedule/block_pipeline.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <latch>
#include <map>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

namespace blockexecd::executor {
namespace {

struct FakeBlock {
    BlockNumber number = 0;
};
struct FakeResult {
    BlockNumber number = 0;
    std::uint64_t value = 0;
    std::uint32_t vm = 0;
};
using Stages = BlockStages<FakeBlock, FakeResult>;
using Release = std::function<void()>;

Placement placement_of(std::uint64_t vms) {
    return *plan(read_topology(), {.vms = vms, .oversubscribe = true});
}

std::function<std::optional<BlockNumber>()> count_to(BlockNumber end) {
    return [next = BlockNumber{0}, end]() mutable -> std::optional<BlockNumber> {
        return next < end ? std::optional(next++) : std::nullopt;
    };
}

// Blocks of 10, 11, … bytes.
std::size_t size_of_block(const FakeBlock& block) {
    return 10 + block.number;
}

// Every block becomes its number, and is committed without more. Tests change what they are about.
Stages plain_stages(BlockNumber end) {
    return {.next = count_to(end),
            .read = [](BlockNumber n) { return FakeBlock{n}; },
            .bytes = size_of_block,
            .execute =
                [](VmSlot&, const FakeBlock& block, const Release&) {
                    return FakeResult{block.number, 0, 0};
                },
            .commit = [](FakeResult&&) { return true; }};
}

class BlockPipelineWithVms : public testing::TestWithParam<std::uint64_t> {};

TEST_P(BlockPipelineWithVms, ResultsDoNotDependOnTheNumberOfVms) {
    const auto vms = GetParam();
    VmPool pool(placement_of(vms));
    std::latch all(static_cast<std::ptrdiff_t>(vms));
    std::map<BlockNumber, std::uint64_t> results;
    std::set<std::uint32_t> vms_seen;
    auto stages = plain_stages(100);
    stages.execute = [&](VmSlot& slot, const FakeBlock& block, const Release&) {
        if (block.number < vms)
            all.arrive_and_wait();  // the first blocks run at the same time, one a VM
        return FakeResult{block.number, block.number * block.number, slot.placement.vm};
    };
    stages.commit = [&](FakeResult&& result) {
        EXPECT_TRUE(results.emplace(result.number, result.value).second);
        vms_seen.insert(result.vm);
        return true;
    };
    BlockPipeline<FakeBlock, FakeResult> pipeline(pool, std::move(stages),
                                                  {.blocks_in_memory = 2 * vms});
    pipeline.run();
    EXPECT_EQ(vms_seen.size(), vms);
    ASSERT_EQ(results.size(), 100U);
    for (const auto& [number, value] : results)
        EXPECT_EQ(value, number * number);
}

INSTANTIATE_TEST_SUITE_P(Vms, BlockPipelineWithVms, testing::Values(1, 2, 8));

TEST(BlockPipeline, InOrderABlockBeginsAfterTheCommitOfTheOneBefore) {
    VmPool pool(placement_of(4));
    std::atomic<BlockNumber> committed{0};
    auto stages = plain_stages(50);
    stages.execute = [&](VmSlot&, const FakeBlock& block, const Release&) {
        EXPECT_EQ(committed.load(), block.number);
        return FakeResult{block.number, 0, 0};
    };
    stages.commit = [&](FakeResult&& result) {
        EXPECT_EQ(committed.load(), result.number);
        committed.store(result.number + 1);
        return true;
    };
    BlockPipeline<FakeBlock, FakeResult> pipeline(pool, std::move(stages),
                                                  {.blocks_in_memory = 8, .in_order = true});
    pipeline.run();
    EXPECT_EQ(committed.load(), 50U);
}

TEST(BlockPipeline, InOrderABlockMayBeginOnceTheOneBeforeReleasesIt) {
    VmPool pool(placement_of(2));
    std::latch both(2);
    std::vector<BlockNumber> committed;
    auto stages = plain_stages(40);
    stages.execute = [&](VmSlot&, const FakeBlock& block, const Release& release) {
        if (block.number == 0)
            release();
        if (block.number < 2)
            both.arrive_and_wait();  // 1 begins although 0 has not ended
        if (block.number == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        else
            release();
        return FakeResult{block.number, 0, 0};
    };
    stages.commit = [&](FakeResult&& result) {
        committed.push_back(result.number);
        return true;
    };
    BlockPipeline<FakeBlock, FakeResult> pipeline(pool, std::move(stages),
                                                  {.blocks_in_memory = 8, .in_order = true});
    pipeline.run();
    ASSERT_EQ(committed.size(), 40U);
    EXPECT_TRUE(std::ranges::is_sorted(committed)) << "they are committed in order all the same";
}

TEST(BlockPipeline, InOrderNothingIsCommittedAfterACommitThatSaysSo) {
    for (const bool by_exception : {false, true}) {
        VmPool pool(placement_of(4));
        std::vector<BlockNumber> committed;
        auto stages = plain_stages(1000);
        stages.execute = [](VmSlot&, const FakeBlock& block, const Release& release) {
            release();
            return FakeResult{block.number, 0, 0};
        };
        stages.commit = [&](FakeResult&& result) {
            committed.push_back(result.number);
            if (result.number == 5 && by_exception)
                throw std::runtime_error("commit");
            return result.number < 5;
        };
        BlockPipeline<FakeBlock, FakeResult> pipeline(pool, std::move(stages),
                                                      {.blocks_in_memory = 12, .in_order = true});
        if (by_exception) {
            EXPECT_THROW(pipeline.run(), std::runtime_error);
        } else {
            pipeline.run();
        }
        EXPECT_EQ(committed, (std::vector<BlockNumber>{0, 1, 2, 3, 4, 5}));
    }
}

TEST(BlockPipeline, ReadsNoFurtherAheadThanTheLimit) {
    VmPool pool(placement_of(2));
    std::atomic<int> in_memory{0};
    std::atomic<int> most{0};
    auto stages = plain_stages(200);
    stages.read = [&](BlockNumber n) {
        const int now = ++in_memory;
        most = std::max(most.load(), now);
        return FakeBlock{n};
    };
    stages.commit = [&](FakeResult&&) {
        --in_memory;
        return true;
    };
    BlockPipeline<FakeBlock, FakeResult> pipeline(pool, std::move(stages), {.blocks_in_memory = 3});
    pipeline.run();
    EXPECT_LE(most.load(), 3);
    EXPECT_EQ(in_memory.load(), 0);
}

TEST(BlockPipeline, ReadsNoFurtherAheadThanTheBytes) {
    VmPool pool(placement_of(2));
    std::atomic<std::size_t> bytes{0};
    std::atomic<std::size_t> before_the_last{0};  // in memory when another block was begun
    auto stages = plain_stages(200);
    stages.read = [&](BlockNumber n) {
        before_the_last = std::max(before_the_last.load(), bytes.load());
        bytes += size_of_block({n});
        return FakeBlock{n};
    };
    stages.commit = [&](FakeResult&& result) {
        bytes -= size_of_block({result.number});
        return true;
    };
    BlockPipeline<FakeBlock, FakeResult> pipeline(
        pool,
        std::move(
            stages),  // From block 90 on, each is over the limit alone, and still gets its turn.
        {.blocks_in_memory = 1000, .bytes_in_memory = 100});
    pipeline.run();
    EXPECT_LT(before_the_last.load(), 100U);
    EXPECT_EQ(bytes.load(), 0U);
}

TEST(BlockPipeline, StopsAfterACommitThatSaysSo) {
    VmPool pool(placement_of(1));
    std::vector<BlockNumber> committed;
    auto stages = plain_stages(1000);
    stages.commit = [&](FakeResult&& result) {
        committed.push_back(result.number);
        return result.number < 5;
    };
    BlockPipeline<FakeBlock, FakeResult> pipeline(pool, std::move(stages), {.blocks_in_memory = 2});
    pipeline.run();
    EXPECT_GE(committed.size(), 6U);
    EXPECT_LE(committed.size(), 8U);  // those that had begun
}

TEST(BlockPipeline, AnExceptionOfAnyStageEndsTheRunAndIsThrownAgain) {
    for (const int stage : {0, 1, 2, 3}) {
        VmPool pool(placement_of(2));
        const auto fail_at = [stage](int here) {
            if (here == stage)
                throw std::runtime_error("stage " + std::to_string(here));
        };
        auto stages = plain_stages(20);
        stages.next = [&, next = count_to(20)]() mutable {
            fail_at(0);
            return next();
        };
        stages.read = [&](BlockNumber n) {
            fail_at(1);
            return FakeBlock{n};
        };
        stages.execute = [&](VmSlot&, const FakeBlock& block, const Release&) {
            fail_at(2);
            return FakeResult{block.number, 0, 0};
        };
        stages.commit = [&](FakeResult&&) {
            fail_at(3);
            return true;
        };
        BlockPipeline<FakeBlock, FakeResult> pipeline(pool, std::move(stages),
                                                      {.blocks_in_memory = 4});
        try {
            pipeline.run();
            ADD_FAILURE() << "stage " << stage << " did not throw";
        } catch (const std::runtime_error& error) {
            EXPECT_EQ(error.what(), "stage " + std::to_string(stage));
        }
    }
}

}  // namespace
}  // namespace blockexecd::executor
