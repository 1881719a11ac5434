// SPDX-License-Identifier: Apache-2.0
// Export: the archive of a range of stored blocks, such that importing it gives the same content
// again.
#pragma once

#include <cstdint>
#include <filesystem>

#include "storage/database/chain.hpp"
#include "storage/database/database.hpp"

namespace blockexecd::storage {

struct ExportReport {
    BlockRange range;
    std::uint64_t transactions = 0;
    std::uint64_t classes = 0;
};

// Writes a folder, or one compressed file when `target` ends in .tar.zst; `target` must not exist.
// An archive that does not start at the chain's first block can be imported only where the blocks
// before it are stored. Errors: not_found (range not stored), misuse (target exists), io.
Result<ExportReport> export_archive(const Database& database, BlockRange range,
                                    const std::filesystem::path& target);

}  // namespace blockexecd::storage
