// SPDX-License-Identifier: Apache-2.0
// Compares what we computed with what the chain recorded, field by field, and names each field that
// differs. Known exceptions are taken out of the mismatches.
#pragma once

#include "executor/blocks/block_executor.hpp"
#include "executor/types/block.hpp"
#include "executor/types/side_by_side.hpp"
#include "executor/types/verdict.hpp"

namespace blockexecd::executor {

// The commitments, which are most of the work, are jobs for `run_jobs`.
Verdict verify_block(const ChainInfo& chain, const Block& recorded, const StateUpdate& update,
                     const BlockResult& computed, const RunJobs& run_jobs = run_in_turn);

}  // namespace blockexecd::executor
