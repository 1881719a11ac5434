// SPDX-License-Identifier: Apache-2.0
// What the stages of one transaction's execution share.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "executor/calls/execution_context.hpp"
#include "executor/calls/transaction_info.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "executor/transactions/execute_transaction.hpp"

namespace blockexecd::executor {

// A rejection, with the reference's text.
inline vm::Error rejection(std::string text) {
    return {vm::ErrorKind::host, std::move(text)};
}

struct TransactionRun {
    const TransactionInput& input;
    TransactionInfo info;
    vm::Arena& arena;
    std::uint64_t& executed_steps;
    std::uint64_t remaining_gas;  // Sierra gas that the stages share
    // Of the low half of the sender's balance in the fee token. A Pedersen hash, and needed thrice;
    // nothing for L1 handlers, which have no sender.
    std::optional<StorageKey> sender_balance_key;

    [[nodiscard]] const Transaction& transaction() const { return input.transaction; }
    [[nodiscard]] const BlockContext& block() const { return input.block; }
    [[nodiscard]] const VersionedConstants& constants() const { return *input.block.constants; }
    [[nodiscard]] const ExecutionFlags& flags() const { return input.flags; }
    [[nodiscard]] const ContractAddress& fee_token_address() const {
        return block().fee_token_address(transaction().fee_type());
    }

    // Steps are limited by what the signer pays for wherever the fee is charged.
    [[nodiscard]] ExecutionContext context(ExecutionMode mode, bool limit_steps_by_resources,
                                           std::uint64_t initial_gas) const {
        return make_execution_context(block(), info, mode, limit_steps_by_resources, initial_gas,
                                      arena);
    }
    [[nodiscard]] std::uint64_t gas_limit(ExecutionMode mode) const {
        const auto& os = constants().os_constants;
        return std::min(remaining_gas, mode == ExecutionMode::validate ? os.validate_max_sierra_gas
                                                                       : os.execute_max_sierra_gas);
    }
};

// The low half is at the account's balance key, the high half at the next.
struct FeeTokenBalance {
    Felt low;
    Felt high;
    [[nodiscard]] bool covers(u128 fee) const {
        return !high.is_zero() || low >= Felt::from_u128(static_cast<std::uint64_t>(fee),
                                                         static_cast<std::uint64_t>(fee >> 64));
    }
};
vm::Result<FeeTokenBalance> fee_token_balance(StateReader& state,
                                              const ContractAddress& fee_token_address,
                                              const StorageKey& balance_key);

}  // namespace blockexecd::executor
