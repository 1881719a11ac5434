// SPDX-License-Identifier: Apache-2.0
// A block as storage holds it: header, transactions, and what the chain recorded about their
// execution.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "executor/types/gas.hpp"
#include "executor/types/receipt.hpp"
#include "executor/types/state_diff.hpp"
#include "executor/types/transaction.hpp"

namespace blockexecd::executor {

enum class DataAvailabilityMode : std::uint8_t { calldata, blob };

// Commitments are nothing where the chain's version has none.
struct BlockHeader {
    BlockNumber number = 0;
    BlockHash hash;
    BlockHash parent_hash;
    Felt state_root;
    std::uint64_t timestamp = 0;
    ContractAddress sequencer_address;
    std::string starknet_version;
    DataAvailabilityMode l1_da_mode = DataAvailabilityMode::calldata;
    GasPrices eth_prices;   // wei
    GasPrices strk_prices;  // fri
    std::optional<Felt> transaction_commitment;
    std::optional<Felt> event_commitment;
    std::optional<Felt> receipt_commitment;
    std::optional<Felt> state_diff_commitment;
    std::optional<std::uint64_t> state_diff_length;
    std::optional<std::uint64_t> l2_gas_consumed;
    friend bool operator==(const BlockHeader&, const BlockHeader&) = default;
};

struct Block {
    BlockHeader header;
    std::vector<Transaction> transactions;
    std::vector<Receipt> receipts;  // as recorded, one a transaction
    friend bool operator==(const Block&, const Block&) = default;
};

// As recorded by the chain.
struct StateUpdate {
    BlockHash block_hash;
    Felt old_root;
    Felt new_root;
    // The global root's two parts; nothing where the source does not tell them.
    std::optional<Felt> contracts_root;
    std::optional<Felt> classes_root;
    StateDiff diff;
    friend bool operator==(const StateUpdate&, const StateUpdate&) = default;
};

// What is the same for all blocks of a chain.
struct ChainInfo {
    std::string chain_id;  // "SN_MAIN"
    ContractAddress eth_fee_token_address;
    ContractAddress strk_fee_token_address;
    // Block hashes are made up (the version is older than the reference's formula): they are not
    // checked.
    bool synthetic_block_hashes = false;
    friend bool operator==(const ChainInfo&, const ChainInfo&) = default;
};

}  // namespace blockexecd::executor
