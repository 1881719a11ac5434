// SPDX-License-Identifier: Apache-2.0
// The order that a block's transactions can be expected to need.
#pragma once

#include <optional>
#include <vector>

#include "executor/parallel/scheduler.hpp"
#include "executor/types/access_sets.hpp"
#include "executor/types/transaction.hpp"

namespace blockexecd::executor {

// For each transaction the last one before it that writes what it reads. Without learned sets, or
// with those of another number of transactions: the last one of the same sender, whose nonce and
// balance it needs.
std::vector<std::optional<TransactionIndex>> expected_predecessors(
    const std::vector<Transaction>& transactions, const BlockAccessSets* learned);

}  // namespace blockexecd::executor
