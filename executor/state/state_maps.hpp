// SPDX-License-Identifier: Apache-2.0
// Values of state cells by kind: what was read, what was written, or what differs.
#pragma once

#include "executor/types/flat_map.hpp"
#include "executor/types/ids.hpp"

namespace blockexecd::executor {

struct StateMaps {
    FlatMap<ContractAddress, Nonce> nonces;
    FlatMap<ContractAddress, ClassHash> class_hashes;
    FlatMap<StorageCell, Felt> storage;
    FlatMap<ClassHash, CompiledClassHash> compiled_class_hashes;
    FlatMap<ClassHash, bool> declared_contracts;
    friend bool operator==(const StateMaps&, const StateMaps&) = default;
};

// A diff, and the storage cells in it that were zero before.
struct StateChanges {
    StateMaps maps;
    FlatSet<StorageCell> allocated_keys;
};

}  // namespace blockexecd::executor
