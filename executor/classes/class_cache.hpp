// SPDX-License-Identifier: Apache-2.0
// The classes of the process: each is loaded once, whoever asks first, and shared read-only by all
// VMs. The least recently used go when their bytes exceed the capacity; a VM that still runs one
// keeps it alive.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "executor/types/contract_class.hpp"
#include "vm/error.hpp"

namespace blockexecd::executor {

struct ClassCacheStatistics {
    std::uint64_t hits = 0;    // found, or waited for another thread's load
    std::uint64_t misses = 0;  // loaded
    std::uint64_t evictions = 0;
    std::uint64_t classes = 0;  // held now
    std::uint64_t bytes = 0;    // held now
};

// Safe for use by many threads.
class ClassCache {
  public:
    // Null for a class that does not exist; neither that nor an error is kept.
    using Load = std::function<vm::Result<std::shared_ptr<const CompiledClass>>(const ClassHash&)>;

    explicit ClassCache(std::size_t capacity_bytes);
    ~ClassCache();
    ClassCache(const ClassCache&) = delete;
    ClassCache& operator=(const ClassCache&) = delete;

    // Calls `load` without holding a lock; threads that ask for the same class meanwhile wait for
    // its result.
    vm::Result<std::shared_ptr<const CompiledClass>> get(const ClassHash& class_hash,
                                                         const Load& load);

    void set_capacity(std::size_t capacity_bytes);
    [[nodiscard]] ClassCacheStatistics statistics() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace blockexecd::executor
