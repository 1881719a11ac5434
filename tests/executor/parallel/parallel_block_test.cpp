// SPDX-License-Identifier: Apache-2.0
// Blocks executed by many workers at once give what the reference recorded and what one VM gives:
// with every number of workers, delayed and abandoned at named points, with right, wrong and no
// expectations, up to limits, and with the same errors.
#include "executor/parallel/parallel_block.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <random>
#include <stdexcept>

#include "executor/blocks/verify.hpp"
#include "tests/executor/blocks/block_capacity.hpp"
#include "tests/executor/blocks/chain_names.hpp"
#include "tests/executor/blocks/chain_replay.hpp"
#include "tests/executor/blocks/execution_diff.hpp"
#include "tests/executor/blocks/recorded_result.hpp"
#include "tests/executor/parallel/chaos.hpp"
#include "tests/executor/parallel/thread_workers.hpp"

namespace blockexecd::executor {
namespace {

constexpr std::size_t kWorkers[] = {1, 2, 4, 8, 16};

// All of them take minutes (`./dev parallel-blocks`); in the suite each block is for two, and each
// chain for all.
std::vector<std::size_t> workers_for(BlockNumber block) {
    if (std::getenv("BLOCKEXECD_PARALLEL_BLOCKS") != nullptr)
        return {std::begin(kWorkers), std::end(kWorkers)};
    return {kWorkers[2 * block % 5], kWorkers[(2 * block + 1) % 5]};
}

class ParallelChain : public testing::TestWithParam<const char*> {};

// Against the reference's record, not only against our own execution on one VM.
void expect_recorded(const test::ChainArchive& archive, const Block& block,
                     const StateUpdate& update, const BlockResult& result) {
    const Verdict verdict = verify_block(archive.info(), block, update, result);
    for (const auto& mismatch : verdict.mismatches)
        ADD_FAILURE() << test::to_text(mismatch);
    EXPECT_EQ(verdict.matched_transactions, block.transactions.size());
    const auto recorded = test::read_execution_infos(archive, block.header.number);
    for (std::size_t i = 0; i < recorded.size(); ++i)
        for (const auto& line :
             test::execution_differences(recorded[i], result.transactions[i].info))
            ADD_FAILURE() << "block " << block.header.number << ", transaction " << i << ": "
                          << line;
}

TEST_P(ParallelChain, GivesWhatTheReferenceGave) {
    const test::ChainArchive archive(test::chains_folder() / GetParam());
    test::ChainReplay replay(archive);
    VmWorker vm;
    for (BlockNumber number = 1; number <= archive.last_block() && !HasFailure(); ++number) {
        const Block block = archive.block(number);
        const StateUpdate update = archive.state_update(number);
        const auto result = replay.execute(
            block, update,
            [&](const BlockInput& input, InMemoryState& state) -> vm::Result<BlockResult> {
                BX_TRY(auto on_one_vm, execute_block(vm, input, state));
                for (const auto n_workers : workers_for(number)) {
                    test::ThreadWorkers workers(n_workers);
                    test::Chaos chaos(number * 100 + n_workers, {.delays = 8, .leaves = 150});
                    // Every second time with what a first run learnt.
                    const bool knows = (number + n_workers) % 2 == 0;
                    BX_TRY(
                        auto computed,
                        workers.execute(input, state,
                                        {.learned = knows ? &on_one_vm.access_sets : nullptr,
                                         .chaos = n_workers == 1 ? WorkerChaos{} : chaos.hook()}));
                    SCOPED_TRACE(std::to_string(n_workers) + " workers");
                    expect_recorded(archive, block, update, computed);
                    EXPECT_EQ(computed.access_sets, on_one_vm.access_sets);
                    EXPECT_GE(workers.executions(), block.transactions.size());
                    if (n_workers == 1) {
                        EXPECT_EQ(workers.executions(), block.transactions.size())
                            << "one worker runs nothing twice";
                    }
                }
                return on_one_vm;
            });
        ASSERT_TRUE(result.has_value()) << result.error().message();
    }
}

INSTANTIATE_TEST_SUITE_P(AllChains, ParallelChain, testing::ValuesIn(test::kChainNames),
                         test::chain_test_name);

// Block 1 of a chain, over the state before it.
class OneBlock {
  public:
    explicit OneBlock(const char* chain, std::size_t n_workers = 4)
        : archive_(test::chains_folder() / chain), replay_(archive_), workers_(n_workers) {}

    template <class Change>
    vm::Result<BlockResult> execute(const test::ThreadWorkers::Options& options, Change&& change) {
        return with_input([&](BlockInput& input, InMemoryState& state) {
            change(input);
            return workers_.execute(input, state, options);
        });
    }
    vm::Result<BlockResult> execute(const test::ThreadWorkers::Options& options) {
        return execute(options, [](BlockInput&) {});
    }
    template <class Change>
    vm::Result<BlockResult> execute_on_one_vm(Change&& change) {
        return with_input([&](BlockInput& input, InMemoryState& state) {
            change(input);
            return execute_block(vm_, input, state);
        });
    }
    [[nodiscard]] bool matches(const vm::Result<BlockResult>& result) const {
        return result.has_value() &&
               verify_block(archive_.info(), block, archive_.state_update(1), *result)
                   .mismatches.empty();
    }
    [[nodiscard]] const test::ThreadWorkers& workers() const { return workers_; }

  private:
    const test::ChainArchive archive_;
    test::ChainReplay replay_;
    test::ThreadWorkers workers_;
    VmWorker vm_;

    template <class Execute>
    vm::Result<BlockResult> with_input(Execute&& execute) {
        BlockInput input{.chain = archive_.info(),
                         .block = block,
                         .old_block_hash = {},
                         .declared_class = [this](const ClassHash& class_hash)
                             -> vm::Result<std::shared_ptr<const CompiledClass>> {
                             return replay_.load_class(class_hash);
                         }};
        return execute(input, replay_.state());
    }

  public:
    Block block = archive_.block(1);
};

BlockAccessSets learned_by(OneBlock& one) {
    return one.execute_on_one_vm([](BlockInput&) {})->access_sets;
}

TEST(LearnedSets, TrueOnesLeaveNothingToExecuteTwice) {
    OneBlock one("hot-small");
    const auto learned = learned_by(one);
    EXPECT_TRUE(one.matches(one.execute({.learned = &learned})));
    EXPECT_EQ(one.workers().executions(), one.block.transactions.size());
}

TEST(LearnedSets, WrongOnesChangeNoResult) {
    OneBlock one("hot-small");
    auto learned = learned_by(one);
    std::mt19937_64 random(1);
    std::ranges::shuffle(learned, random);
    EXPECT_TRUE(one.matches(one.execute({.learned = &learned})));

    // Everyone is said to read what the one before wrote.
    BlockAccessSets chain(one.block.transactions.size());
    for (std::size_t i = 0; i < chain.size(); ++i) {
        chain[i].writes.nonces.push_back(Felt(i));
        chain[i].reads.nonces.push_back(Felt(i == 0 ? 0 : i - 1));
    }
    EXPECT_TRUE(one.matches(one.execute({.learned = &chain})));
}

TEST(LearnedSets, TruncatedOnesChangeNoResult) {
    OneBlock one("hot-small");
    const auto whole = learned_by(one);
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, whole.size() / 2}) {
        const BlockAccessSets fewer(whole.begin(),
                                    whole.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_TRUE(one.matches(one.execute({.learned = &fewer}))) << size << " transactions";
    }
    auto shorter = whole;
    for (auto& access : shorter) {
        access.reads.storage.resize(access.reads.storage.size() / 2);
        access.writes.nonces.clear();
    }
    EXPECT_TRUE(one.matches(one.execute({.learned = &shorter})));
}

TEST(LearnedSets, ForeignOnesChangeNoResult) {
    OneBlock other("mixed-small");
    const auto foreign = learned_by(other);
    OneBlock one("hot-small");
    EXPECT_TRUE(one.matches(one.execute({.learned = &foreign})));
    auto as_many = foreign;
    as_many.resize(one.block.transactions.size(), foreign.front());
    EXPECT_TRUE(one.matches(one.execute({.learned = &as_many})));
}

// Room for so many transactions, and for what the whole block needs of everything else.
BlockLimits room_for(std::uint64_t transactions) {
    BlockLimits limits{.capacity = test::unlimited_capacity()};
    limits.capacity->n_txs = transactions;
    return limits;
}

TEST(BlockLimits, AFullBlockEndsBeforeTheTransactionThatDoesNotFit) {
    OneBlock one("hot-small", 8);
    for (const std::uint64_t room : {1U, 7U, 30U, 59U, 60U, 100U}) {
        const auto limit = [&](BlockInput& input) { input.limits = room_for(room); };
        const auto computed = one.execute({}, limit);
        ASSERT_TRUE(computed.has_value()) << computed.error().message();
        EXPECT_EQ(computed->transactions.size(),
                  std::min<std::size_t>(room, one.block.transactions.size()));
        EXPECT_EQ(computed->weights.n_txs, computed->transactions.size());
        const auto on_one_vm = one.execute_on_one_vm(limit);
        EXPECT_THAT(test::result_differences(on_one_vm, computed), testing::IsEmpty());
        EXPECT_EQ(computed->weights, on_one_vm->weights);
    }
}

TEST(BlockLimits, EachWeightIsLimited) {
    OneBlock one("mixed-small");
    const auto whole = one.execute(
        {}, [](BlockInput& input) { input.limits.capacity = test::unlimited_capacity(); });
    ASSERT_EQ(whole->transactions.size(), one.block.transactions.size());
    for (const auto& field : kBlockWeightFields) {
        SCOPED_TRACE(field.name);
        ASSERT_GT(whole->weights.*field.value, 1U);
        const auto limit = [&](BlockInput& input) {
            input.limits.capacity = test::unlimited_capacity();
            // Less proving gas is a lower price of builtins too.
            const std::uint64_t quarters = field.value == &BlockWeights::proving_gas ? 2 : 3;
            (*input.limits.capacity).*field.value = whole->weights.*field.value * quarters / 4;
        };
        const auto computed = one.execute({}, limit);
        ASSERT_TRUE(computed.has_value()) << computed.error().message();
        EXPECT_LT(computed->transactions.size(), one.block.transactions.size());
        EXPECT_GT(computed->transactions.size(), 0U);
        EXPECT_THAT(test::result_differences(one.execute_on_one_vm(limit), computed),
                    testing::IsEmpty());
    }
}

TEST(BlockLimits, ATransactionThatNoBlockCanHoldIsAnErrorThatNamesIt) {
    OneBlock one("mixed-small");
    for (const bool parallel : {false, true}) {
        const auto limit = [](BlockInput& input) {
            input.limits.capacity = test::unlimited_capacity();
            input.limits.capacity->sierra_gas = 1000;
        };
        const auto result = parallel ? one.execute({}, limit) : one.execute_on_one_vm(limit);
        ASSERT_TRUE(result.has_error());
        EXPECT_THAT(
            result.error().message(),
            testing::AllOf(testing::HasSubstr("Block 1, transaction 0 ("),
                           testing::HasSubstr("Transaction size exceeds the maximum block "
                                              "capacity. Max block capacity: "
                                              "BouncerWeights { l1_gas: 18446744073709551615, "),
                           testing::HasSubstr(", sierra_gas: 1000, "),
                           testing::HasSubstr("transaction size: BouncerWeights { l1_gas: 0, ")));
    }
}

TEST(BlockLimits, AHaltedBlockIsTheOneOfTheTransactionsBefore) {
    // Halted while a worker is about to take one in: what is in by then is all that is in.
    struct Halt {
        std::atomic<bool> halted{false};
        std::atomic<unsigned> left{20};
    } halt;
    const WorkerHook hook = [](WorkerPoint point, std::size_t, void* context) {
        auto& state = *static_cast<Halt*>(context);
        if (point == WorkerPoint::before_finalize && state.left.fetch_sub(1) == 1)
            state.halted = true;
        return WorkerFate::go_on;
    };
    OneBlock one("hot-small", 4);
    const auto halted = one.execute({.chaos = {hook, &halt}},
                                    [&](BlockInput& input) { input.limits.halted = &halt.halted; });
    ASSERT_TRUE(halted.has_value()) << halted.error().message();
    EXPECT_EQ(halted->transactions.size(), 19U);
    const auto limited =
        one.execute_on_one_vm([](BlockInput& input) { input.limits = room_for(19); });
    EXPECT_THAT(test::result_differences(limited, halted), testing::IsEmpty());
}

TEST(ParallelBlock, ATransactionThatIsRejectedFailsTheBlockByItsIndex) {
    OneBlock one("transfers-small", 2);
    one.block.transactions[3].nonce = Felt(77);
    const auto result = one.execute({});
    ASSERT_TRUE(result.has_error());
    EXPECT_THAT(result.error().message(), testing::HasSubstr("Block 1, transaction 3 ("));
    EXPECT_THAT(result.error().message(), testing::HasSubstr("Invalid transaction nonce"));
}

TEST(ParallelBlock, AnExceptionInAWorkerFailsTheBlockAndLeavesNobodyWaiting) {
    for (const auto point :
         {WorkerPoint::before_execute, WorkerPoint::after_execute, WorkerPoint::before_validate,
          WorkerPoint::before_commit, WorkerPoint::before_finalize}) {
        struct Fault {
            WorkerPoint point;
            std::atomic<unsigned> left{15};
        } fault{point};
        const WorkerHook hook = [](WorkerPoint at, std::size_t, void* context) {
            auto& state = *static_cast<Fault*>(context);
            if (at == state.point && state.left.fetch_sub(1) == 1)
                throw std::runtime_error("the worker broke");
            return WorkerFate::go_on;
        };
        OneBlock one("hot-small", 8);
        const auto result = one.execute({.chaos = {hook, &fault}});
        ASSERT_TRUE(result.has_error());
        EXPECT_THAT(result.error().message(),
                    testing::MatchesRegex("Block 1, transaction [0-9]+ \\(0x[0-9a-f]+\\): the "
                                          "worker broke"));
        EXPECT_TRUE(one.matches(one.execute({}))) << "the VMs are usable afterwards";
    }
}

TEST(ParallelBlock, AClassThatCannotBeHadFailsTheBlockByTheTransactionThatDeclaresIt) {
    OneBlock one("mixed-small");
    const auto break_classes = [](BlockInput& input) {
        input.declared_class =
            [](const ClassHash&) -> vm::Result<std::shared_ptr<const CompiledClass>> {
            return vm::Error(vm::ErrorKind::host, "the class is gone");
        };
    };
    const auto expected = one.execute_on_one_vm(break_classes);
    ASSERT_TRUE(expected.has_error());
    EXPECT_THAT(expected.error().message(), testing::HasSubstr("the class is gone"));
    EXPECT_THAT(test::result_differences(expected, one.execute({}, break_classes)),
                testing::IsEmpty());
    const auto throwing = one.execute({}, [](BlockInput& input) {
        input.declared_class =
            [](const ClassHash&) -> vm::Result<std::shared_ptr<const CompiledClass>> {
            throw std::runtime_error("the class is gone");
        };
    });
    EXPECT_THAT(test::result_differences(expected, throwing), testing::IsEmpty());
}

TEST(ParallelBlock, ABlockThatEveryWorkerLeavesIsAnError) {
    const WorkerHook hook = [](WorkerPoint point, std::size_t, void*) {
        return point == WorkerPoint::before_commit ? WorkerFate::leave : WorkerFate::go_on;
    };
    OneBlock one("hot-small", 2);
    const auto result = one.execute({.chaos = {hook, nullptr}});
    ASSERT_TRUE(result.has_error());
    EXPECT_THAT(result.error().message(), testing::HasSubstr("every worker left the block"));
}

TEST(ParallelBlock, ABlockWithoutTransactionsHasAResult) {
    OneBlock one("hot-small", 2);
    one.block.transactions.clear();
    EXPECT_THAT(
        test::result_differences(one.execute_on_one_vm([](BlockInput&) {}), one.execute({})),
        testing::IsEmpty());
}

}  // namespace
}  // namespace blockexecd::executor
