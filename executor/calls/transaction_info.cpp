// SPDX-License-Identifier: Apache-2.0
// Makes a contract's view of a transaction.
#include "executor/calls/transaction_info.hpp"

namespace blockexecd::executor {

TransactionInfo transaction_info(const Transaction& transaction) {
    TransactionInfo info;
    info.transaction_hash = transaction.hash;
    info.sender_address = transaction.sender_address;
    info.nonce = transaction.nonce;
    if (transaction.type == TransactionType::l1_handler)
        return info;
    info.version = transaction.version;
    info.only_query = transaction.only_query;
    info.signature = transaction.signature;
    if (transaction.version < 3) {
        info.max_fee = transaction.max_fee;
        return info;
    }
    info.has_resource_bounds = true;
    info.resource_bounds = transaction.resource_bounds;
    info.tip = transaction.tip;
    info.nonce_data_availability_mode = transaction.nonce_data_availability_mode;
    info.fee_data_availability_mode = transaction.fee_data_availability_mode;
    info.paymaster_data = transaction.paymaster_data;
    info.account_deployment_data = transaction.account_deployment_data;
    info.proof_facts = transaction.proof_facts;
    return info;
}

Felt signed_version(std::uint8_t version, bool only_query) {
    return Felt::from_canonical({version, 0, only_query, 0});
}

}  // namespace blockexecd::executor
