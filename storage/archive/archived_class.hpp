// SPDX-License-Identifier: Apache-2.0
// A class of an archive: its files, checked against the hash that names them and the compiled class
// hash that the state update declares, and the binary form that storage keeps.
#pragma once

#include <optional>
#include <string_view>

#include "storage/archive/archive_folder.hpp"
#include "storage/database/writes.hpp"

namespace blockexecd::storage {

// `compiled`: what the block that declares the class records, by its version; nothing when no state
// update declares it.
struct DeclaredAs {
    std::optional<executor::CompiledClassHash> compiled;
    std::string_view starknet_version;
    bool check_hashes = true;
};

// Errors: archive_invalid.
Result<ClassRecord> read_archived_class(const ArchiveFolder& archive, const NeededClass& needed,
                                        const DeclaredAs& declared);

// Names of a class's files inside an archive.
std::string class_file(const executor::ClassHash& class_hash, SourcePart part);

}  // namespace blockexecd::storage
