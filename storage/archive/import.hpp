// SPDX-License-Identifier: Apache-2.0
// Import of an archive: everything is validated before anything is written, and all of it is one
// write. A damaged or inconsistent archive is refused with the file, the JSON path and the reason,
// and the database stays as it was.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "storage/database/chain.hpp"
#include "storage/database/database.hpp"

namespace blockexecd::storage {

struct ImportSettings {
    // Transaction, class and block hashes and commitments are recomputed. Without it only form and
    // links are checked: for tests that need recorded values which the block's hash does not cover.
    bool check_hashes = true;
    // Called after each validated block: blocks so far, blocks in the archive. May be empty.
    std::function<void(std::uint64_t, std::uint64_t)> progress = {};
};

struct ImportReport {
    BlockRange archive;                 // what the archive holds
    std::uint64_t imported_blocks = 0;  // new in the database
    std::uint64_t known_blocks = 0;     // were stored already, and equal
    std::uint64_t transactions = 0;     // of the imported blocks
    std::uint64_t imported_classes = 0;
};

// `archive`: a folder (chain.json, blocks/, state_updates/, classes/) or a tar file of one (.tar,
// .tar.zst, .tar.gz, .tar.xz). Errors: archive_invalid (damaged), archive_conflict (another chain,
// a gap, a block that differs from the stored one), io.
Result<ImportReport> import_archive(Database& database, const std::filesystem::path& archive,
                                    const ImportSettings& settings = {});

}  // namespace blockexecd::storage
