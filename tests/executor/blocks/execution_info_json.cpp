// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/blocks/execution_info_json.hpp"

#include "tests/executor/blocks/archive_json.hpp"

namespace blockexecd::executor::test {
namespace {

using Json = boost::json::value;

// Beside VM resources: {"opcode_instance_counter": {"blake": …}}, absent where there are none.
std::uint64_t blake_opcodes_in(const Json& resources) {
    const auto* counters = resources.as_object().if_contains("opcode_instance_counter");
    return counters == nullptr ? 0 : blake_opcodes_of(*counters, "blake");
}

EntryPointType entry_point_type_of(std::string_view text) {
    if (text == "EXTERNAL")
        return EntryPointType::external;
    return text == "L1_HANDLER" ? EntryPointType::l1_handler : EntryPointType::constructor;
}

CallEntryPoint call_of(const Json& json) {
    CallEntryPoint call;
    call.class_hash = to_felt(json.at("class_hash"));
    if (!json.at("code_address").is_null())
        call.code_address = to_felt(json.at("code_address"));
    call.entry_point_type = entry_point_type_of(json.at("entry_point_type").as_string());
    call.entry_point_selector = to_felt(json.at("entry_point_selector"));
    call.calldata = to_felts(json.at("calldata"));
    call.storage_address = to_felt(json.at("storage_address"));
    call.caller_address = to_felt(json.at("caller_address"));
    call.call_type =
        json.at("call_type").as_string() == "Call" ? CallType::call : CallType::delegate;
    call.initial_gas = to_u64(json.at("initial_gas"));
    return call;
}

CallExecution execution_of(const Json& json) {
    CallExecution execution;
    execution.retdata = to_felts(json.at("retdata"));
    for (const auto& item : json.at("events").as_array())
        execution.events.push_back({.order = to_u64(item.at("order")),
                                    .keys = to_felts(item.at("event").at("keys")),
                                    .data = to_felts(item.at("event").at("data"))});
    for (const auto& item : json.at("l2_to_l1_messages").as_array())
        execution.l2_to_l1_messages.push_back(
            {.order = to_u64(item.at("order")),
             .to_address = to_felt(item.at("message").at("to_address")),
             .payload = to_felts(item.at("message").at("payload"))});
    execution.failed = json.at("failed").as_bool();
    execution.gas_consumed = to_u64(json.at("gas_consumed"));
    return execution;
}

StorageAccessTracker tracker_of(const Json& json) {
    StorageAccessTracker tracker;
    tracker.storage_read_values = to_felts(json.at("storage_read_values"));
    for (const auto& key : to_felts(json.at("accessed_storage_keys")))
        tracker.accessed_storage_keys.insert(key);
    tracker.read_class_hash_values = to_felts(json.at("read_class_hash_values"));
    for (const auto& address : to_felts(json.at("accessed_contract_addresses")))
        tracker.accessed_contract_addresses.insert(address);
    tracker.read_block_hash_values = to_felts(json.at("read_block_hash_values"));
    for (const auto& block : json.at("accessed_blocks").as_array())
        tracker.accessed_blocks.insert(to_u64(block));
    return tracker;
}

CallInfo call_info_of(const Json& json) {
    CallInfo info;
    info.call = call_of(json.at("call"));
    info.execution = execution_of(json.at("execution"));
    for (const auto& inner : json.at("inner_calls").as_array())
        info.inner_calls.push_back(call_info_of(inner));
    info.resources = to_vm_resources(json.at("resources"));
    info.opcode_blake_count = blake_opcodes_in(json.at("resources"));
    info.tracked_resource = json.at("tracked_resource").as_string() == "SierraGas"
                                ? TrackedResource::sierra_gas
                                : TrackedResource::cairo_steps;
    info.storage_access_tracker = tracker_of(json.at("storage_access_tracker"));
    info.builtin_counters = to_builtin_counters(json.at("builtin_counters"));
    info.own_blake_count = blake_opcodes_of(json.at("builtin_counters"));
    for (const auto& [name, usage] : json.at("syscalls_usage").as_object())
        info.syscalls_usage[syscall_from_name(name).value()] = {
            .call_count = to_u64(usage.at("call_count")),
            .linear_factor = to_u64(usage.at("linear_factor"))};
    return info;
}

std::optional<CallInfo> optional_call_info_of(const Json& json) {
    return json.is_null() ? std::nullopt : std::optional(call_info_of(json));
}

StarknetResources starknet_resources_of(const Json& json) {
    const auto& archival = json.at("archival_data");
    const auto& events = archival.at("event_summary");
    const auto& messages = json.at("messages");
    const auto& state = json.at("state").at("state_changes_for_fee");
    const auto& count = state.at("state_changes_count");
    StarknetResources resources;
    resources.archival_data = {
        .event_summary = {.n_events = to_u64(events.at("n_events")),
                          .total_event_keys = to_u64(events.at("total_event_keys")),
                          .total_event_data_size = to_u64(events.at("total_event_data_size"))},
        .extended_calldata_length = to_u64(archival.at("extended_calldata_length")),
        .signature_length = to_u64(archival.at("signature_length")),
        .code_size = to_u64(archival.at("code_size")),
        .has_client_side_proof = archival.at("has_client_side_proof").as_bool()};
    for (const auto& length : messages.at("l2_to_l1_payload_lengths").as_array())
        resources.messages.l2_to_l1_payload_lengths.push_back(to_u64(length));
    if (!messages.at("l1_handler_payload_size").is_null())
        resources.messages.l1_handler_payload_size = to_u64(messages.at("l1_handler_payload_size"));
    resources.state = {.count = {.n_storage_updates = to_u64(count.at("n_storage_updates")),
                                 .n_class_hash_updates = to_u64(count.at("n_class_hash_updates")),
                                 .n_compiled_class_hash_updates =
                                     to_u64(count.at("n_compiled_class_hash_updates")),
                                 .n_modified_contracts = to_u64(count.at("n_modified_contracts"))},
                       .n_allocated_keys = to_u64(state.at("n_allocated_keys"))};
    return resources;
}

TransactionReceipt receipt_of(const Json& json) {
    const auto& computation = json.at("resources").at("computation");
    return {
        .fee = to_u128(json.at("fee")),
        .gas = to_gas_vector(json.at("gas")),
        .da_gas = to_gas_vector(json.at("da_gas")),
        .starknet_resources = starknet_resources_of(json.at("resources").at("starknet_resources")),
        .computation = {
            .tx_vm_resources = to_vm_resources(computation.at("tx_extended_vm_resources")),
            .opcode_blake_count = blake_opcodes_in(computation.at("tx_extended_vm_resources")),
            .os_vm_resources = to_vm_resources(computation.at("os_vm_resources")),
            .n_reverted_steps = to_u64(computation.at("n_reverted_steps")),
            .sierra_gas = to_u64(computation.at("sierra_gas")),
            .reverted_sierra_gas = to_u64(computation.at("reverted_sierra_gas"))}};
}

}  // namespace

RecordedExecution read_execution_info(const Json& json) {
    return {.validate_call_info = optional_call_info_of(json.at("validate_call_info")),
            .execute_call_info = optional_call_info_of(json.at("execute_call_info")),
            .fee_transfer_call_info = optional_call_info_of(json.at("fee_transfer_call_info")),
            .reverted = !json.at("revert_error").is_null(),
            .receipt = receipt_of(json.at("receipt"))};
}

CallInfo read_call_info(const Json& json) {
    return call_info_of(json);
}

std::vector<RecordedExecution> read_execution_infos(const std::filesystem::path& file) {
    std::vector<RecordedExecution> executions;
    const Json infos = read_json(file);
    for (const auto& json : infos.as_array())
        executions.push_back(read_execution_info(json));
    return executions;
}

}  // namespace blockexecd::executor::test
