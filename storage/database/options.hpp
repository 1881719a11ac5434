// SPDX-License-Identifier: Apache-2.0
// RocksDB's options, and why each is what it is.
#pragma once

#include <rocksdb/cache.h>
#include <rocksdb/options.h>

#include <memory>

#include "storage/database/database.hpp"

namespace blockexecd::storage {

rocksdb::DBOptions database_options(const DatabaseSettings& settings);

// `cache` is shared by all column families.
rocksdb::ColumnFamilyOptions column_options(ColumnKind kind,
                                            const std::shared_ptr<rocksdb::Cache>& cache);

// For iterators that stay below one prefix of a history column.
rocksdb::ReadOptions history_read_options();
// For iterators over everything, in key order, past the cache.
rocksdb::ReadOptions scan_read_options();

}  // namespace blockexecd::storage
