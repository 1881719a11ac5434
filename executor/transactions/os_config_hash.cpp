// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "executor/transactions/proof_facts.hpp"
#include "vm/crypto/blake2s.hpp"
#include "vm/crypto/pedersen.hpp"

namespace blockexecd::executor {

Felt virtual_os_config_hash(const BlockContext& block) {
    constexpr std::array<std::uint32_t, 3> blake_since{0, 14, 3};
    // Constants name a version that is one: parsing them is what made this context.
    const auto version = starknet_version_numbers(block.constants->starknet_version).value();
    const bool blake = std::ranges::lexicographical_compare(blake_since, version) ||
                       std::ranges::equal(blake_since, version);
    const std::array data{Felt::from_ascii(blake ? "StarknetOsConfig4" : "StarknetOsConfig3"),
                          block.chain_id, block.strk_fee_token_address};
    return blake ? vm::blake2s_felts(data) : vm::pedersen_array(data);
}

}  // namespace blockexecd::executor
