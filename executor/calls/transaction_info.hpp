// SPDX-License-Identifier: Apache-2.0
// The transaction as contracts see it. Views into the transaction, not copies: one is made per
// transaction (and one per meta transaction), and the transaction outlives it.
#pragma once

#include <cstdint>
#include <span>

#include "executor/types/ids.hpp"
#include "executor/types/transaction.hpp"

namespace blockexecd::executor {

struct TransactionInfo {
    TransactionHash transaction_hash;
    std::uint8_t version = 0;
    bool only_query = false;
    ContractAddress sender_address;
    std::span<const Felt> signature;
    Nonce nonce;
    u128 max_fee = 0;  // 0 for version 3

    // Whether the fields below count ("current" in the reference: version 3 with bounds); else they
    // read as zeros.
    bool has_resource_bounds = false;
    ValidResourceBounds resource_bounds;
    std::uint64_t tip = 0;
    std::uint8_t nonce_data_availability_mode = 0;
    std::uint8_t fee_data_availability_mode = 0;
    std::span<const Felt> paymaster_data;
    std::span<const Felt> account_deployment_data;
    std::span<const Felt> proof_facts;

    [[nodiscard]] FeeType fee_type() const {
        return has_resource_bounds ? FeeType::strk : FeeType::eth;
    }
};

// L1 handlers: version 0, no signature, no fee, sender = the called contract (specification 3.9).
TransactionInfo transaction_info(const Transaction& transaction);
// version, plus 2^128 for a query.
Felt signed_version(std::uint8_t version, bool only_query);

}  // namespace blockexecd::executor
