// SPDX-License-Identifier: Apache-2.0
#include "storage/archive/v3_fields.hpp"

namespace blockexecd::storage {

using namespace executor;

namespace {

ResourceBounds read_bounds(const JsonNode& bounds, std::string_view key) {
    const auto one = bounds.member(key);
    return {one.hex_u64("max_amount"), one.hex_u128("max_price_per_unit")};
}

}  // namespace

void read_v3_fields(const JsonNode& json, const V3Form& form, Transaction& transaction) {
    const auto bounds = json.member("resource_bounds");
    transaction.resource_bounds.l1_gas = read_bounds(bounds, "L1_GAS");
    transaction.resource_bounds.l2_gas = read_bounds(bounds, "L2_GAS");
    if (bounds.has(form.l1_data_gas))
        transaction.resource_bounds.l1_data_gas = read_bounds(bounds, form.l1_data_gas);
    transaction.tip = json.hex_u64("tip");
    transaction.nonce_data_availability_mode =
        form.data_availability_mode(json, "nonce_data_availability_mode");
    transaction.fee_data_availability_mode =
        form.data_availability_mode(json, "fee_data_availability_mode");
    transaction.paymaster_data = json.felts("paymaster_data");
    if (transaction.type != TransactionType::deploy_account)
        transaction.account_deployment_data = json.felts("account_deployment_data");
    if (json.has("proof_facts"))
        transaction.proof_facts = json.felts("proof_facts");
}

}  // namespace blockexecd::storage
