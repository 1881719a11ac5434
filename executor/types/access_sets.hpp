// SPDX-License-Identifier: Apache-2.0
// Which state cells each transaction of a block read and wrote: what the next run of the block can
// expect.
#pragma once

#include <vector>

#include "executor/types/ids.hpp"

namespace blockexecd::executor {

// Keys of one kind of access, ascending. Written keys are those whose value changed.
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

}  // namespace blockexecd::executor
