// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "storage/archive/block_json.hpp"
#include "storage/archive/v3_fields.hpp"

namespace blockexecd::storage {

using namespace executor;

namespace {

std::uint8_t read_data_availability_mode(const JsonNode& transaction, std::string_view key) {
    const auto mode = transaction.number(key);
    if (mode > 1)
        transaction.member(key).fail("expected 0 (L1) or 1 (L2), found " + std::to_string(mode));
    return static_cast<std::uint8_t>(mode);
}

constexpr V3Form kV3Form{"L1_DATA_GAS", read_data_availability_mode};

// Which versions each type has, in the order of TransactionType.
constexpr std::array<std::array<bool, 4>, 5> kVersions{{
    {true, true, false, true},    // invoke
    {true, true, true, true},     // declare
    {false, true, false, true},   // deploy_account
    {true, false, false, false},  // l1_handler
    {true, true, false, false},   // deploy
}};

}  // namespace

Transaction read_transaction_json(const JsonNode& json) {
    Transaction transaction;
    const auto type = json.text("type");
    const auto named = std::find_if(kTransactionTypeNames.begin(), kTransactionTypeNames.end(),
                                    [&](const auto& known) { return known.second == type; });
    if (named == kTransactionTypeNames.end()) {
        json.member("type").fail("unknown transaction type \"" + type + "\"");
        return transaction;
    }
    transaction.type = named->first;
    const auto version = json.hex_u64("version");
    if (version > 3 || !kVersions[static_cast<std::size_t>(transaction.type)][version]) {
        json.member("version").fail(type + " has no version " + std::to_string(version));
        return transaction;
    }
    transaction.version = static_cast<std::uint8_t>(version);
    transaction.hash = json.felt("transaction_hash");

    const auto is = [&](TransactionType kind) { return transaction.type == kind; };
    // The gateway renamed this field for some kinds and versions.
    const auto address = json.has("sender_address") ? "sender_address" : "contract_address";
    transaction.sender_address = json.address(address);
    const bool by_protocol = is(TransactionType::l1_handler) || is(TransactionType::deploy);
    if (!by_protocol)
        transaction.signature = json.felts("signature");
    if (is(TransactionType::invoke) || is(TransactionType::l1_handler))
        transaction.calldata = json.felts("calldata");
    else if (!is(TransactionType::declare))
        transaction.calldata = json.felts("constructor_calldata");
    if (is(TransactionType::l1_handler) || (is(TransactionType::invoke) && version == 0))
        transaction.entry_point_selector = json.felt("entry_point_selector");
    if (!is(TransactionType::invoke) && !is(TransactionType::l1_handler))
        transaction.class_hash = json.felt("class_hash");
    if (is(TransactionType::deploy_account) || is(TransactionType::deploy))
        transaction.contract_address_salt = json.felt("contract_address_salt");
    if (is(TransactionType::declare) && version >= 2)
        transaction.compiled_class_hash = json.felt("compiled_class_hash");
    // Invoke v0 has none, the first l1_handlers and declares neither.
    const bool needs_nonce = !by_protocol && version > 0;
    if (needs_nonce || json.has("nonce"))
        transaction.nonce = json.felt("nonce");
    if (version == 3)
        read_v3_fields(json, kV3Form, transaction);
    else if (!by_protocol)
        transaction.max_fee = json.hex_u128("max_fee");
    return transaction;
}

}  // namespace blockexecd::storage
