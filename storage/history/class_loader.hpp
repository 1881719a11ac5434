// SPDX-License-Identifier: Apache-2.0
// Stored classes, ready to run, through the process's class cache.
#pragma once

#include <functional>
#include <memory>

#include "executor/classes/class_cache.hpp"
#include "executor/types/contract_class.hpp"
#include "storage/database/database.hpp"

namespace blockexecd::storage {

// Gives a stored class, whatever block declared it; null when it is not stored.
using ClassLoader = std::function<vm::Result<std::shared_ptr<const executor::CompiledClass>>(
    const executor::ClassHash&)>;

// Keeps the database and the cache alive. Safe for use by many threads.
ClassLoader make_class_loader(std::shared_ptr<const Database> database,
                              std::shared_ptr<executor::ClassCache> cache);

}  // namespace blockexecd::storage
