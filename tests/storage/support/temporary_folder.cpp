// SPDX-License-Identifier: Apache-2.0
#include "tests/storage/support/temporary_folder.hpp"

#include <stdlib.h>

#include <stdexcept>
#include <string>

namespace blockexecd::storage::test {

TemporaryFolder::TemporaryFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "blockexecd-test-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("cannot make " + pattern);
    path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace blockexecd::storage::test
