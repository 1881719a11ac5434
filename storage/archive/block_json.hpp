// SPDX-License-Identifier: Apache-2.0
// The feeder gateway's JSON forms of a block and of a state update, read into the executor's types.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "executor/types/block.hpp"
#include "storage/archive/json_reader.hpp"

namespace blockexecd::storage {

// The gateway's words, for reading and writing.
inline constexpr std::array kTransactionTypeNames{
    std::pair(executor::TransactionType::invoke, std::string_view("INVOKE_FUNCTION")),
    std::pair(executor::TransactionType::declare, std::string_view("DECLARE")),
    std::pair(executor::TransactionType::deploy_account, std::string_view("DEPLOY_ACCOUNT")),
    std::pair(executor::TransactionType::l1_handler, std::string_view("L1_HANDLER")),
    std::pair(executor::TransactionType::deploy, std::string_view("DEPLOY")),
};
inline constexpr std::array<std::string_view, 2> kExecutionStatusNames{"SUCCEEDED", "REVERTED"};
inline constexpr std::array<std::string_view, 2> kDataAvailabilityModeNames{"CALLDATA", "BLOB"};

// Field by field; also that each receipt is of the transaction at its place. What is wrong is in
// the node's file.
executor::Block read_block_json(const JsonNode& block);
executor::Transaction read_transaction_json(const JsonNode& transaction);
executor::Receipt read_receipt_json(const JsonNode& receipt);
executor::StateUpdate read_state_update_json(const JsonNode& update);

}  // namespace blockexecd::storage
