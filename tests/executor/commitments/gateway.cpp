// SPDX-License-Identifier: Apache-2.0
#include "tests/executor/commitments/gateway.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace blockexecd::executor::gateway {
namespace {

namespace json = boost::json;

Felt felt(const json::value& value) {
    if (value.is_int64())
        return Felt(static_cast<std::uint64_t>(value.as_int64()));
    if (value.is_uint64())
        return Felt(value.as_uint64());
    const std::string text(value.as_string());
    // State roots of the oldest gateways have no 0x.
    const auto parsed = Felt::from_hex(text.starts_with("0x") ? text : "0x" + text);
    if (!parsed)
        throw std::runtime_error("not a felt: " + std::string(value.as_string()));
    return *parsed;
}

Felt felt_or_zero(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr || value->is_null() ? Felt() : felt(*value);
}

u128 integer(const json::value& value) {
    const Felt::Limbs limbs = felt(value).limbs();
    return static_cast<u128>(limbs[1]) << 64 | limbs[0];
}

std::uint64_t u64_or_zero(const json::object& object, std::string_view key) {
    return felt_or_zero(object, key).limbs()[0];
}

std::vector<Felt> felts_or_empty(const json::object& object, std::string_view key) {
    std::vector<Felt> felts;
    if (const json::value* list = object.if_contains(key); list != nullptr && list->is_array())
        for (const json::value& value : list->as_array())
            felts.push_back(felt(value));
    return felts;
}

TransactionType transaction_type(std::string_view name) {
    if (name == "INVOKE_FUNCTION" || name == "INVOKE")
        return TransactionType::invoke;
    if (name == "DECLARE")
        return TransactionType::declare;
    if (name == "DEPLOY_ACCOUNT")
        return TransactionType::deploy_account;
    if (name == "L1_HANDLER")
        return TransactionType::l1_handler;
    if (name == "DEPLOY")
        return TransactionType::deploy;
    throw std::runtime_error("no transaction type: " + std::string(name));
}

std::uint8_t data_availability_mode(const json::object& object, std::string_view key) {
    const json::value* mode = object.if_contains(key);
    if (mode == nullptr)
        return 0;
    return mode->is_string() ? mode->as_string() == "L2" : felt(*mode) == Felt(1);
}

ResourceBounds resource_bounds(const json::value& value) {
    const auto& object = value.as_object();
    return {felt(object.at("max_amount")).limbs()[0], integer(object.at("max_price_per_unit"))};
}

Transaction transaction(const json::object& object) {
    Transaction transaction;
    transaction.type = transaction_type(std::string_view(object.at("type").as_string()));
    transaction.version = static_cast<std::uint8_t>(u64_or_zero(object, "version"));
    transaction.hash = felt(object.at("transaction_hash"));
    transaction.sender_address = object.contains("sender_address")
                                     ? felt(object.at("sender_address"))
                                     : felt_or_zero(object, "contract_address");
    transaction.nonce = felt_or_zero(object, "nonce");
    transaction.signature = felts_or_empty(object, "signature");
    transaction.calldata =
        felts_or_empty(object, object.contains("calldata") ? "calldata" : "constructor_calldata");
    transaction.entry_point_selector = felt_or_zero(object, "entry_point_selector");
    transaction.class_hash = felt_or_zero(object, "class_hash");
    transaction.compiled_class_hash = felt_or_zero(object, "compiled_class_hash");
    transaction.contract_address_salt = felt_or_zero(object, "contract_address_salt");
    if (object.contains("max_fee"))
        transaction.max_fee = integer(object.at("max_fee"));
    if (const json::value* bounds = object.if_contains("resource_bounds")) {
        const auto& resources = bounds->as_object();
        transaction.resource_bounds.l1_gas = resource_bounds(resources.at("L1_GAS"));
        transaction.resource_bounds.l2_gas = resource_bounds(resources.at("L2_GAS"));
        if (const json::value* l1_data_gas = resources.if_contains("L1_DATA_GAS"))
            transaction.resource_bounds.l1_data_gas = resource_bounds(*l1_data_gas);
    }
    transaction.tip = u64_or_zero(object, "tip");
    transaction.nonce_data_availability_mode =
        data_availability_mode(object, "nonce_data_availability_mode");
    transaction.fee_data_availability_mode =
        data_availability_mode(object, "fee_data_availability_mode");
    transaction.paymaster_data = felts_or_empty(object, "paymaster_data");
    transaction.account_deployment_data = felts_or_empty(object, "account_deployment_data");
    transaction.proof_facts = felts_or_empty(object, "proof_facts");
    return transaction;
}

Receipt receipt(const json::object& object) {
    Receipt receipt;
    receipt.transaction_hash = felt(object.at("transaction_hash"));
    receipt.actual_fee = felt_or_zero(object, "actual_fee");
    if (const json::value* status = object.if_contains("execution_status");
        status != nullptr && status->as_string() == "REVERTED")
        receipt.execution_status = ExecutionStatus::reverted;
    if (const json::value* reason = object.if_contains("revert_error");
        reason != nullptr && reason->is_string())
        receipt.revert_error = reason->as_string();
    for (const json::value& value : object.at("events").as_array()) {
        const auto& event = value.as_object();
        receipt.events.push_back({felt(event.at("from_address")), felts_or_empty(event, "keys"),
                                  felts_or_empty(event, "data")});
    }
    for (const json::value& value : object.at("l2_to_l1_messages").as_array()) {
        const auto& message = value.as_object();
        receipt.l2_to_l1_messages.push_back({felt(message.at("from_address")),
                                             felt(message.at("to_address")),
                                             felts_or_empty(message, "payload")});
    }
    if (const json::value* resources = object.if_contains("execution_resources");
        resources != nullptr)
        if (const json::value* gas = resources->as_object().if_contains("total_gas_consumed");
            gas != nullptr && gas->is_object())
            receipt.total_gas_consumed = GasVector{u64_or_zero(gas->as_object(), "l1_gas"),
                                                   u64_or_zero(gas->as_object(), "l1_data_gas"),
                                                   u64_or_zero(gas->as_object(), "l2_gas")};
    return receipt;
}

std::optional<Felt> optional_felt(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr || value->is_null() ? std::nullopt : std::optional(felt(*value));
}

Block block(const json::object& object) {
    Block block;
    BlockHeader& header = block.header;
    header.number = u64_or_zero(object, "block_number");
    header.hash = felt(object.at("block_hash"));
    header.parent_hash = felt(object.at("parent_block_hash"));
    header.state_root = felt(object.at("state_root"));
    header.timestamp = u64_or_zero(object, "timestamp");
    header.sequencer_address = felt_or_zero(object, "sequencer_address");
    if (const json::value* version = object.if_contains("starknet_version");
        version != nullptr && version->is_string())
        header.starknet_version = version->as_string();
    if (const json::value* mode = object.if_contains("l1_da_mode");
        mode != nullptr && mode->as_string() == "BLOB")
        header.l1_da_mode = DataAvailabilityMode::blob;
    const auto prices = [&](std::string_view key, u128 GasPrices::*price) {
        header.eth_prices.*price = header.strk_prices.*price = 0;
        if (const json::value* both = object.if_contains(key);
            both != nullptr && both->is_object()) {
            header.eth_prices.*price = integer(both->as_object().at("price_in_wei"));
            header.strk_prices.*price = integer(both->as_object().at("price_in_fri"));
        }
    };
    prices("l1_gas_price", &GasPrices::l1_gas);
    prices("l1_data_gas_price", &GasPrices::l1_data_gas);
    prices("l2_gas_price", &GasPrices::l2_gas);
    header.transaction_commitment = optional_felt(object, "transaction_commitment");
    header.event_commitment = optional_felt(object, "event_commitment");
    header.receipt_commitment = optional_felt(object, "receipt_commitment");
    header.state_diff_commitment = optional_felt(object, "state_diff_commitment");
    if (object.contains("state_diff_length"))
        header.state_diff_length = u64_or_zero(object, "state_diff_length");
    for (const json::value& value : object.at("transactions").as_array())
        block.transactions.push_back(transaction(value.as_object()));
    for (const json::value& value : object.at("transaction_receipts").as_array())
        block.receipts.push_back(receipt(value.as_object()));
    return block;
}

void read_pairs(const json::object& diff, std::string_view list, std::string_view key,
                std::string_view value, std::map<Felt, Felt>& out) {
    if (const json::value* entries = diff.if_contains(list))
        for (const json::value& entry : entries->as_array())
            out.emplace(
                felt(entry.as_object().at(key)),
                felt(entry.as_object().contains(value) ? entry.as_object().at(value)
                                                       : entry.as_object().at("contract_hash")));
}

StateUpdate state_update(const json::object& object) {
    StateUpdate update;
    update.block_hash = felt_or_zero(object, "block_hash");
    update.old_root = felt_or_zero(object, "old_root");
    update.new_root = object.contains("new_root") ? felt(object.at("new_root"))
                                                  : felt_or_zero(object, "state_root");
    const auto& diff = object.at("state_diff").as_object();
    for (const auto& [address, cells] : diff.at("storage_diffs").as_object())
        for (const json::value& cell : cells.as_array())
            update.diff.storage.emplace(
                StorageCell{*Felt::from_hex(address), felt(cell.as_object().at("key"))},
                felt(cell.as_object().at("value")));
    if (const json::value* nonces = diff.if_contains("nonces"))
        for (const auto& [address, nonce] : nonces->as_object())
            update.diff.nonces.emplace(*Felt::from_hex(address), felt(nonce));
    read_pairs(diff, "deployed_contracts", "address", "class_hash", update.diff.deployed_contracts);
    read_pairs(diff, "replaced_classes", "address", "class_hash", update.diff.replaced_classes);
    read_pairs(diff, "declared_classes", "class_hash", "compiled_class_hash",
               update.diff.declared_classes);
    read_pairs(diff, "migrated_compiled_classes", "class_hash", "compiled_class_hash",
               update.diff.migrated_compiled_classes);
    for (const Felt& class_hash : felts_or_empty(diff, "old_declared_contracts"))
        update.diff.deprecated_declared_classes.insert(class_hash);
    for (const Felt& class_hash : felts_or_empty(diff, "declared_contracts"))
        update.diff.deprecated_declared_classes.insert(class_hash);
    return update;
}

template <class Read>
auto read(const std::filesystem::path& path, Read&& read_json) {
    try {
        return read_json(json::parse(read_file(path)));
    } catch (const std::exception& failure) {
        throw std::runtime_error(path.string() + ": " + failure.what());
    }
}

}  // namespace

BlockFile read_block(const std::filesystem::path& path) {
    return read(path, [&](const json::value& value) {
        const auto& object = value.as_object();
        BlockFile file;
        file.path = path;
        file.block = block(object.contains("block") ? object.at("block").as_object() : object);
        const json::value* update = object.if_contains("state_update");
        if (update != nullptr || object.contains("state_diff")) {
            file.has_state_update = true;
            file.state_update = state_update(update != nullptr ? update->as_object() : object);
        }
        return file;
    });
}

StateUpdate read_state_update(const std::filesystem::path& path) {
    return read(path, [](const json::value& value) {
        const auto& object = value.as_object();
        return state_update(object.contains("state_update") ? object.at("state_update").as_object()
                                                            : object);
    });
}

std::vector<TransactionFile> read_transactions(const std::filesystem::path& path) {
    return read(path, [](const json::value& value) {
        std::vector<TransactionFile> files;
        for (const json::value& entry : value.as_array()) {
            const auto& object = entry.as_object();
            files.push_back({transaction(object.at("transaction").as_object()),
                             std::string(object.at("chain_id").as_string()),
                             u64_or_zero(object, "block_number"),
                             optional_felt(object, "only_query_transaction_hash")});
        }
        return files;
    });
}

ChainFiles read_chain(const std::filesystem::path& folder) {
    return read(folder / "chain.json", [&](const json::value& value) {
        const auto& object = value.as_object();
        const json::value* synthetic = object.if_contains("synthetic_block_hashes");
        return ChainFiles{folder, std::string(object.at("chain_id").as_string()),
                          synthetic != nullptr && synthetic->as_bool(),
                          json_files(folder / "blocks"), json_files(folder / "state_updates")};
    });
}

std::vector<std::filesystem::path> json_files(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    std::ranges::sort(files, [](const std::filesystem::path& a, const std::filesystem::path& b) {
        const auto [first, second] = std::pair(a.filename().string(), b.filename().string());
        return std::pair(first.size(), first) < std::pair(second.size(), second);
    });
    return files;
}

std::filesystem::path bundled_chains() {
    return BLOCKEXECD_UNPACKED_CHAINS;
}

std::optional<std::filesystem::path> shared(const std::string& folder) {
    const char* root = std::getenv("BLOCKEXECD_SHARED");
    const std::filesystem::path path =
        std::filesystem::path(root != nullptr ? root : "../shared") / folder;
    return std::filesystem::exists(path) ? std::optional(path) : std::nullopt;
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw std::runtime_error("cannot be opened");
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace blockexecd::executor::gateway
