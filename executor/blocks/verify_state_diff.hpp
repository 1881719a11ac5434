// SPDX-License-Identifier: Apache-2.0
// Compares a state diff alone: for a block whose receipts are not known.
#pragma once

#include "executor/types/state_diff.hpp"
#include "executor/types/verdict.hpp"

namespace blockexecd::executor {

// Names each field that differs, as verify_block does.
Verdict verify_state_diff(BlockNumber block, const StateDiff& recorded, const StateDiff& computed);

}  // namespace blockexecd::executor
