// SPDX-License-Identifier: Apache-2.0
// The committed sample of random programs ends as the reference VM ended it (goldens.txt; ./dev
// random-programs compares any number of others with the reference itself).
#include <gtest/gtest.h>

#include <fstream>
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

TEST(RandomPrograms, AreTheSameForTheSameSeed) {
    for (std::uint64_t seed = 1; seed < 50; ++seed)
        ASSERT_EQ(to_json(make_random_program(seed, Dialect::casm)),
                  to_json(make_random_program(seed, Dialect::casm)));
    EXPECT_NE(to_json(make_random_program(1, Dialect::cairo0)),
              to_json(make_random_program(2, Dialect::cairo0)));
}

}  // namespace
}  // namespace blockexecd::vm::random
