// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/temporary_database.hpp"

#include <cstdlib>
#include <stdexcept>
#include <system_error>

namespace blockexecd::daemon {

TemporaryDatabase::TemporaryDatabase() {
    std::error_code unusable;
    std::string name =
        (std::filesystem::temp_directory_path(unusable) / "blockexecd-XXXXXX").string();
    if (unusable || mkdtemp(name.data()) == nullptr)
        throw std::runtime_error(
            "no folder can be made for a temporary database; set TMPDIR to one that can be "
            "written");
    folder_ = name;
}

TemporaryDatabase::~TemporaryDatabase() {
    database_.reset();
    std::error_code left_behind;  // the system's cleaner of temporary files takes it
    std::filesystem::remove_all(folder_, left_behind);
}

storage::Result<void> TemporaryDatabase::open(storage::DatabaseSettings settings) {
    settings.path = folder_ / "db";
    settings.access = storage::Access::create;
    auto database = storage::Database::open(settings);
    if (database.has_error())
        return database.error();
    database_ = *std::move(database);
    return {};
}

}  // namespace blockexecd::daemon
