// SPDX-License-Identifier: Apache-2.0
// Transactions a second of the executor alone: an unpacked archive of a chain, one thread, state in
// memory. Every block is verified against the recorded chain first. Timed is execute_block, as
// `oracle gen --repetitions N` times the reference: declared classes come as storage has them, so
// decoding and preparing them counts, and reading and hashing their JSON does not, which both sides
// do at import. usage: executor_bench ARCHIVE [REPETITIONS]
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "executor/blocks/verify.hpp"
#include "executor/classes/class_codec.hpp"
#include "tests/executor/blocks/chain_archive.hpp"
#include "tests/executor/blocks/chain_replay.hpp"

namespace blockexecd::executor {

// A function of its own, so that callgrind can be told to count it alone.
[[gnu::noinline]] vm::Result<BlockResult> measured_execution(VmWorker& worker,
                                                             const BlockInput& input,
                                                             InMemoryState& state) {
    return execute_block(worker, input, state);
}

namespace {

struct RecordedBlock {
    Block block;
    StateUpdate update;
};

struct Pass {
    double cpu_seconds = 0;
    double wall_seconds = 0;
    std::uint64_t steps = 0;
    std::uint64_t mismatches = 0;
};

double seconds_of(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// By hash, in the form of storage.
using StoredClasses = std::map<ClassHash, std::string>;

StoredClasses declared_classes(const test::ChainArchive& archive,
                               const std::vector<RecordedBlock>& chain) {
    StoredClasses classes;
    for (const auto& [block, update] : chain)
        for (const auto& transaction : block.transactions)
            if (transaction.type == TransactionType::declare)
                classes[transaction.class_hash] =
                    encode_class(test::read_class(archive, transaction.class_hash));
    return classes;
}

vm::Result<Pass> replay(const test::ChainArchive& archive, const std::vector<RecordedBlock>& chain,
                        const StoredClasses& classes, VmWorker& worker, bool verify) {
    test::ChainReplay replay(archive);
    Pass pass;
    for (const auto& [block, update] : chain) {
        BX_TRY(const BlockResult result,
               replay.execute(block, update, [&](BlockInput input, InMemoryState& state) {
                   input.declared_class = [&](const ClassHash& class_hash) {
                       const auto& bytes = classes.at(class_hash);
                       return decode_class(
                           {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
                   };
                   const double wall = seconds_of(CLOCK_MONOTONIC);
                   const double cpu = seconds_of(CLOCK_THREAD_CPUTIME_ID);
                   auto executed = measured_execution(worker, input, state);
                   pass.cpu_seconds += seconds_of(CLOCK_THREAD_CPUTIME_ID) - cpu;
                   pass.wall_seconds += seconds_of(CLOCK_MONOTONIC) - wall;
                   return executed;
               }));
        pass.steps += result.executed_steps;
        if (verify)
            pass.mismatches +=
                verify_block(archive.info(), block, update, result).mismatches.size();
    }
    return pass;
}

int run(const std::string& folder, std::uint64_t repetitions) {
    const test::ChainArchive archive(folder);
    std::vector<RecordedBlock> chain;
    std::size_t transactions = 0;
    for (BlockNumber number = 1; number <= archive.last_block(); ++number) {
        chain.push_back({archive.block(number), archive.state_update(number)});
        transactions += chain.back().block.transactions.size();
    }
    const auto classes = declared_classes(archive, chain);
    VmWorker worker;
    std::vector<double> cpu_seconds;
    std::vector<double> wall_seconds;
    std::uint64_t steps = 0;
    for (std::uint64_t i = 0; i <= repetitions; ++i) {
        const auto pass = replay(archive, chain, classes, worker, i == 0);
        if (pass.has_error() || pass->mismatches != 0) {
            std::cerr << (pass.has_error() ? pass.error().message()
                                           : std::to_string(pass->mismatches) + " mismatches")
                      << "\n";
            return 1;
        }
        steps = pass->steps;
        if (i > 0) {
            cpu_seconds.push_back(pass->cpu_seconds);
            wall_seconds.push_back(pass->wall_seconds);
        }
    }
    std::ranges::sort(cpu_seconds);
    std::ranges::sort(wall_seconds);
    const auto median = [](const std::vector<double>& sorted) {
        return sorted.empty() ? 0 : sorted[sorted.size() / 2];
    };
    const auto rate = [&](double seconds) {
        return seconds > 0 ? static_cast<double>(transactions) / seconds : 0;
    };
    std::printf(
        "{\"transactions\":%zu,\"steps\":%llu,\"median_seconds\":%.6f,\"median_tx_per_second\":%."
        "1f,"
        "\"best_tx_per_second\":%.1f,\"wall_tx_per_second\":%.1f}\n",
        transactions, static_cast<unsigned long long>(steps), median(cpu_seconds),
        rate(median(cpu_seconds)), rate(cpu_seconds.empty() ? 0 : cpu_seconds.front()),
        rate(median(wall_seconds)));
    return 0;
}

}  // namespace
}  // namespace blockexecd::executor

int main(int argc, char** argv) {
    if (argc != 2 && argc != 3) {
        std::cerr << "usage: executor_bench ARCHIVE [REPETITIONS]\n";
        return 2;
    }
    return blockexecd::executor::run(argv[1], argc == 3 ? std::stoull(argv[2]) : 5);
}
