// SPDX-License-Identifier: Apache-2.0
// What the calls of one stage (validate, execute, fee transfer) share: budgets, counters, and what
// reverting needs.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "executor/calls/block_context.hpp"
#include "executor/calls/call_info.hpp"
#include "executor/calls/transaction_info.hpp"
#include "executor/types/flat_map.hpp"
#include "executor/types/ids.hpp"
#include "vm/error.hpp"
#include "vm/memory/arena.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::executor {

class CachedState;

enum class ExecutionMode : std::uint8_t { execute, validate };

// How to bring one called contract back to where it was when the call began.
struct EntryPointRevertInfo {
    ContractAddress contract_address;
    ClassHash original_class_hash;
    FlatMap<StorageKey, Felt> original_values;  // at the first write of each key
    std::uint64_t n_emitted_events = 0;
    std::uint64_t n_sent_messages_to_l1 = 0;
};

// Remaining Sierra gas as last seen by a frame that counts it: what a revert consumed
// (specification 4.12).
class SierraGasRevertTracker {
  public:
    explicit SierraGasRevertTracker(std::uint64_t initial_gas)
        : initial_(initial_gas), last_seen_(initial_gas) {}
    void update(TrackedResource tracked, std::uint64_t remaining_gas) {
        if (tracked == TrackedResource::sierra_gas)
            last_seen_ = remaining_gas;
    }
    [[nodiscard]] std::uint64_t gas_consumed() const { return initial_ - last_seen_; }

  private:
    std::uint64_t initial_;
    std::uint64_t last_seen_;
};

struct ExecutionContext {
    const BlockContext& block;
    TransactionInfo transaction;
    ExecutionMode mode;
    vm::Arena& arena;
    SierraGasRevertTracker sierra_gas_revert_tracker;
    vm::RunResources run_resources;  // steps left, shared by all frames that count steps

    std::uint64_t n_emitted_events = 0;
    std::uint64_t n_sent_messages_to_l1 = 0;
    std::uint64_t recursion_depth = 0;
    std::optional<TrackedResource> tracked_resource =
        std::nullopt;  // of the innermost running call
    std::vector<EntryPointRevertInfo> revert_infos = {};
    std::uint64_t executed_steps = 0;  // by the VM, counted or not, reverted or not

    [[nodiscard]] const VersionedConstants& constants() const { return *block.constants; }
    [[nodiscard]] bool is_validate() const { return mode == ExecutionMode::validate; }
    // From the stage's budget, saturating at 0 (validate's steps and overhead before execute).
    void subtract_steps(std::uint64_t n_steps) {
        run_resources.n_steps -= n_steps < run_resources.n_steps ? n_steps : run_resources.n_steps;
    }
    // Undoes storage writes, class replacements and counters of all calls from revert_infos[index]
    // on, newest first.
    vm::Result<void> revert(std::size_t index, CachedState& state);
};

// Step budget of a stage: the block's limit for the mode, and (if limited) what the fee or the
// bounds pay for (specification 4.11).
std::uint64_t max_steps(const BlockContext& block, const TransactionInfo& transaction,
                        ExecutionMode mode, bool limit_steps_by_resources);
// A fresh context with that budget; initial_gas is the stage's.
ExecutionContext make_execution_context(const BlockContext& block,
                                        const TransactionInfo& transaction, ExecutionMode mode,
                                        bool limit_steps_by_resources, std::uint64_t initial_gas,
                                        vm::Arena& arena);

}  // namespace blockexecd::executor
