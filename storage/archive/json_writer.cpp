// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/json_writer.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <vector>

#include "storage/archive/block_json.hpp"

namespace blockexecd::storage {

using namespace executor;
namespace json = boost::json;

namespace {

json::value felt(const Felt& value) {
    return json::value(value.to_hex());
}

json::value hex(u128 value) {
    return felt(Felt::from_u128(static_cast<std::uint64_t>(value),
                                static_cast<std::uint64_t>(value >> 64)));
}

json::array felts(const std::vector<Felt>& values) {
    json::array list;
    for (const auto& value : values)
        list.push_back(felt(value));
    return list;
}

// Ethereum addresses are written in full.
json::value l1_address(const Felt& address) {
    auto digits = address.to_hex().substr(2);
    if (digits.size() < 40)
        digits.insert(0, 40 - digits.size(), '0');
    return json::value("0x" + digits);
}

json::object sorted(const json::object& object) {
    std::vector<std::string> keys;
    for (const auto& member : object)
        keys.emplace_back(member.key());
    std::sort(keys.begin(), keys.end());
    json::object result;
    for (const auto& key : keys)
        result[key] = object.at(key);
    return result;
}

// boost::json keeps the order of insertion; so every object is built again in the order of its
// keys.
void sort_keys(json::value& value) {
    if (auto* const list = value.if_array()) {
        for (auto& element : *list)
            sort_keys(element);
    } else if (auto* const object = value.if_object()) {
        for (auto& member : *object)
            sort_keys(member.value());
        *object = sorted(*object);
    }
}

std::string to_text(json::value value) {
    sort_keys(value);
    return json::serialize(value) + "\n";
}

json::object gas(const GasVector& gas) {
    return {{"l1_gas", gas.l1_gas}, {"l1_data_gas", gas.l1_data_gas}, {"l2_gas", gas.l2_gas}};
}

json::object price(const BlockHeader& header, u128 GasPrices::*kind) {
    return {{"price_in_wei", hex(header.eth_prices.*kind)},
            {"price_in_fri", hex(header.strk_prices.*kind)}};
}

std::string_view type_name(TransactionType type) {
    return std::find_if(kTransactionTypeNames.begin(), kTransactionTypeNames.end(),
                        [&](const auto& known) { return known.first == type; })
        ->second;
}

void add_v3_fields(json::object& object, const Transaction& transaction) {
    const auto bounds = [](const ResourceBounds& one) {
        return json::object{{"max_amount", hex(one.max_amount)},
                            {"max_price_per_unit", hex(one.max_price_per_unit)}};
    };
    const auto& resources = transaction.resource_bounds;
    json::object all{{"L1_GAS", bounds(resources.l1_gas)}, {"L2_GAS", bounds(resources.l2_gas)}};
    if (resources.l1_data_gas)
        all["L1_DATA_GAS"] = bounds(*resources.l1_data_gas);
    object["resource_bounds"] = std::move(all);
    object["tip"] = hex(transaction.tip);
    object["nonce_data_availability_mode"] = transaction.nonce_data_availability_mode;
    object["fee_data_availability_mode"] = transaction.fee_data_availability_mode;
    object["paymaster_data"] = felts(transaction.paymaster_data);
    if (transaction.type != TransactionType::deploy_account)
        object["account_deployment_data"] = felts(transaction.account_deployment_data);
    if (!transaction.proof_facts.empty())
        object["proof_facts"] = felts(transaction.proof_facts);
}

json::object transaction_to_json(const Transaction& transaction) {
    const auto is = [&](TransactionType type) { return transaction.type == type; };
    const auto version = transaction.version;
    const bool by_protocol = is(TransactionType::l1_handler) || is(TransactionType::deploy);
    json::object object{{"type", type_name(transaction.type)},
                        {"version", hex(version)},
                        {"transaction_hash", felt(transaction.hash)}};
    const bool by_contract = by_protocol || (is(TransactionType::invoke) && version == 0) ||
                             (is(TransactionType::deploy_account) && version < 3);
    object[by_contract ? "contract_address" : "sender_address"] = felt(transaction.sender_address);
    if (!by_protocol)
        object["signature"] = felts(transaction.signature);
    if (is(TransactionType::invoke) || is(TransactionType::l1_handler))
        object["calldata"] = felts(transaction.calldata);
    else if (!is(TransactionType::declare))
        object["constructor_calldata"] = felts(transaction.calldata);
    if (is(TransactionType::l1_handler) || (is(TransactionType::invoke) && version == 0))
        object["entry_point_selector"] = felt(transaction.entry_point_selector);
    if (!is(TransactionType::invoke) && !is(TransactionType::l1_handler))
        object["class_hash"] = felt(transaction.class_hash);
    if (is(TransactionType::deploy_account) || is(TransactionType::deploy))
        object["contract_address_salt"] = felt(transaction.contract_address_salt);
    if (is(TransactionType::declare) && version >= 2)
        object["compiled_class_hash"] = felt(transaction.compiled_class_hash);
    if (is(TransactionType::l1_handler) || (!by_protocol && version > 0) ||
        !transaction.nonce.is_zero())
        object["nonce"] = felt(transaction.nonce);
    if (version == 3)
        add_v3_fields(object, transaction);
    else if (!by_protocol)
        object["max_fee"] = hex(transaction.max_fee);
    return object;
}

json::object receipt_to_json(const Receipt& receipt, const Transaction& transaction) {
    json::object builtins;
    for (std::size_t i = 0; i < vm::kBuiltinCount; ++i)
        if (const auto count = receipt.execution_resources.builtins[i]; count != 0)
            builtins[std::string(vm::kBuiltinNames[i]) + "_builtin"] = count;
    json::object resources{{"n_steps", receipt.execution_resources.n_steps},
                           {"n_memory_holes", receipt.execution_resources.n_memory_holes},
                           {"builtin_instance_counter", std::move(builtins)}};
    if (receipt.total_gas_consumed)
        resources["total_gas_consumed"] = gas(*receipt.total_gas_consumed);
    if (receipt.data_availability)
        resources["data_availability"] = gas(*receipt.data_availability);

    json::array events;
    for (const auto& event : receipt.events)
        events.push_back(json::object{{"from_address", felt(event.from_address)},
                                      {"keys", felts(event.keys)},
                                      {"data", felts(event.data)}});
    json::array messages;
    for (const auto& message : receipt.l2_to_l1_messages)
        messages.push_back(json::object{{"from_address", felt(message.from_address)},
                                        {"to_address", l1_address(message.to_address)},
                                        {"payload", felts(message.payload)}});
    json::object object{{"transaction_hash", felt(receipt.transaction_hash)},
                        {"transaction_index", receipt.transaction_index},
                        {"execution_status",
                         kExecutionStatusNames[static_cast<std::size_t>(receipt.execution_status)]},
                        {"actual_fee", felt(receipt.actual_fee)},
                        {"events", std::move(events)},
                        {"l2_to_l1_messages", std::move(messages)},
                        {"execution_resources", std::move(resources)}};
    if (receipt.execution_status == ExecutionStatus::reverted)
        object["revert_error"] = receipt.revert_error;
    if (transaction.type == TransactionType::l1_handler && !transaction.calldata.empty())
        object["l1_to_l2_consumed_message"] = json::object{
            {"from_address", felt(transaction.calldata.front())},
            {"to_address", felt(transaction.sender_address)},
            {"selector", felt(transaction.entry_point_selector)},
            {"payload", felts({transaction.calldata.begin() + 1, transaction.calldata.end()})},
            {"nonce", felt(transaction.nonce)}};
    return object;
}

template <class Map>
json::array pairs(const Map& map, const char* key, const char* value) {
    json::array list;
    for (const auto& [left, right] : map)
        list.push_back(json::object{{key, felt(left)}, {value, felt(right)}});
    return list;
}

}  // namespace

std::string chain_to_json(const ChainInfo& chain, const BlockHeader& first,
                          const BlockHeader& last) {
    return to_text(json::object{
        {"chain_id", chain.chain_id},
        {"fee_token_addresses", json::object{{"eth", felt(chain.eth_fee_token_address)},
                                             {"strk", felt(chain.strk_fee_token_address)}}},
        {"synthetic_block_hashes", chain.synthetic_block_hashes},
        {"first_block", first.number},
        {"last_block", last.number},
        {"sequencer_address", felt(last.sequencer_address)},
        {"genesis_starknet_version", first.starknet_version},
        {"starknet_version", last.starknet_version}});
}

std::string block_to_json(const Block& block) {
    const auto& header = block.header;
    json::object object{
        {"block_number", header.number},
        {"block_hash", felt(header.hash)},
        {"parent_block_hash", felt(header.parent_hash)},
        {"state_root", felt(header.state_root)},
        {"timestamp", header.timestamp},
        {"sequencer_address", felt(header.sequencer_address)},
        {"starknet_version", header.starknet_version},
        {"status", "ACCEPTED_ON_L2"},
        {"l1_da_mode", kDataAvailabilityModeNames[static_cast<std::size_t>(header.l1_da_mode)]},
        {"l1_gas_price", price(header, &GasPrices::l1_gas)},
        {"l1_data_gas_price", price(header, &GasPrices::l1_data_gas)},
        {"l2_gas_price", price(header, &GasPrices::l2_gas)}};
    const std::pair<const char*, const std::optional<Felt>&> commitments[] = {
        {"transaction_commitment", header.transaction_commitment},
        {"event_commitment", header.event_commitment},
        {"receipt_commitment", header.receipt_commitment},
        {"state_diff_commitment", header.state_diff_commitment}};
    for (const auto& [name, commitment] : commitments)
        if (commitment)
            object[name] = felt(*commitment);
    if (header.state_diff_length)
        object["state_diff_length"] = *header.state_diff_length;
    if (header.l2_gas_consumed)
        object["l2_gas_consumed"] = *header.l2_gas_consumed;
    json::array transactions;
    for (const auto& transaction : block.transactions)
        transactions.push_back(transaction_to_json(transaction));
    object["transactions"] = std::move(transactions);
    json::array receipts;
    for (std::size_t i = 0; i < block.receipts.size(); ++i)
        receipts.push_back(receipt_to_json(block.receipts[i], block.transactions[i]));
    object["transaction_receipts"] = std::move(receipts);
    return to_text(std::move(object));
}

std::string state_update_to_json(const StateUpdate& update) {
    const auto& diff = update.diff;
    json::object storage;
    for (const auto& [cell, value] : diff.storage) {
        auto& cells = storage[cell.address.to_hex()];
        if (!cells.is_array())
            cells = json::array();
        cells.as_array().push_back(json::object{{"key", felt(cell.key)}, {"value", felt(value)}});
    }
    json::object nonces;
    for (const auto& [address, nonce] : diff.nonces)
        nonces[address.to_hex()] = felt(nonce);
    json::array deprecated;
    for (const auto& class_hash : diff.deprecated_declared_classes)
        deprecated.push_back(felt(class_hash));
    json::object state_diff{
        {"storage_diffs", std::move(storage)},
        {"nonces", std::move(nonces)},
        {"deployed_contracts", pairs(diff.deployed_contracts, "address", "class_hash")},
        {"replaced_classes", pairs(diff.replaced_classes, "address", "class_hash")},
        {"declared_classes", pairs(diff.declared_classes, "class_hash", "compiled_class_hash")},
        {"old_declared_contracts", std::move(deprecated)}};
    if (!diff.migrated_compiled_classes.empty())
        state_diff["migrated_compiled_classes"] =
            pairs(diff.migrated_compiled_classes, "class_hash", "compiled_class_hash");
    json::object object{{"block_hash", felt(update.block_hash)},
                        {"old_root", felt(update.old_root)},
                        {"new_root", felt(update.new_root)},
                        {"state_diff", std::move(state_diff)}};
    if (update.contracts_root)
        object["contracts_root"] = felt(*update.contracts_root);
    if (update.classes_root)
        object["classes_root"] = felt(*update.classes_root);
    return to_text(std::move(object));
}

}  // namespace blockexecd::storage
