// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/block_json.hpp"

namespace blockexecd::storage {

using namespace executor;

namespace {

std::optional<GasVector> read_gas(const JsonNode& resources, std::string_view key) {
    if (!resources.has(key))
        return std::nullopt;
    const auto gas = resources.member(key);
    GasVector vector{gas.number("l1_gas"), gas.number("l1_data_gas"), 0};
    vector.l2_gas = gas.optional_number("l2_gas").value_or(0);
    return vector;
}

ExecutionStatus read_status(const JsonNode& receipt) {
    const auto text = receipt.text("execution_status");
    if (text == kExecutionStatusNames[1])
        return ExecutionStatus::reverted;
    if (text != kExecutionStatusNames[0])
        receipt.member("execution_status")
            .fail("expected \"SUCCEEDED\" or \"REVERTED\", found \"" + text + "\"");
    return ExecutionStatus::succeeded;
}

}  // namespace

Receipt read_receipt_json(const JsonNode& json) {
    Receipt receipt;
    receipt.transaction_hash = json.felt("transaction_hash");
    receipt.transaction_index = json.number("transaction_index");
    receipt.execution_status = read_status(json);
    if (receipt.execution_status == ExecutionStatus::reverted)
        receipt.revert_error = json.text("revert_error");
    else if (json.has("revert_error"))
        json.member("revert_error").fail("is there although the transaction succeeded");
    receipt.actual_fee = json.felt("actual_fee");
    json.member("events").each([&](const JsonNode& event, std::size_t) {
        receipt.events.push_back(
            {event.felt("from_address"), event.felts("keys"), event.felts("data")});
    });
    json.member("l2_to_l1_messages").each([&](const JsonNode& message, std::size_t) {
        receipt.l2_to_l1_messages.push_back(
            {message.felt("from_address"), message.felt("to_address"), message.felts("payload")});
    });
    const auto resources = json.member("execution_resources");
    receipt.execution_resources.n_steps = resources.number("n_steps");
    receipt.execution_resources.n_memory_holes = resources.number("n_memory_holes");
    const auto builtins = resources.member("builtin_instance_counter");
    builtins.each_member([&](const JsonNode& counter, std::string_view name) {
        if (const auto builtin = vm::builtin_from_name(name))
            receipt.execution_resources[*builtin] = builtins.number(name);
        else
            counter.fail("unknown builtin");
    });
    receipt.total_gas_consumed = read_gas(resources, "total_gas_consumed");
    receipt.data_availability = read_gas(resources, "data_availability");
    return receipt;
}

}  // namespace blockexecd::storage
