// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/blocks/chain_archive.hpp"

#include <cstdlib>
#include <map>
#include <stdexcept>

#include "tests/executor/blocks/archive_json.hpp"

namespace blockexecd::executor::test {
namespace {

using Json = boost::json::value;
using Object = boost::json::object;

std::optional<Felt> felt_if(const Object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return value != nullptr && !value->is_null() ? std::optional(to_felt(*value)) : std::nullopt;
}

ResourceBounds bounds_of(const Json& value) {
    return {.max_amount = to_u64(value.at("max_amount")),
            .max_price_per_unit = to_u128(value.at("max_price_per_unit"))};
}

ValidResourceBounds resource_bounds_of(const Object& bounds) {
    ValidResourceBounds result{.l1_gas = bounds_of(bounds.at("L1_GAS")),
                               .l2_gas = bounds_of(bounds.at("L2_GAS")),
                               .l1_data_gas = {}};
    if (const auto* data = bounds.if_contains("L1_DATA_GAS"))
        result.l1_data_gas = bounds_of(*data);
    return result;
}

Transaction transaction_of(const Object& json) {
    static const std::map<std::string_view, TransactionType> types{
        {"INVOKE_FUNCTION", TransactionType::invoke},
        {"DECLARE", TransactionType::declare},
        {"DEPLOY_ACCOUNT", TransactionType::deploy_account},
        {"L1_HANDLER", TransactionType::l1_handler},
        {"DEPLOY", TransactionType::deploy},
    };
    Transaction tx;
    tx.type = types.at(std::string_view(json.at("type").as_string()));
    tx.version = static_cast<std::uint8_t>(to_u64(json.at("version")));
    tx.hash = to_felt(json.at("transaction_hash"));
    tx.sender_address = felt_if(json, "sender_address")
                            .value_or(felt_if(json, "contract_address").value_or(Felt()));
    tx.nonce = felt_if(json, "nonce").value_or(Felt());
    const auto felts_if = [&json](std::string_view name) {
        const auto* value = json.if_contains(name);
        return value != nullptr ? to_felts(*value) : std::vector<Felt>();
    };
    tx.signature = felts_if("signature");
    tx.calldata =
        felts_if(json.contains("constructor_calldata") ? "constructor_calldata" : "calldata");
    tx.entry_point_selector = felt_if(json, "entry_point_selector").value_or(Felt());
    tx.class_hash = felt_if(json, "class_hash").value_or(Felt());
    tx.compiled_class_hash = felt_if(json, "compiled_class_hash").value_or(Felt());
    tx.contract_address_salt = felt_if(json, "contract_address_salt").value_or(Felt());
    if (const auto* max_fee = json.if_contains("max_fee"))
        tx.max_fee = to_u128(*max_fee);
    if (tx.version == 3) {
        tx.resource_bounds = resource_bounds_of(json.at("resource_bounds").as_object());
        tx.tip = to_u64(json.at("tip"));
        tx.nonce_data_availability_mode =
            static_cast<std::uint8_t>(to_u64(json.at("nonce_data_availability_mode")));
        tx.fee_data_availability_mode =
            static_cast<std::uint8_t>(to_u64(json.at("fee_data_availability_mode")));
        tx.paymaster_data = felts_if("paymaster_data");
        tx.account_deployment_data = felts_if("account_deployment_data");
        tx.proof_facts = felts_if("proof_facts");
    }
    return tx;
}

Receipt receipt_of(const Object& json) {
    Receipt receipt;
    receipt.transaction_hash = to_felt(json.at("transaction_hash"));
    receipt.transaction_index = to_u64(json.at("transaction_index"));
    receipt.execution_status = json.at("execution_status").as_string() == "SUCCEEDED"
                                   ? ExecutionStatus::succeeded
                                   : ExecutionStatus::reverted;
    if (const auto* error = json.if_contains("revert_error"))
        receipt.revert_error = error->as_string();
    receipt.actual_fee = to_felt(json.at("actual_fee"));
    for (const auto& event : json.at("events").as_array())
        receipt.events.push_back({.from_address = to_felt(event.at("from_address")),
                                  .keys = to_felts(event.at("keys")),
                                  .data = to_felts(event.at("data"))});
    for (const auto& message : json.at("l2_to_l1_messages").as_array())
        receipt.l2_to_l1_messages.push_back({.from_address = to_felt(message.at("from_address")),
                                             .to_address = to_felt(message.at("to_address")),
                                             .payload = to_felts(message.at("payload"))});
    const auto& resources = json.at("execution_resources").as_object();
    receipt.execution_resources = to_vm_resources(json.at("execution_resources"));
    if (const auto* gas = resources.if_contains("total_gas_consumed"))
        receipt.total_gas_consumed = to_gas_vector(*gas);
    if (const auto* gas = resources.if_contains("data_availability"))
        receipt.data_availability = to_gas_vector(*gas);
    return receipt;
}

// The price of a resource that a header does not have counts as 1: a price is never 0 during
// execution.
u128 price_of(const Object& header, std::string_view resource, std::string_view unit) {
    const auto* prices = header.if_contains(resource);
    const u128 price = prices != nullptr ? to_u128(prices->at(unit)) : 0;
    return price == 0 ? 1 : price;
}

BlockHeader header_of(const Object& json) {
    BlockHeader header;
    header.number = to_u64(json.at("block_number"));
    header.hash = to_felt(json.at("block_hash"));
    header.parent_hash = to_felt(json.at("parent_block_hash"));
    header.state_root = to_felt(json.at("state_root"));
    header.timestamp = to_u64(json.at("timestamp"));
    header.sequencer_address = to_felt(json.at("sequencer_address"));
    header.starknet_version = json.at("starknet_version").as_string();
    header.l1_da_mode = json.at("l1_da_mode").as_string() == "BLOB"
                            ? DataAvailabilityMode::blob
                            : DataAvailabilityMode::calldata;
    const auto prices = [&json](std::string_view unit) {
        return GasPrices{.l1_gas = price_of(json, "l1_gas_price", unit),
                         .l1_data_gas = price_of(json, "l1_data_gas_price", unit),
                         .l2_gas = price_of(json, "l2_gas_price", unit)};
    };
    header.eth_prices = prices("price_in_wei");
    header.strk_prices = prices("price_in_fri");
    header.transaction_commitment = felt_if(json, "transaction_commitment");
    header.event_commitment = felt_if(json, "event_commitment");
    header.receipt_commitment = felt_if(json, "receipt_commitment");
    header.state_diff_commitment = felt_if(json, "state_diff_commitment");
    if (const auto* length = json.if_contains("state_diff_length"))
        header.state_diff_length = to_u64(*length);
    if (const auto* gas = json.if_contains("l2_gas_consumed"))
        header.l2_gas_consumed = to_u64(*gas);
    return header;
}

std::string file_name(BlockNumber number) {
    return std::to_string(number) + ".json";
}

}  // namespace

ChainArchive::ChainArchive(std::filesystem::path folder) : folder_(std::move(folder)) {
    const Json chain = read_json(folder_ / "chain.json");
    const auto& tokens = chain.at("fee_token_addresses");
    info_ = {.chain_id = std::string(chain.at("chain_id").as_string()),
             .eth_fee_token_address = to_felt(tokens.at("eth")),
             .strk_fee_token_address = to_felt(tokens.at("strk")),
             .synthetic_block_hashes = chain.at("synthetic_block_hashes").as_bool()};
    last_block_ = to_u64(chain.at("last_block"));
}

Block ChainArchive::block(BlockNumber number) const {
    const Json json = read_json(folder_ / "blocks" / file_name(number));
    Block block{.header = header_of(json.as_object()), .transactions = {}, .receipts = {}};
    for (const auto& transaction : json.at("transactions").as_array())
        block.transactions.push_back(transaction_of(transaction.as_object()));
    for (const auto& receipt : json.at("transaction_receipts").as_array())
        block.receipts.push_back(receipt_of(receipt.as_object()));
    return block;
}

StateUpdate ChainArchive::state_update(BlockNumber number) const {
    const Json json = read_json(folder_ / "state_updates" / file_name(number));
    StateUpdate update;
    update.block_hash = to_felt(json.at("block_hash"));
    update.old_root = to_felt(json.at("old_root"));
    update.new_root = to_felt(json.at("new_root"));
    const auto& diff = json.at("state_diff").as_object();
    for (const auto& [address, cells] : diff.at("storage_diffs").as_object())
        for (const auto& cell : cells.as_array())
            update.diff.storage[{Felt::from_hex(address).value(), to_felt(cell.at("key"))}] =
                to_felt(cell.at("value"));
    for (const auto& [address, nonce] : diff.at("nonces").as_object())
        update.diff.nonces[Felt::from_hex(address).value()] = to_felt(nonce);
    const auto pairs = [&diff](std::string_view name, std::string_view key, std::string_view value,
                               auto& map) {
        if (const auto* list = diff.if_contains(name))
            for (const auto& item : list->as_array())
                map[to_felt(item.at(key))] = to_felt(item.at(value));
    };
    pairs("deployed_contracts", "address", "class_hash", update.diff.deployed_contracts);
    pairs("replaced_classes", "address", "class_hash", update.diff.replaced_classes);
    pairs("declared_classes", "class_hash", "compiled_class_hash", update.diff.declared_classes);
    pairs("migrated_compiled_classes", "class_hash", "compiled_class_hash",
          update.diff.migrated_compiled_classes);
    for (const auto& class_hash : diff.at("old_declared_contracts").as_array())
        update.diff.deprecated_declared_classes.insert(to_felt(class_hash));
    return update;
}

std::vector<Rejection> ChainArchive::rejections(BlockNumber number) const {
    std::vector<Rejection> rejections;
    const auto file = folder_ / "rejections" / file_name(number);
    if (!std::filesystem::exists(file))
        return rejections;
    const Json json = read_json(file);
    for (const auto& item : json.as_array()) {
        auto& rejection = rejections.emplace_back();
        rejection.index = to_u64(item.at("index"));
        rejection.transaction = transaction_of(item.at("transaction").as_object());
        rejection.transaction.paid_fee_on_l1 = to_u128(item.at("paid_fee_on_l1"));
        rejection.error = item.at("error").as_string();
    }
    return rejections;
}

std::filesystem::path chains_folder() {
    const char* folder = std::getenv("BLOCKEXECD_CHAINS");
    return folder != nullptr ? folder : BLOCKEXECD_UNPACKED_CHAINS;
}

}  // namespace blockexecd::executor::test
