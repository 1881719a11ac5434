// SPDX-License-Identifier: Apache-2.0
#include "storage/database/checkpoint.hpp"

#include <rocksdb/utilities/checkpoint.h>

#include <memory>

namespace blockexecd::storage {

Result<void> make_checkpoint(const Database& database, const std::filesystem::path& folder) {
    rocksdb::Checkpoint* made = nullptr;
    auto status = rocksdb::Checkpoint::Create(&database.rocks(), &made);
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
    if (status.ok())
        status = checkpoint->CreateCheckpoint(folder.string());
    if (!status.ok())
        return Error{ErrorCode::io, "database \"" + database.settings().path.string() +
                                        "\" cannot be copied to \"" + folder.string() +
                                        "\": " + status.ToString()};
    return {};
}

}  // namespace blockexecd::storage
