// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/block_json.hpp"

namespace blockexecd::storage {

using namespace executor;

namespace {

DataAvailabilityMode read_data_availability_mode(const JsonNode& block) {
    const auto text = block.text("l1_da_mode");
    for (std::size_t mode = 0; mode < kDataAvailabilityModeNames.size(); ++mode)
        if (text == kDataAvailabilityModeNames[mode])
            return static_cast<DataAvailabilityMode>(mode);
    block.member("l1_da_mode").fail("expected \"BLOB\" or \"CALLDATA\", found \"" + text + "\"");
    return {};
}

void read_prices(const JsonNode& block, std::string_view key, u128 GasPrices::*kind,
                 BlockHeader& header) {
    const auto price = block.member(key);
    header.eth_prices.*kind = price.hex_u128("price_in_wei");
    header.strk_prices.*kind = price.hex_u128("price_in_fri");
}

BlockHeader read_header_json(const JsonNode& block) {
    BlockHeader header;
    header.number = block.number("block_number");
    header.hash = block.felt("block_hash");
    header.parent_hash = block.felt("parent_block_hash");
    header.state_root = block.felt("state_root");
    header.timestamp = block.number("timestamp");
    header.sequencer_address = block.address("sequencer_address");
    header.starknet_version = block.text("starknet_version");
    // Each came with a later version of the protocol; blocks before it have none.
    if (block.has("l1_da_mode"))
        header.l1_da_mode = read_data_availability_mode(block);
    read_prices(block, "l1_gas_price", &GasPrices::l1_gas, header);
    if (block.has("l1_data_gas_price"))
        read_prices(block, "l1_data_gas_price", &GasPrices::l1_data_gas, header);
    if (block.has("l2_gas_price"))
        read_prices(block, "l2_gas_price", &GasPrices::l2_gas, header);
    header.transaction_commitment = block.optional_felt("transaction_commitment");
    header.event_commitment = block.optional_felt("event_commitment");
    header.receipt_commitment = block.optional_felt("receipt_commitment");
    header.state_diff_commitment = block.optional_felt("state_diff_commitment");
    header.state_diff_length = block.optional_number("state_diff_length");
    header.l2_gas_consumed = block.optional_number("l2_gas_consumed");
    return header;
}

// The message that an l1_handler consumes is its transaction in other words.
void check_consumed_message(const JsonNode& receipt, const Transaction& transaction) {
    if (!receipt.has("l1_to_l2_consumed_message"))
        return;
    const auto message = receipt.member("l1_to_l2_consumed_message");
    if (transaction.type != TransactionType::l1_handler || transaction.calldata.empty())
        return message.fail("the transaction is no l1_handler");
    auto calldata = message.felts("payload");
    calldata.insert(calldata.begin(), message.felt("from_address"));
    if (calldata != transaction.calldata ||
        message.felt("to_address") != transaction.sender_address ||
        message.felt("selector") != transaction.entry_point_selector ||
        (message.has("nonce") && message.felt("nonce") != transaction.nonce))
        message.fail("does not agree with the transaction");
}

}  // namespace

Block read_block_json(const JsonNode& json) {
    Block block;
    block.header = read_header_json(json);
    json.member("transactions").each([&](const JsonNode& transaction, std::size_t) {
        block.transactions.push_back(read_transaction_json(transaction));
    });
    const auto receipts = json.member("transaction_receipts");
    receipts.each([&](const JsonNode& node, std::size_t i) {
        if (i >= block.transactions.size())
            return node.fail("there are more receipts than transactions (" +
                             std::to_string(block.transactions.size()) + ")");
        const auto& receipt = block.receipts.emplace_back(read_receipt_json(node));
        const auto& transaction = block.transactions[i];
        if (receipt.transaction_hash != transaction.hash)
            node.member("transaction_hash")
                .fail("is " + receipt.transaction_hash.to_hex() +
                      ", the transaction at this place is " + transaction.hash.to_hex());
        if (receipt.transaction_index != i)
            node.member("transaction_index")
                .fail("is " + std::to_string(receipt.transaction_index) + ", its place is " +
                      std::to_string(i));
        check_consumed_message(node, transaction);
    });
    if (block.receipts.size() < block.transactions.size())
        receipts.fail("there are " + std::to_string(block.receipts.size()) + " receipts for " +
                      std::to_string(block.transactions.size()) + " transactions");
    return block;
}

namespace {

// The entries of a diff that are lists of two felts; each key once.
void read_pairs(const JsonNode& diff, std::string_view list, std::string_view key,
                std::string_view value, std::map<Felt, Felt>& into) {
    diff.member(list).each([&](const JsonNode& entry, std::size_t) {
        if (!into.emplace(entry.address(key), entry.felt(value)).second)
            entry.member(key).fail("is in the list twice");
    });
}

}  // namespace

StateUpdate read_state_update_json(const JsonNode& json) {
    StateUpdate update;
    update.block_hash = json.felt("block_hash");
    update.old_root = json.felt("old_root");
    update.new_root = json.felt("new_root");
    update.contracts_root = json.optional_felt("contracts_root");
    update.classes_root = json.optional_felt("classes_root");
    const auto diff = json.member("state_diff");
    diff.member("storage_diffs").each_member([&](const JsonNode& cells, std::string_view) {
        const auto address = cells.key_as_address();
        cells.each([&](const JsonNode& cell, std::size_t) {
            if (!update.diff.storage
                     .emplace(StorageCell{address, cell.address("key")}, cell.felt("value"))
                     .second)
                cell.member("key").fail("is in the list twice");
        });
    });
    diff.member("nonces").each_member([&](const JsonNode& nonce, std::string_view) {
        if (!update.diff.nonces.emplace(nonce.key_as_address(), nonce.as_felt()).second)
            nonce.fail("is there twice");
    });
    read_pairs(diff, "deployed_contracts", "address", "class_hash", update.diff.deployed_contracts);
    read_pairs(diff, "replaced_classes", "address", "class_hash", update.diff.replaced_classes);
    read_pairs(diff, "declared_classes", "class_hash", "compiled_class_hash",
               update.diff.declared_classes);
    if (diff.has("migrated_compiled_classes"))
        read_pairs(diff, "migrated_compiled_classes", "class_hash", "compiled_class_hash",
                   update.diff.migrated_compiled_classes);
    diff.member("old_declared_contracts").each([&](const JsonNode& class_hash, std::size_t) {
        if (!update.diff.deprecated_declared_classes.insert(class_hash.as_felt()).second)
            class_hash.fail("is in the list twice");
    });
    for (const auto& [address, class_hash] : update.diff.replaced_classes)
        if (update.diff.deployed_contracts.contains(address))
            diff.member("replaced_classes")
                .fail("contract " + address.to_hex() + " is deployed and replaced");
    for (const auto& [class_hash, compiled] : update.diff.declared_classes)
        if (update.diff.migrated_compiled_classes.contains(class_hash) ||
            update.diff.deprecated_declared_classes.contains(class_hash))
            diff.member("declared_classes")
                .fail("class " + class_hash.to_hex() + " is declared in two ways");
    return update;
}

}  // namespace blockexecd::storage
