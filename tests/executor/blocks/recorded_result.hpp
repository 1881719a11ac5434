// SPDX-License-Identifier: Apache-2.0
// Test support: the result of a block as the reference recorded it, in the type of what we compute.
#pragma once

#include "executor/blocks/block_executor.hpp"
#include "tests/executor/blocks/chain_archive.hpp"
#include "tests/executor/blocks/execution_info_json.hpp"

namespace blockexecd::executor::test {

// The receipts are made from the recorded call trees and resources, not taken from the block; only
// the texts of revert reasons are the block's.
BlockResult recorded_result(const ChainArchive& archive, const Block& block,
                            const StateUpdate& update);

std::vector<RecordedExecution> read_execution_infos(const ChainArchive& archive,
                                                    BlockNumber number);

}  // namespace blockexecd::executor::test
