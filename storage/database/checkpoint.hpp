// SPDX-License-Identifier: Apache-2.0
// A copy of an open database that costs next to nothing: table files are hard links.
#pragma once

#include <filesystem>

#include "storage/database/database.hpp"

namespace blockexecd::storage {

// Writes the state at the time of the call into a folder that must not exist, on the same file
// system. The copy is a database of its own. Errors: io.
Result<void> make_checkpoint(const Database& database, const std::filesystem::path& folder);

}  // namespace blockexecd::storage
