// SPDX-License-Identifier: Apache-2.0
// Which state cells each transaction of a block read and wrote in an earlier run: the order that
// its next run can expect.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "executor/parallel/scheduler.hpp"
#include "executor/state/state_maps.hpp"
#include "executor/types/block.hpp"

namespace blockexecd::executor {

// Keys of one kind of access. Written keys are those whose value changed.
struct AccessKeys {
    std::vector<StorageCell> storage;
    std::vector<ContractAddress> nonces;
    std::vector<ContractAddress> class_hashes;
    std::vector<ClassHash> compiled_class_hashes;
    std::vector<ClassHash> classes;
    friend bool operator==(const AccessKeys&, const AccessKeys&) = default;
};

struct AccessSet {
    AccessKeys reads;
    AccessKeys writes;
    friend bool operator==(const AccessSet&, const AccessSet&) = default;
};

// One a transaction, in block order.
using BlockAccessSets = std::vector<AccessSet>;

AccessKeys keys_of(const StateMaps& maps);

// For each transaction the last one before it that writes what it reads. Without learned sets: the
// last one of the same sender, whose nonce and balance it needs.
std::vector<std::optional<TransactionIndex>> expected_predecessors(
    const std::vector<Transaction>& transactions, const BlockAccessSets* learned);

}  // namespace blockexecd::executor
