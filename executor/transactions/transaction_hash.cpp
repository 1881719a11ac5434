// SPDX-License-Identifier: Apache-2.0
#include "executor/transactions/transaction_hash.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "executor/types/address.hpp"
#include "vm/crypto/pedersen.hpp"
#include "vm/crypto/poseidon.hpp"

namespace blockexecd::executor {
namespace {

// Mainnet blocks after this one carry no deprecated hashes.
constexpr BlockNumber kLastMainnetBlockWithDeprecatedHashes = 1470;

const Felt& prefix(TransactionType type) {
    // By TransactionType.
    static const std::array prefixes{Felt::from_ascii("invoke"), Felt::from_ascii("declare"),
                                     Felt::from_ascii("deploy_account"),
                                     Felt::from_ascii("l1_handler"), Felt::from_ascii("deploy")};
    return prefixes[static_cast<std::size_t>(type)];
}

Felt from_u128(u128 value) {
    return Felt::from_u128(static_cast<std::uint64_t>(value),
                           static_cast<std::uint64_t>(value >> 64));
}

Felt signed_version(const Transaction& transaction) {
    return Felt::from_canonical({transaction.version, 0, transaction.only_query ? 1U : 0U, 0});
}

const Felt& constructor_selector() {
    static const Felt selector = selector_from_name("constructor");
    return selector;
}

// One zero byte, the resource's 7-byte name, the amount as u64, the price as u128.
Felt pack(std::uint64_t name, const ResourceBounds& bounds) {
    return Felt::from_canonical({static_cast<std::uint64_t>(bounds.max_price_per_unit),
                                 static_cast<std::uint64_t>(bounds.max_price_per_unit >> 64),
                                 bounds.max_amount, name});
}

Felt fee_hash(const Transaction& transaction) {
    constexpr std::uint64_t kL1Gas = 0x00'00'4c315f474153;     // "\0L1_GAS"
    constexpr std::uint64_t kL2Gas = 0x00'00'4c325f474153;     // "\0L2_GAS"
    constexpr std::uint64_t kL1DataGas = 0x00'4c315f44415441;  // "L1_DATA"
    const auto& bounds = transaction.resource_bounds;
    std::vector<Felt> elements{Felt(transaction.tip), pack(kL1Gas, bounds.l1_gas),
                               pack(kL2Gas, bounds.l2_gas)};
    if (bounds.l1_data_gas)
        elements.push_back(pack(kL1DataGas, *bounds.l1_data_gas));
    return vm::poseidon_array(elements);
}

TransactionHash hash_v3(const Transaction& transaction, const Felt& chain_id) {
    const Felt data_availability_modes =
        (std::uint64_t{transaction.nonce_data_availability_mode} << 32) |
        transaction.fee_data_availability_mode;
    std::vector<Felt> elements{prefix(transaction.type),
                               signed_version(transaction),
                               transaction.sender_address,
                               fee_hash(transaction),
                               vm::poseidon_array(transaction.paymaster_data),
                               chain_id,
                               transaction.nonce,
                               data_availability_modes};
    if (transaction.type == TransactionType::deploy_account) {
        elements.push_back(vm::poseidon_array(transaction.calldata));
        elements.push_back(transaction.class_hash);
        elements.push_back(transaction.contract_address_salt);
        return vm::poseidon_array(elements);
    }
    elements.push_back(vm::poseidon_array(transaction.account_deployment_data));
    if (transaction.type == TransactionType::declare) {
        elements.push_back(transaction.class_hash);
        elements.push_back(transaction.compiled_class_hash);
    } else {
        elements.push_back(vm::poseidon_array(transaction.calldata));
        if (!transaction.proof_facts.empty())
            elements.push_back(vm::poseidon_array(transaction.proof_facts));
    }
    return vm::poseidon_array(elements);
}

// What versions 0 to 2 hash in the place of calldata.
Felt calldata_hash(const Transaction& transaction) {
    switch (transaction.type) {
        case TransactionType::declare:
            return transaction.version == 0
                       ? vm::pedersen_array({})
                       : vm::pedersen_array(std::span(&transaction.class_hash, 1));
        case TransactionType::deploy_account: {
            std::vector<Felt> elements{transaction.class_hash, transaction.contract_address_salt};
            elements.insert(elements.end(), transaction.calldata.begin(),
                            transaction.calldata.end());
            return vm::pedersen_array(elements);
        }
        default:
            return vm::pedersen_array(transaction.calldata);
    }
}

Felt selector(const Transaction& transaction) {
    switch (transaction.type) {
        case TransactionType::l1_handler:
            return transaction.entry_point_selector;
        case TransactionType::deploy:
            return constructor_selector();
        case TransactionType::invoke:
            return transaction.version == 0 ? transaction.entry_point_selector : Felt();
        default:
            return {};
    }
}

bool has_max_fee(TransactionType type) {
    return type != TransactionType::l1_handler && type != TransactionType::deploy;
}

TransactionHash hash_before_v3(const Transaction& transaction, const Felt& chain_id) {
    std::vector<Felt> elements{
        prefix(transaction.type),
        signed_version(transaction),
        transaction.sender_address,
        selector(transaction),
        calldata_hash(transaction),
        has_max_fee(transaction.type) ? from_u128(transaction.max_fee) : Felt(),
        chain_id};
    const bool is_v0 = transaction.version == 0;
    switch (transaction.type) {
        case TransactionType::invoke:
            if (!is_v0)
                elements.push_back(transaction.nonce);
            break;
        case TransactionType::declare:
            elements.push_back(is_v0 ? transaction.class_hash : transaction.nonce);
            if (transaction.version == 2)
                elements.push_back(transaction.compiled_class_hash);
            break;
        case TransactionType::deploy_account:
        case TransactionType::l1_handler:
            elements.push_back(transaction.nonce);
            break;
        case TransactionType::deploy:
            break;
    }
    return vm::pedersen_array(elements);
}

}  // namespace

TransactionHash transaction_hash(const Transaction& transaction, const Felt& chain_id) {
    const bool is_v3 = transaction.version == 3 &&
                       transaction.type != TransactionType::l1_handler &&
                       transaction.type != TransactionType::deploy;
    return is_v3 ? hash_v3(transaction, chain_id) : hash_before_v3(transaction, chain_id);
}

std::vector<TransactionHash> deprecated_transaction_hashes(const Transaction& transaction,
                                                           const Felt& chain_id) {
    const bool is_invoke_v0 =
        transaction.type == TransactionType::invoke && transaction.version == 0;
    const bool is_l1_handler = transaction.type == TransactionType::l1_handler;
    if (!is_invoke_v0 && !is_l1_handler && transaction.type != TransactionType::deploy)
        return {};
    // Neither version nor fee.
    std::vector<Felt> elements{
        is_l1_handler ? prefix(TransactionType::invoke) : prefix(transaction.type),
        transaction.sender_address, selector(transaction), calldata_hash(transaction), chain_id};
    std::vector<TransactionHash> hashes{vm::pedersen_array(elements)};
    if (is_l1_handler) {
        elements.front() = prefix(TransactionType::l1_handler);
        elements.push_back(transaction.nonce);
        hashes.push_back(vm::pedersen_array(elements));
    }
    return hashes;
}

bool is_transaction_hash_valid(const Transaction& transaction, std::string_view chain_id,
                               BlockNumber block_number) {
    const Felt chain = Felt::from_ascii(chain_id);
    if (transaction_hash(transaction, chain) == transaction.hash)
        return true;
    if (chain_id == "SN_MAIN" && block_number > kLastMainnetBlockWithDeprecatedHashes)
        return false;
    const auto deprecated = deprecated_transaction_hashes(transaction, chain);
    return std::ranges::find(deprecated, transaction.hash) != deprecated.end();
}

}  // namespace blockexecd::executor
