// SPDX-License-Identifier: Apache-2.0
// Test support: values of the stored types with every field drawn at random, small and large,
// absent and present.
#pragma once

#include <random>

#include "executor/types/block.hpp"
#include "executor/types/verdict.hpp"

namespace blockexecd::storage::test {

using Random = std::mt19937_64;

vm::Felt random_felt(Random& random);
executor::Transaction random_transaction(Random& random);
executor::Receipt random_receipt(Random& random);
executor::BlockHeader random_header(Random& random);
executor::Verdict random_verdict(Random& random);
// Keys from a small set, so that blocks overwrite each other's.
executor::StateDiff random_state_diff(Random& random);

}  // namespace blockexecd::storage::test
