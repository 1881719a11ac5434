// SPDX-License-Identifier: Apache-2.0
// What is the same for every transaction of a block: made once, read by all VMs.
#pragma once

#include <cstdint>
#include <string>

#include "executor/types/gas.hpp"
#include "executor/types/ids.hpp"

namespace blockexecd::executor {

struct VersionedConstants;

// Contract 0x1 knows the hashes of blocks at least so much older.
inline constexpr BlockNumber kStoredBlockHashBuffer = 10;

struct BlockContext {
    BlockNumber block_number = 0;
    std::uint64_t block_timestamp = 0;
    ContractAddress sequencer_address;
    // Of the low half of its balance in the fee tokens: a Pedersen hash, needed for every fee.
    StorageKey sequencer_balance_key;
    GasPrices eth_prices;   // wei
    GasPrices strk_prices;  // fri
    bool use_kzg_da = false;

    Felt chain_id;  // the short string as a felt
    ContractAddress eth_fee_token_address;
    ContractAddress strk_fee_token_address;
    bool is_l3 = false;

    const VersionedConstants* constants = nullptr;  // never null during execution

    [[nodiscard]] const GasPrices& gas_prices(FeeType type) const {
        return type == FeeType::strk ? strk_prices : eth_prices;
    }
    [[nodiscard]] const ContractAddress& fee_token_address(FeeType type) const {
        return type == FeeType::strk ? strk_fee_token_address : eth_fee_token_address;
    }
};

}  // namespace blockexecd::executor
