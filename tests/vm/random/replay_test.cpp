// SPDX-License-Identifier: Apache-2.0
// The committed sample of random programs ends as the reference VM ended it (goldens.txt; ./dev
// random-programs compares any number of others with the reference itself).
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "tests/vm/random/outcome.hpp"

namespace blockexecd::vm::random {
namespace {

// Endings by stage.
std::map<std::string, int> replay(const std::string& path, Dialect dialect, Tally* tally) {
    std::ifstream goldens(path);
    EXPECT_TRUE(goldens) << path;
    Arena arena(std::size_t{256} << 20);
    std::map<std::string, int> stages;
    for (std::string golden; std::getline(goldens, golden);) {
        const std::uint64_t seed = std::stoull(golden);
        const Outcome outcome =
            run_random_program(make_random_program(seed, dialect), arena, tally);
        EXPECT_EQ(outcome.line(seed), golden) << outcome.machine;
        ++stages[outcome.stage];
    }
    return stages;
}

TEST(RandomPrograms, EndAsInTheReference) {
    auto stages = replay("tests/vm/random/goldens.txt", Dialect::cairo0, nullptr);
    // The sample holds good and bad endings.
    EXPECT_GT(stages["ok"], 100);
    EXPECT_GT(stages["run"], 100);
    EXPECT_GT(stages["end"] + stages["return"] + stages["secure"], 10);
}

TEST(RandomPrograms, WithCairo1HintsEndAsInTheReference) {
    Tally tally;
    auto stages = replay("tests/vm/random/goldens_casm.txt", Dialect::casm, &tally);
    EXPECT_GT(stages["ok"], 60);
    EXPECT_GT(stages["run"], 100);

    // docs/vm-coverage.md tells the truth about each hint of the table.
    std::ifstream file("docs/vm-coverage.md");
    const std::string document{std::istreambuf_iterator<char>(file), {}};
    for (const std::string_view name : kCasmHintNames) {
        const std::string hint = "casm hint " + std::string(name);
        const bool done = tally[hint + " done"] != 0;
        const bool refused = tally[hint + " refused"] != 0;
        const auto row = document.find("| " + std::string(name) + " | ");
        ASSERT_NE(row, document.npos) << name << " is not in docs/vm-coverage.md";
        const std::string line = document.substr(row, document.find('\n', row) - row);
        EXPECT_EQ(line.find("| done") != line.npos, done) << line;
        EXPECT_EQ(line.find("refused") != line.npos, refused) << line;
        EXPECT_TRUE(done || refused || line.find("_test") != line.npos) << line;
    }
}

TEST(RandomPrograms, AreTheSameForTheSameSeed) {
    for (std::uint64_t seed = 1; seed < 50; ++seed)
        ASSERT_EQ(to_json(make_random_program(seed, Dialect::casm)),
                  to_json(make_random_program(seed, Dialect::casm)));
    EXPECT_NE(to_json(make_random_program(1, Dialect::cairo0)),
              to_json(make_random_program(2, Dialect::cairo0)));
}

}  // namespace
}  // namespace blockexecd::vm::random
