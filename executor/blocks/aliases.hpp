// SPDX-License-Identifier: Apache-2.0
// Aliases: short numbers for the addresses and storage keys that a block changes, kept in contract
// 0x2 so that data availability can name them briefly (specification 7.5; blockifier
// state/stateful_compression.rs).
#pragma once

#include <vector>

#include "executor/state/cached_state.hpp"
#include "executor/state/state_maps.hpp"
#include "executor/types/ids.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// Writes aliases for what `state` changed and has none yet, in ascending order of address and key.
vm::Result<void> allocate_aliases(CachedState& state,
                                  const ContractAddress& alias_contract_address);

// The keys of the alias contract that allocate_aliases looks up for these changes, some of them
// more than once: who knows them early can read them early.
std::vector<StorageKey> alias_keys(const StateMaps& changes);

}  // namespace blockexecd::executor
