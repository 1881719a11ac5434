// SPDX-License-Identifier: Apache-2.0
// Every fuzz target on its seeds, on what damage makes of them, and on the inputs that were found
// once (found/TARGET/).
#include <gtest/gtest.h>

#include <filesystem>
#include <random>

#include "tests/fuzz/target.hpp"

namespace blockexecd::fuzz {
namespace {

constexpr int kDamagedPerSeed = 12;

class Replay : public testing::TestWithParam<Target> {};

// A byte changed, a piece cut out or doubled, the end cut off.
std::string damaged(std::string input, std::mt19937_64& random) {
    for (std::uint64_t n = 1 + random() % 3; n != 0 && !input.empty(); --n) {
        const std::size_t at = random() % input.size();
        const std::size_t length = std::min<std::size_t>(1 + random() % 16, input.size() - at);
        switch (random() % 5) {
            case 0:
                input[at] = static_cast<char>(random());
                break;
            case 1:
                input[at] = static_cast<char>(input[at] ^ 1 << random() % 8);
                break;
            case 2:
                input.erase(at, length);
                break;
            case 3:
                input.insert(at, input.substr(at, length));
                break;
            default:
                if (random() % 4 == 0)
                    input.resize(at);
                break;
        }
    }
    return input;
}

TEST_P(Replay, SeedsAndDamagedSeedsAreTakenOrRefused) {
    const Target& target = GetParam();
    const auto seeds = target.seeds();
    ASSERT_FALSE(seeds.empty());
    std::mt19937_64 random(1);
    target.run({});
    for (const std::string& seed : seeds) {
        EXPECT_FALSE(seed.empty());
        target.run(bytes_of(seed));
        for (int i = 0; i < kDamagedPerSeed; ++i)
            target.run(bytes_of(damaged(seed, random)));
    }
}

TEST_P(Replay, WhatWasFoundOnceStaysFixed) {
    const std::filesystem::path folder = "tests/fuzz/found/" + std::string(GetParam().name);
    if (!std::filesystem::is_directory(folder))
        return;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        GetParam().run(bytes_of(read_file(entry.path().string())));
}

INSTANTIATE_TEST_SUITE_P(Targets, Replay, testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto& info) { return std::string(info.param.name); });

}  // namespace
}  // namespace blockexecd::fuzz
