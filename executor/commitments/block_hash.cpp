// SPDX-License-Identifier: Apache-2.0
#include "executor/commitments/block_hash.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "executor/commitments/patricia.hpp"
#include "executor/commitments/starknet_version.hpp"
#include "vm/crypto/keccak.hpp"
#include "vm/crypto/pedersen.hpp"
#include "vm/crypto/poseidon.hpp"

namespace blockexecd::executor {
namespace {

constexpr StarknetVersion kSignaturesOfAllTransactions{0, 11, 1, 0};
constexpr StarknetVersion kPoseidonCommitments{0, 13, 2, 0};
constexpr StarknetVersion kHashedGasPrices{0, 13, 4, 0};

// Networks older than Starknet 0.7, whose blocks before it were hashed without sequencer, timestamp
// and events. Later blocks without a sequencer in their header were hashed with 0 or with this one
// (as juno and pathfinder verify them).
struct OldNetwork {
    std::string_view chain_id;
    BlockNumber first_07_block;
    std::string_view fallback_sequencer;
};
constexpr std::array kOldNetworks{
    OldNetwork{"SN_MAIN", 833, "0x21f4b90b0377c82bf330b7b5295820769e72d79d8acd0effa0ebde6e9988bc5"},
    OldNetwork{"SN_GOERLI", 47028,
               "0x46a89ae102987331d369645031b49c27738ed096f2789c24449966da4c6de6b"},
};

const OldNetwork* old_network(std::string_view chain_id) {
    const auto* network = std::ranges::find(kOldNetworks, chain_id, &OldNetwork::chain_id);
    return network != kOldNetworks.end() ? network : nullptr;
}

vm::Result<StarknetVersion> parse_version(std::string_view text) {
    const auto version = parse_starknet_version(text);
    if (!version)
        return vm::Error(vm::ErrorKind::host,
                         "\"" + std::string(text) + "\" is not a Starknet version");
    return *version;
}

Felt transaction_leaf(const StarknetVersion& version, const Transaction& transaction) {
    if (version >= kPoseidonCommitments) {
        std::vector<Felt> elements{transaction.hash};
        elements.insert(elements.end(), transaction.signature.begin(), transaction.signature.end());
        if (version < kHashedGasPrices && transaction.signature.empty())
            elements.emplace_back();
        return vm::poseidon_array(elements);
    }
    const bool has_signature =
        version >= kSignaturesOfAllTransactions || transaction.type == TransactionType::invoke;
    return vm::pedersen(
        transaction.hash,
        vm::pedersen_array(has_signature ? std::span<const Felt>(transaction.signature)
                                         : std::span<const Felt>()));
}

Felt event_leaf(const StarknetVersion& version, const TransactionHash& transaction_hash,
                const Event& event) {
    if (version < kPoseidonCommitments) {
        const std::array elements{event.from_address, vm::pedersen_array(event.keys),
                                  vm::pedersen_array(event.data)};
        return vm::pedersen_array(elements);
    }
    std::vector<Felt> elements{event.from_address, transaction_hash, Felt(event.keys.size())};
    elements.insert(elements.end(), event.keys.begin(), event.keys.end());
    elements.emplace_back(event.data.size());
    elements.insert(elements.end(), event.data.begin(), event.data.end());
    return vm::poseidon_array(elements);
}

Felt messages_hash(const std::vector<MessageToL1>& messages) {
    std::vector<Felt> elements{Felt(messages.size())};
    for (const MessageToL1& message : messages) {
        elements.push_back(message.from_address);
        elements.push_back(message.to_address);
        elements.emplace_back(message.payload.size());
        elements.insert(elements.end(), message.payload.begin(), message.payload.end());
    }
    return vm::poseidon_array(elements);
}

// The slot of L2 gas is a literal 0 in every version.
Felt receipt_leaf(const TransactionHash& transaction_hash, const Receipt& receipt,
                  const GasVector& gas) {
    const std::array elements{transaction_hash,
                              receipt.actual_fee,
                              messages_hash(receipt.l2_to_l1_messages),
                              receipt.execution_status == ExecutionStatus::reverted
                                  ? vm::sn_keccak(receipt.revert_error)
                                  : Felt(),
                              Felt(),
                              Felt(gas.l1_gas),
                              Felt(gas.l1_data_gas)};
    return vm::poseidon_array(elements);
}

// u64 transactions, u64 events, u64 state diff length, one bit of data availability mode; 32 bytes
// big endian.
Felt packed_counts(std::uint64_t n_transactions, const BlockCommitments& commitments,
                   DataAvailabilityMode mode) {
    return Felt::from_limbs_mod_p({mode == DataAvailabilityMode::blob ? std::uint64_t{1} << 63 : 0,
                                   commitments.state_diff_length, commitments.n_events,
                                   n_transactions});
}

Felt from_u128(u128 value) {
    return Felt::from_u128(static_cast<std::uint64_t>(value),
                           static_cast<std::uint64_t>(value >> 64));
}

BlockHash poseidon_block_hash(const StarknetVersion& version, const BlockHeader& header,
                              std::uint64_t n_transactions, const BlockCommitments& commitments) {
    const bool hashes_gas_prices = version >= kHashedGasPrices;
    std::vector<Felt> prices{
        from_u128(header.eth_prices.l1_gas), from_u128(header.strk_prices.l1_gas),
        from_u128(header.eth_prices.l1_data_gas), from_u128(header.strk_prices.l1_data_gas)};
    if (hashes_gas_prices) {
        prices.insert(prices.begin(), Felt::from_ascii("STARKNET_GAS_PRICES0"));
        prices.push_back(from_u128(header.eth_prices.l2_gas));
        prices.push_back(from_u128(header.strk_prices.l2_gas));
        prices = {vm::poseidon_array(prices)};
    }
    std::vector<Felt> elements{
        Felt::from_ascii(hashes_gas_prices ? "STARKNET_BLOCK_HASH1" : "STARKNET_BLOCK_HASH0"),
        Felt(header.number),
        header.state_root,
        header.sequencer_address,
        Felt(header.timestamp),
        packed_counts(n_transactions, commitments, header.l1_da_mode),
        commitments.state_diff.value_or(Felt()),
        commitments.transaction,
        commitments.event,
        commitments.receipt.value_or(Felt())};
    elements.insert(elements.end(), prices.begin(), prices.end());
    elements.push_back(Felt::from_ascii(header.starknet_version));
    elements.emplace_back();
    elements.push_back(header.parent_hash);
    return vm::poseidon_array(elements);
}

BlockHash pedersen_block_hash(const BlockHeader& header, std::uint64_t n_transactions,
                              const BlockCommitments& commitments, std::string_view chain_id) {
    const OldNetwork* network = old_network(chain_id);
    const bool is_before_07 = network != nullptr && header.number < network->first_07_block;
    std::vector<Felt> elements{Felt(header.number), header.state_root};
    if (is_before_07)
        elements.insert(elements.end(), {Felt(), Felt()});
    else
        elements.insert(elements.end(), {header.sequencer_address, Felt(header.timestamp)});
    elements.insert(elements.end(), {Felt(n_transactions), commitments.transaction});
    if (is_before_07)
        elements.insert(elements.end(),
                        {Felt(), Felt(), Felt(), Felt(), Felt::from_ascii(chain_id)});
    else
        elements.insert(elements.end(),
                        {Felt(commitments.n_events), commitments.event, Felt(), Felt()});
    elements.push_back(header.parent_hash);
    return vm::pedersen_array(elements);
}

}  // namespace

Felt state_diff_commitment(const StateDiff& diff) {
    std::vector<Felt> elements{Felt::from_ascii("STARKNET_STATE_DIFF0")};
    // A contract may be deployed and then replaced in one block, a class declared and then
    // migrated: the later one counts.
    const auto append_pairs = [&](std::map<Felt, Felt> first, const std::map<Felt, Felt>& second) {
        for (const auto& [key, value] : second)
            first.insert_or_assign(key, value);
        elements.emplace_back(first.size());
        for (const auto& [key, value] : first)
            elements.insert(elements.end(), {key, value});
    };
    append_pairs(diff.deployed_contracts, diff.replaced_classes);
    append_pairs(diff.declared_classes, diff.migrated_compiled_classes);
    elements.emplace_back(diff.deprecated_declared_classes.size());
    elements.insert(elements.end(), diff.deprecated_declared_classes.begin(),
                    diff.deprecated_declared_classes.end());
    elements.insert(elements.end(), {Felt(1), Felt()});

    const std::size_t n_contracts_at = elements.size();
    std::uint64_t n_contracts = 0;
    elements.emplace_back();
    for (auto cell = diff.storage.begin(); cell != diff.storage.end(); ++n_contracts) {
        const ContractAddress address = cell->first.address;
        elements.push_back(address);
        const std::size_t n_cells_at = elements.size();
        std::uint64_t n_cells = 0;
        elements.emplace_back();
        for (; cell != diff.storage.end() && cell->first.address == address; ++cell, ++n_cells)
            elements.insert(elements.end(), {cell->first.key, cell->second});
        elements[n_cells_at] = Felt(n_cells);
    }
    elements[n_contracts_at] = Felt(n_contracts);

    append_pairs(diff.nonces, {});
    return vm::poseidon_array(elements);
}

std::uint64_t state_diff_length(const StateDiff& diff) {
    // Keys of both, counted once, as state_diff_commitment() lists them.
    const auto size = [](const std::map<Felt, Felt>& first, const std::map<Felt, Felt>& second) {
        return first.size() +
               static_cast<std::size_t>(std::ranges::count_if(
                   second, [&](const auto& entry) { return !first.contains(entry.first); }));
    };
    return size(diff.deployed_contracts, diff.replaced_classes) +
           size(diff.declared_classes, diff.migrated_compiled_classes) +
           diff.deprecated_declared_classes.size() + diff.nonces.size() + diff.storage.size();
}

vm::Result<BlockCommitments> block_commitments(std::string_view starknet_version,
                                               std::span<const Transaction> transactions,
                                               std::span<const Receipt> receipts,
                                               const StateDiff& diff, const RunJobs& run_jobs) {
    BX_TRY(const StarknetVersion version, parse_version(starknet_version));
    const bool is_poseidon = version >= kPoseidonCommitments;
    const TreeHash hash =
        is_poseidon ? static_cast<TreeHash>(vm::poseidon) : static_cast<TreeHash>(vm::pedersen);
    for (std::size_t i = 0; is_poseidon && i < transactions.size(); ++i)
        if (!receipts[i].total_gas_consumed)
            return vm::Error(
                vm::ErrorKind::host,
                "the receipt of " + transactions[i].hash.to_hex() + " has no total_gas_consumed");

    BlockCommitments commitments;
    const auto commit_transactions = [&] {
        std::vector<Felt> leaves;
        for (const auto& transaction : transactions)
            leaves.push_back(transaction_leaf(version, transaction));
        commitments.transaction = commitment_tree_root(leaves, hash);
    };
    const auto commit_events = [&] {
        std::vector<Felt> leaves;
        for (std::size_t i = 0; i < transactions.size(); ++i)
            for (const Event& event : receipts[i].events)
                leaves.push_back(event_leaf(version, transactions[i].hash, event));
        commitments.n_events = leaves.size();
        commitments.event = commitment_tree_root(leaves, hash);
    };
    const auto commit_receipts = [&] {
        std::vector<Felt> leaves;
        for (std::size_t i = 0; i < transactions.size(); ++i)
            leaves.push_back(
                receipt_leaf(transactions[i].hash, receipts[i], *receipts[i].total_gas_consumed));
        commitments.receipt = commitment_tree_root(leaves, hash);
    };
    const auto commit_state_diff = [&] { commitments.state_diff = state_diff_commitment(diff); };
    std::vector<std::function<void()>> jobs{commit_transactions, commit_events};
    if (is_poseidon)
        jobs.insert(jobs.end(), {commit_receipts, commit_state_diff});
    run_jobs(jobs.size(), [&](std::size_t index) { jobs[index](); });
    commitments.state_diff_length = state_diff_length(diff);
    return commitments;
}

vm::Result<BlockHash> block_hash(const BlockHeader& header, std::uint64_t n_transactions,
                                 const BlockCommitments& commitments, std::string_view chain_id) {
    BX_TRY(const StarknetVersion version, parse_version(header.starknet_version));
    return version >= kPoseidonCommitments
               ? poseidon_block_hash(version, header, n_transactions, commitments)
               : pedersen_block_hash(header, n_transactions, commitments, chain_id);
}

vm::Result<bool> is_block_hash_valid(const BlockHeader& header, std::uint64_t n_transactions,
                                     const BlockCommitments& commitments,
                                     std::string_view chain_id) {
    BX_TRY(const BlockHash hash, block_hash(header, n_transactions, commitments, chain_id));
    const OldNetwork* network = old_network(chain_id);
    if (hash == header.hash || network == nullptr || !header.sequencer_address.is_zero())
        return hash == header.hash;
    BlockHeader with_sequencer = header;
    with_sequencer.sequencer_address = *Felt::from_hex(network->fallback_sequencer);
    BX_TRY(const BlockHash fallback,
           block_hash(with_sequencer, n_transactions, commitments, chain_id));
    return fallback == header.hash;
}

}  // namespace blockexecd::executor
