// SPDX-License-Identifier: Apache-2.0
// Transaction hashes of every kind and version, and the older forms that early blocks used
// (starknet_api transaction_hash.rs).
#pragma once

#include <string_view>
#include <vector>

#include "executor/types/ids.hpp"
#include "executor/types/transaction.hpp"

namespace blockexecd::executor {

// `chain_id` is the felt of the chain's name. The address of a deploy_account or deploy is taken
// from sender_address. Precondition: the version exists for the type (version 3 is hashed as
// version 3, anything else in the old way).
TransactionHash transaction_hash(const Transaction& transaction, const Felt& chain_id);

// Hashes that blocks off mainnet, and mainnet's up to 1470, may carry instead.
std::vector<TransactionHash> deprecated_transaction_hashes(const Transaction& transaction,
                                                           const Felt& chain_id);

// transaction.hash is the transaction's hash, or one of the deprecated ones where the block may
// carry them.
bool is_transaction_hash_valid(const Transaction& transaction, std::string_view chain_id,
                               BlockNumber block_number);

}  // namespace blockexecd::executor
