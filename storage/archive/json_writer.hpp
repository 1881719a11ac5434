// SPDX-License-Identifier: Apache-2.0
// The texts of an archive's files: compact JSON with sorted keys and a final newline, as the oracle
// writes them.
#pragma once

#include <string>

#include "executor/types/block.hpp"

namespace blockexecd::storage {

// `first`, `last`: headers of the archive's first and last block.
std::string chain_to_json(const executor::ChainInfo& chain, const executor::BlockHeader& first,
                          const executor::BlockHeader& last);
// Precondition: one receipt a transaction.
std::string block_to_json(const executor::Block& block);
std::string state_update_to_json(const executor::StateUpdate& update);

}  // namespace blockexecd::storage
