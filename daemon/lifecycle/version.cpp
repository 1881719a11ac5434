// SPDX-License-Identifier: Apache-2.0
#include "daemon/lifecycle/version.hpp"

#include <rocksdb/version.h>

#include "storage/schema/columns.hpp"

#define BX_TEXT_(x) #x
#define BX_TEXT(x) BX_TEXT_(x)

namespace blockexecd::daemon {

std::string_view version() {
    return BLOCKEXECD_VERSION;
}

boost::json::object version_json() {
    return {
        {"version", version()},
        {"commit", BLOCKEXECD_COMMIT},
        {"build", BLOCKEXECD_BUILD},
        {"compiler", __VERSION__},
        {"cell", BLOCKEXECD_CELL},
        {"database_schema", storage::kSchemaVersion},
        {"rocksdb", BX_TEXT(ROCKSDB_MAJOR) "." BX_TEXT(ROCKSDB_MINOR) "." BX_TEXT(ROCKSDB_PATCH)},
        {"reference", "blockifier 0.20.0-rc.1"}};
}

}  // namespace blockexecd::daemon
