// SPDX-License-Identifier: Apache-2.0
// Compares a state diff alone: for a block whose receipts are not known.
#pragma once

#include <string_view>

#include "executor/types/state_diff.hpp"
#include "executor/types/verdict.hpp"

namespace blockexecd::executor {

// Names each field that differs, as verify_block does; known exceptions are no mismatches.
Verdict verify_state_diff(std::string_view chain_id, BlockNumber block, const StateDiff& recorded,
                          const StateDiff& computed);

}  // namespace blockexecd::executor
