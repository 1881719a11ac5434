// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/block_limits.hpp"

#include <algorithm>
#include <array>

#include "executor/gas/starknet_resources.hpp"

namespace blockexecd::executor {
namespace {

constexpr std::array kWeights{
    &BlockWeights::n_txs,          &BlockWeights::n_events, &BlockWeights::message_segment_length,
    &BlockWeights::receipt_l2_gas, &BlockWeights::l1_gas,   &BlockWeights::state_diff_size};

std::uint64_t events_of(const CallInfo& call) {
    std::uint64_t events = call.execution.events.size();
    for (const auto& inner : call.inner_calls)
        events += events_of(inner);
    return events;
}

}  // namespace

BlockWeights weights_of(const TransactionExecutionInfo& info) {
    BlockWeights weights{
        .n_txs = 1,
        .message_segment_length = info.receipt.starknet_resources.messages.message_segment_length(),
        .receipt_l2_gas = info.receipt.gas.l2_gas,
        .l1_gas = static_cast<std::uint64_t>(
            info.receipt.starknet_resources.messages.starknet_gas().l1_gas)};
    for (const auto* call :
         {&info.validate_call_info, &info.execute_call_info, &info.fee_transfer_call_info})
        if (*call)
            weights.n_events += events_of(**call);
    return weights;
}

std::uint64_t ChangedKeys::added_size(const StateMaps& writes) const {
    StateChangesCount added;
    for (const auto& address : modified_contracts(writes))
        added.n_modified_contracts += !contracts_.contains(address);
    for (const auto& [address, class_hash] : writes.class_hashes)
        added.n_class_hash_updates += !class_hashes_.contains(address);
    for (const auto& [cell, value] : writes.storage)
        added.n_storage_updates += !cells_.contains(cell);
    for (const auto& [class_hash, compiled] : writes.compiled_class_hashes)
        added.n_compiled_class_hash_updates += !compiled_class_hashes_.contains(class_hash);
    return added.onchain_data_segment_length();
}

void ChangedKeys::add(const StateMaps& writes) {
    const auto contracts = modified_contracts(writes);
    contracts_.insert(contracts.begin(), contracts.end());
    for (const auto& [address, class_hash] : writes.class_hashes)
        class_hashes_.insert(address);
    for (const auto& [cell, value] : writes.storage)
        cells_.insert(cell);
    for (const auto& [class_hash, compiled] : writes.compiled_class_hashes)
        compiled_class_hashes_.insert(class_hash);
}

bool BlockRoom::take(const TransactionExecutionInfo& info, const StateMaps& writes) {
    if (limits_.halted != nullptr && limits_.halted->load(std::memory_order_acquire))
        return false;
    auto weights = weights_of(info);
    const bool sized = limits_.capacity.state_diff_size != BlockLimits::kNone;
    if (sized)
        weights.state_diff_size = changed_.added_size(writes);
    const bool has_room = std::ranges::all_of(kWeights, [&](const auto weight) {
        return weights.*weight <= limits_.capacity.*weight - used_.*weight;
    });
    if (!has_room)
        return false;
    for (const auto weight : kWeights)
        used_.*weight += weights.*weight;
    if (sized)
        changed_.add(writes);
    return true;
}

}  // namespace blockexecd::executor
