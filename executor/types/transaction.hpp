// SPDX-License-Identifier: Apache-2.0
// Transactions as blocks carry them: one struct for all kinds, since kinds share most fields and
// blocks mix them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "executor/types/gas.hpp"
#include "executor/types/ids.hpp"

namespace blockexecd::executor {

enum class TransactionType : std::uint8_t { invoke, declare, deploy_account, l1_handler, deploy };

struct ResourceBounds {
    std::uint64_t max_amount = 0;
    u128 max_price_per_unit = 0;
    friend bool operator==(const ResourceBounds&, const ResourceBounds&) = default;
};

// Without l1_data_gas the bounds are "L1 only" (the v3 form before 0.13.4); with it, "all
// resources".
struct ValidResourceBounds {
    ResourceBounds l1_gas;
    ResourceBounds l2_gas;
    std::optional<ResourceBounds> l1_data_gas;
    friend bool operator==(const ValidResourceBounds&, const ValidResourceBounds&) = default;
};

struct Transaction {
    TransactionType type = TransactionType::invoke;
    std::uint8_t version = 3;
    bool only_query = false;  // version + 2^128: seen by the contract, and hashed
    TransactionHash hash;

    // invoke v0 and l1_handler: the called contract; others: the account (computed for
    // deploy_account).
    ContractAddress sender_address;
    Nonce nonce;
    std::vector<Felt> signature;
    std::vector<Felt>
        calldata;  // invoke, l1_handler; constructor calldata of deploy_account and deploy
    EntryPointSelector entry_point_selector;  // invoke v0, l1_handler
    ClassHash class_hash;                     // declare, deploy_account, deploy
    CompiledClassHash compiled_class_hash;    // declare v2, v3
    Felt contract_address_salt;               // deploy_account, deploy

    u128 max_fee = 0;                     // versions 0 to 2
    ValidResourceBounds resource_bounds;  // version 3
    std::uint64_t tip = 0;
    std::uint8_t nonce_data_availability_mode = 0;  // 0: L1, 1: L2
    std::uint8_t fee_data_availability_mode = 0;
    std::vector<Felt> paymaster_data;
    std::vector<Felt> account_deployment_data;
    std::vector<Felt> proof_facts;

    u128 paid_fee_on_l1 = 1;  // l1_handler; archives do not carry it: it counts as paid

    friend bool operator==(const Transaction&, const Transaction&) = default;

    [[nodiscard]] FeeType fee_type() const {
        return version == 3 && type != TransactionType::l1_handler ? FeeType::strk : FeeType::eth;
    }
};

}  // namespace blockexecd::executor
