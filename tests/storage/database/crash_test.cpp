// SPDX-License-Identifier: Apache-2.0
// A process that commits blocks is killed at random moments, again and again. After every crash
// what is reported as done is complete and the watermark fits, and once all blocks are done the
// content is that of an undisturbed run.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

#include "storage/database/chain.hpp"
#include "storage/database/results.hpp"
#include "tests/storage/support/sample_chain.hpp"
#include "tests/storage/support/temporary_folder.hpp"

namespace blockexecd::storage::test {
namespace {

constexpr std::size_t kBlocks = 1500;
constexpr std::array kModes{StateMode::recorded, StateMode::computed};

// In recorded mode blocks end in any order.
std::vector<executor::BlockNumber> work(const Database& database, StateMode mode,
                                        std::uint64_t seed) {
    auto blocks = pending_blocks(database, mode).value();
    if (mode == StateMode::recorded)
        std::shuffle(blocks.begin(), blocks.end(), Random(seed));
    return blocks;
}

void commit_all(Database& database, const std::vector<SampleBlock>& chain, std::uint64_t seed) {
    std::vector<std::jthread> threads;
    for (const auto mode : kModes)
        threads.emplace_back([&, mode] {
            for (const auto block : work(database, mode, seed))
                commit_block(database, mode, sample_outcome(chain[block], mode)).value();
        });
}

void expect_consistent(const Database& database, const std::vector<SampleBlock>& chain) {
    for (const auto mode : kModes) {
        const auto watermark = read_watermark(database, mode).value().value();
        const auto pending = pending_blocks(database, mode).value();
        EXPECT_EQ(watermark + 1, pending.empty() ? kBlocks : pending.front());
        std::size_t open = 0;
        for (std::size_t number = 1; number < kBlocks; ++number) {
            const bool is_pending = open < pending.size() && pending[open] == number;
            open += is_pending ? 1 : 0;
            const auto receipts = read_computed_receipts(database, mode, number).value();
            ASSERT_EQ(receipts.has_value(), !is_pending);
            const auto diff = read_computed_state_diff(database, mode, number).value();
            if (is_pending) {
                EXPECT_EQ(read_outcome(database, mode, number).value().status,
                          BlockStatus::pending);
                continue;
            }
            const auto outcome = sample_outcome(chain[number], mode);
            EXPECT_EQ(*receipts, outcome.receipts);
            EXPECT_EQ(diff, outcome.state_diff);
            EXPECT_EQ(read_outcome(database, mode, number).value().verdict, outcome.verdict);
        }
    }
}

TEST(Crash, CommitsAreWholeOrNotThere) {
    const TemporaryFolder folder;
    const auto chain = sample_chain(kBlocks, 9);
    std::string undisturbed;
    {
        const auto database = open_database(folder / "undisturbed");
        store(*database, chain);
        commit_all(*database, chain, 0);
        undisturbed = database->digest().value();
    }
    store(*open_database(folder / "killed"), chain);
    Random random(std::random_device{}());
    unsigned killed = 0;
    for (std::uint64_t run = 0;; ++run) {
        const auto child = fork();
        if (child == 0) {
            commit_all(*open_database(folder / "killed"), chain, run);
            _exit(0);
        }
        // The last runs are left alone.
        std::this_thread::sleep_for(std::chrono::milliseconds(10 + random() % 60));
        if (run < 25)
            kill(child, SIGKILL);
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        killed += WIFSIGNALED(status) ? 1 : 0;
        const auto database = open_database(folder / "killed");
        expect_consistent(*database, chain);
        if (!WIFSIGNALED(status)) {
            EXPECT_EQ(database->digest().value(), undisturbed);
            break;
        }
    }
    EXPECT_GT(killed, 3U) << "the commits were over before a kill: make the chain longer";
}

}  // namespace
}  // namespace blockexecd::storage::test
