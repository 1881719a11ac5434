// SPDX-License-Identifier: Apache-2.0
// Compares what we computed with what the chain recorded, field by field, and names each field that
// differs.
#pragma once

#include "executor/blocks/block_executor.hpp"
#include "executor/types/block.hpp"
#include "executor/types/verdict.hpp"

namespace blockexecd::executor {

Verdict verify_block(const ChainInfo& chain, const Block& recorded, const StateUpdate& update,
                     const BlockResult& computed);

}  // namespace blockexecd::executor
