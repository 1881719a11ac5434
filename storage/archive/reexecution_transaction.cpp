// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/reexecution_transaction.hpp"

#include <array>
#include <string_view>

#include "executor/types/address.hpp"
#include "storage/archive/v3_fields.hpp"

namespace blockexecd::storage {

using namespace executor;

namespace {

struct Kind {
    std::string_view name;
    TransactionType type;
};
constexpr std::array kKinds{Kind{"Invoke", TransactionType::invoke},
                            Kind{"Declare", TransactionType::declare},
                            Kind{"DeployAccount", TransactionType::deploy_account},
                            Kind{"L1Handler", TransactionType::l1_handler}};

std::uint8_t data_availability_mode(const JsonNode& json, std::string_view key) {
    const auto text = json.text(key);
    if (text != "L1" && text != "L2")
        json.member(key).fail("expected \"L1\" or \"L2\", found \"" + text + "\"");
    return text == "L2" ? 1 : 0;
}

constexpr V3Form kV3Form{"L1_DATA", data_availability_mode};

void read_fields(const JsonNode& json, Transaction& transaction) {
    const auto is = [&](TransactionType type) { return transaction.type == type; };
    if (is(TransactionType::deploy_account)) {
        transaction.class_hash = json.felt("class_hash");
        transaction.contract_address_salt = json.felt("contract_address_salt");
        transaction.calldata = json.felts("constructor_calldata");
        transaction.sender_address = contract_address(Felt(), transaction.contract_address_salt,
                                                      transaction.class_hash, transaction.calldata);
    } else {
        transaction.sender_address =
            json.address(json.has("sender_address") ? "sender_address" : "contract_address");
    }
    if (is(TransactionType::invoke) || is(TransactionType::l1_handler))
        transaction.calldata = json.felts("calldata");
    if (json.has("entry_point_selector"))
        transaction.entry_point_selector = json.felt("entry_point_selector");
    if (is(TransactionType::declare)) {
        transaction.class_hash = json.felt("class_hash");
        if (transaction.version >= 2)
            transaction.compiled_class_hash = json.felt("compiled_class_hash");
    }
    if (json.has("nonce"))
        transaction.nonce = json.felt("nonce");
    if (is(TransactionType::l1_handler))
        return;
    transaction.signature = json.felts("signature");
    if (transaction.version == 3)
        read_v3_fields(json, kV3Form, transaction);
    else
        transaction.max_fee = json.hex_u128("max_fee");
}

}  // namespace

Transaction read_reexecution_transaction(const JsonNode& json) {
    Transaction transaction;
    for (const auto& kind : kKinds) {
        if (!json.has(kind.name))
            continue;
        transaction.type = kind.type;
        const auto body = json.member(kind.name);
        if (kind.type == TransactionType::l1_handler) {
            transaction.version = 0;
            read_fields(body, transaction);
            return transaction;
        }
        for (std::uint8_t version = 0; version <= 3; ++version) {
            const std::string key = "V" + std::to_string(version);
            if (!body.has(key))
                continue;
            transaction.version = version;
            read_fields(body.member(key), transaction);
            return transaction;
        }
        body.fail("expected one of V0, V1, V2 and V3");
        return transaction;
    }
    json.fail("expected one of Invoke, Declare, DeployAccount and L1Handler");
    return transaction;
}

}  // namespace blockexecd::storage
