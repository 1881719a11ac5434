// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "executor/blocks/finalize_block.hpp"

namespace blockexecd::executor {
namespace {

template <class Item>
struct Ordered {
    std::uint64_t order;
    Item item;
};

void collect(const CallInfo& call, std::vector<Ordered<Event>>& events,
             std::vector<Ordered<MessageToL1>>& messages) {
    for (const auto& event : call.execution.events)
        events.push_back({event.order, {call.call.storage_address, event.keys, event.data}});
    for (const auto& message : call.execution.l2_to_l1_messages)
        messages.push_back(
            {message.order, {call.call.storage_address, message.to_address, message.payload}});
    for (const auto& inner : call.inner_calls)
        collect(inner, events, messages);
}

template <class Item>
void append_in_order(std::vector<Ordered<Item>>& from, std::vector<Item>& to) {
    std::ranges::stable_sort(from, {}, &Ordered<Item>::order);
    for (auto& ordered : from)
        to.push_back(std::move(ordered.item));
}

}  // namespace

Receipt chain_receipt(const Transaction& transaction, std::uint64_t index,
                      const TransactionExecutionInfo& info) {
    const TransactionReceipt& computed = info.receipt;
    Receipt receipt;
    receipt.transaction_hash = transaction.hash;
    receipt.transaction_index = index;
    if (info.revert_error) {
        receipt.execution_status = ExecutionStatus::reverted;
        receipt.revert_error = *info.revert_error;
    }
    receipt.actual_fee = Felt::from_u128(static_cast<std::uint64_t>(computed.fee),
                                         static_cast<std::uint64_t>(computed.fee >> 64));
    receipt.execution_resources = computed.computation.total_vm_resources();
    receipt.execution_resources.n_steps += computed.computation.n_reverted_steps;
    receipt.total_gas_consumed = computed.gas;
    receipt.data_availability = computed.da_gas;

    // Order counts anew in each stage. An account that deploys itself executes before it validates.
    std::array stages{&info.validate_call_info, &info.execute_call_info,
                      &info.fee_transfer_call_info};
    if (transaction.type == TransactionType::deploy_account && info.validate_call_info)
        std::swap(stages[0], stages[1]);
    for (const auto* stage : stages) {
        if (!*stage)
            continue;
        std::vector<Ordered<Event>> events;
        std::vector<Ordered<MessageToL1>> messages;
        collect(**stage, events, messages);
        append_in_order(events, receipt.events);
        append_in_order(messages, receipt.l2_to_l1_messages);
    }
    return receipt;
}

}  // namespace blockexecd::executor
