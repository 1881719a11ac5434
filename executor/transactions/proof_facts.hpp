// SPDX-License-Identifier: Apache-2.0
// Proofs that a client computed: what they say must hold at this block (specification 1.7).
#pragma once

#include "executor/transactions/transaction_run.hpp"

namespace blockexecd::executor {

// Nothing to do without proof facts. Errors are rejections: "Invalid proof facts: …".
vm::Result<void> validate_proof_facts(const TransactionRun& run, CachedState& state);

// The hash of the configuration that a virtual OS ran with: Pedersen before 0.14.3, BLAKE2s from
// then on.
Felt virtual_os_config_hash(const BlockContext& block);

}  // namespace blockexecd::executor
