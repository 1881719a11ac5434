// SPDX-License-Identifier: Apache-2.0
#include "executor/blocks/block_setup.hpp"

#include "executor/constants/versioned_constants.hpp"
#include "executor/types/address.hpp"

namespace blockexecd::executor {

vm::Result<BlockContext> make_block_context(const ChainInfo& chain, const BlockHeader& header) {
    BX_TRY(const VersionedConstants* constants, versioned_constants_for(header.starknet_version));
    return BlockContext{.block_number = header.number,
                        .block_timestamp = header.timestamp,
                        .sequencer_address = header.sequencer_address,
                        .sequencer_balance_key = fee_token_balance_key(header.sequencer_address),
                        .eth_prices = header.eth_prices,
                        .strk_prices = header.strk_prices,
                        .use_kzg_da = header.l1_da_mode == DataAvailabilityMode::blob,
                        .chain_id = Felt::from_ascii(chain.chain_id),
                        .eth_fee_token_address = chain.eth_fee_token_address,
                        .strk_fee_token_address = chain.strk_fee_token_address,
                        .is_l3 = false,
                        .constants = constants};
}

}  // namespace blockexecd::executor
