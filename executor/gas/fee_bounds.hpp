// SPDX-License-Identifier: Apache-2.0
// What a transaction's signer agreed to pay (specification 1.2, 1.4).
#pragma once

#include "executor/constants/versioned_constants.hpp"
#include "executor/types/transaction.hpp"

namespace blockexecd::executor {

// The transaction's tip where the version has tips, else 0; old transactions have none.
std::uint64_t effective_tip(const VersionedConstants& constants, const Transaction& transaction);

// max_fee, or what the resource bounds allow with this tip on L2 gas. Saturates at 2^128 - 1.
u128 max_possible_fee(const Transaction& transaction, std::uint64_t tip);

// Whether the signer offers any fee, whatever the version says of tips: then it is checked and
// charged.
bool enforces_fee(const Transaction& transaction);

// Felts charged as calldata: calldata (constructor's for deploy_account, none for declare; an L1
// handler's payload, which is without the L1 sender) and proof facts.
std::uint64_t extended_calldata_length(const Transaction& transaction);

}  // namespace blockexecd::executor
