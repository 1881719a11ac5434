// SPDX-License-Identifier: Apache-2.0
// The state before a block, as execution reads it. Storage's history view, an in-memory map and the
// multi-version view implement it; each VM worker has its own reader, so implementations need no
// locks.
#pragma once

#include <memory>

#include "executor/types/contract_class.hpp"
#include "executor/types/ids.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

class StateReader {
  public:
    virtual ~StateReader() = default;
    // 0 where nothing was written. Errors are infrastructure faults (a database that cannot be
    // read), never absence.
    virtual vm::Result<Felt> storage_at(const ContractAddress& address, const StorageKey& key) = 0;
    virtual vm::Result<Nonce> nonce_at(const ContractAddress& address) = 0;
    virtual vm::Result<ClassHash> class_hash_at(const ContractAddress& address) = 0;
    // Null for a class that is not declared at this state.
    virtual vm::Result<std::shared_ptr<const CompiledClass>> compiled_class(
        const ClassHash& class_hash) = 0;
    // 0 for a class that is not declared, or Cairo 0.
    virtual vm::Result<CompiledClassHash> compiled_class_hash(const ClassHash& class_hash) = 0;
};

}  // namespace blockexecd::executor
