// SPDX-License-Identifier: Apache-2.0
// A database in a temporary folder (TMPDIR), removed at the end.
#pragma once

#include <filesystem>
#include <memory>

#include "storage/database/database.hpp"

namespace blockexecd::daemon {

class TemporaryDatabase {
  public:
    // Throws std::runtime_error when the folder cannot be made.
    TemporaryDatabase();
    ~TemporaryDatabase();
    TemporaryDatabase(const TemporaryDatabase&) = delete;
    TemporaryDatabase& operator=(const TemporaryDatabase&) = delete;

    storage::Result<void> open(storage::DatabaseSettings settings);
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    // Precondition: open.
    [[nodiscard]] const std::shared_ptr<storage::Database>& database() const { return database_; }

  private:
    std::filesystem::path folder_;
    std::shared_ptr<storage::Database> database_;
};

}  // namespace blockexecd::daemon
