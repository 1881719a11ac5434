// SPDX-License-Identifier: Apache-2.0
// Class files as the shared reference data has them: HASH.sierra.json with HASH.casm.json,
// HASH.json.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "executor/classes/class_definition.hpp"

namespace blockexecd::executor {

struct ClassFiles {
    std::string name;              // the file's name up to the first dot: the class hash
    std::filesystem::path sierra;  // empty for Cairo 0
    std::filesystem::path casm;    // empty if absent
    std::filesystem::path cairo0;  // empty for Cairo 1
    [[nodiscard]] ClassHash class_hash() const;
    // Throws std::runtime_error with the error's text.
    [[nodiscard]] ClassDefinition parse() const;
};

// The classes of a chain's classes/ folder.
std::vector<ClassFiles> class_files(const std::filesystem::path& folder);

}  // namespace blockexecd::executor
