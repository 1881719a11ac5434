// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/block_limits.hpp"

#include <algorithm>
#include <array>

namespace blockexecd::executor {
namespace {

constexpr std::array kWeights{&BlockWeights::n_txs, &BlockWeights::n_events,
                              &BlockWeights::message_segment_length, &BlockWeights::receipt_l2_gas};

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
        .receipt_l2_gas = info.receipt.gas.l2_gas};
    for (const auto* call :
         {&info.validate_call_info, &info.execute_call_info, &info.fee_transfer_call_info})
        if (*call)
            weights.n_events += events_of(**call);
    return weights;
}

bool BlockRoom::take(const TransactionExecutionInfo& info) {
    if (limits_.halted != nullptr && limits_.halted->load(std::memory_order_acquire))
        return false;
    const auto weights = weights_of(info);
    const bool has_room = std::ranges::all_of(kWeights, [&](const auto weight) {
        return weights.*weight <= limits_.capacity.*weight - used_.*weight;
    });
    if (has_room)
        for (const auto weight : kWeights)
            used_.*weight += weights.*weight;
    return has_room;
}

}  // namespace blockexecd::executor
