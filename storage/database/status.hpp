// SPDX-License-Identifier: Apache-2.0
// RocksDB's status as our error.
#pragma once

#include <rocksdb/status.h>

#include "storage/schema/error.hpp"

namespace blockexecd::storage {

inline Result<void> to_result(const rocksdb::Status& status) {
    if (status.ok())
        return {};
    return Error{status.IsCorruption() ? ErrorCode::corrupt : ErrorCode::io,
                 "RocksDB: " + status.ToString()};
}

}  // namespace blockexecd::storage
