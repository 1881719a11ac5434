// SPDX-License-Identifier: Apache-2.0
// What happens once after a block's last transaction: entries that no transaction makes, and the
// block's state diff (specification 7.3 to 7.5).
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "executor/calls/block_context.hpp"
#include "executor/state/cached_state.hpp"
#include "executor/transactions/execution_info.hpp"
#include "executor/types/block.hpp"
#include "executor/types/flat_map.hpp"
#include "executor/types/state_diff.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

// Classes that ran in the calls of a transaction: a Poseidon compiled class hash migrates in the
// block that runs it.
void add_executed_classes(const TransactionExecutionInfo& info,
                          FlatSet<ClassHash>& executed_classes);

// A class that ran. Error: the state has none of that hash.
vm::Result<std::shared_ptr<const CompiledClass>> executed_class(const ClassHash& class_hash,
                                                                StateReader& state);

// The compiled class hash that a block gives a class that it runs, if its version migrates them;
// nothing when the class has it already, or none (Cairo 0).
vm::Result<std::optional<CompiledClassHash>> migrated_compiled_class_hash(
    const ClassHash& class_hash, StateReader& state);

// Allocates aliases (from 0.13.4 on), migrates compiled class hashes (where the version does), and
// takes the diff. `state` is the block's, with all its transactions committed; `before` the state
// that it started from.
vm::Result<StateDiff> finalize_block(CachedState& state, StateReader& before,
                                     const BlockContext& block,
                                     const FlatSet<ClassHash>& executed_classes);

// The receipt as the chain records it (feeder gateway).
Receipt chain_receipt(const Transaction& transaction, std::uint64_t index,
                      const TransactionExecutionInfo& info);

}  // namespace blockexecd::executor
