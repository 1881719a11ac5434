// SPDX-License-Identifier: Apache-2.0
#include "executor/gas/execution_summary.hpp"

namespace blockexecd::executor {
namespace {

EventSummary events_of(const CallInfo& call) {
    EventSummary summary{.n_events = call.execution.events.size()};
    for (const auto& event : call.execution.events) {
        summary.total_event_keys += event.keys.size();
        summary.total_event_data_size += event.data.size();
    }
    return summary;
}

void add_tree(ExecutionSummary& summary, const CallInfo& call, bool with_events) {
    for (const auto& message : call.execution.l2_to_l1_messages)
        summary.l2_to_l1_payload_lengths.push_back(message.payload.size());
    if (with_events)
        summary.event_summary += events_of(call);
    for (const auto& inner : call.inner_calls)
        add_tree(summary, inner, with_events);
}

}  // namespace

vm::Result<void> add_call(ExecutionSummary& summary, const CallInfo& root,
                          const VersionedConstants& constants) {
    // Resources and gas of a call hold those of its inner calls; events and messages do not.
    summary.vm_resources += root.resources;
    summary.opcode_blake_count += root.opcode_blake_count;
    if (__builtin_add_overflow(summary.gas_consumed, root.execution.gas_consumed,
                               &summary.gas_consumed))
        return vm::Error(vm::ErrorKind::host, "Gas for fee overflowed.");
    add_tree(summary, root, !constants.ignore_inner_event_resources);
    if (constants.ignore_inner_event_resources)
        summary.event_summary += events_of(root);
    return {};
}

}  // namespace blockexecd::executor
