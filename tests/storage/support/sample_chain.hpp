// SPDX-License-Identifier: Apache-2.0
// Test support: a made-up chain, put into a database without the importer, whose checks it would
// not pass.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "executor/types/block.hpp"
#include "storage/database/database.hpp"
#include "storage/database/results.hpp"
#include "tests/storage/support/random_values.hpp"

namespace blockexecd::storage::test {

struct SampleBlock {
    executor::Block block;
    executor::StateUpdate update;
};

// Block 0 is bare, the others have two transactions. The same seed gives the same chain.
std::vector<SampleBlock> sample_chain(std::size_t blocks, std::uint64_t seed);
std::shared_ptr<Database> open_database(const std::filesystem::path& path);
void store(Database& database, const std::vector<SampleBlock>& chain);
// What an execution of the block could have given: depends on block, mode and nothing else, but for
// the timings.
BlockOutcome sample_outcome(const SampleBlock& sample, StateMode mode);

}  // namespace blockexecd::storage::test
