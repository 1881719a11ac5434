// SPDX-License-Identifier: Apache-2.0
// What a block changes, in the shape of the gateway's get_state_update. Ordered maps: every output
// of a diff is sorted.
#pragma once

#include <map>
#include <set>

#include "executor/types/ids.hpp"

namespace blockexecd::executor {

struct StateDiff {
    std::map<StorageCell, Felt> storage;
    std::map<ContractAddress, Nonce> nonces;
    std::map<ContractAddress, ClassHash> deployed_contracts;  // class 0 before
    std::map<ContractAddress, ClassHash> replaced_classes;
    std::map<ClassHash, CompiledClassHash> declared_classes;  // Sierra
    std::map<ClassHash, CompiledClassHash>
        migrated_compiled_classes;                    // declared before; new compiled class hash
    std::set<ClassHash> deprecated_declared_classes;  // Cairo 0

    friend bool operator==(const StateDiff&, const StateDiff&) = default;
};

}  // namespace blockexecd::executor
