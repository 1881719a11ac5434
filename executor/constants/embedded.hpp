// SPDX-License-Identifier: Apache-2.0
// The data files, as the build put them into the program (embed.cmake).
#pragma once

#include <span>
#include <string_view>

namespace blockexecd::executor {

struct EmbeddedFile {
    std::string_view starknet_version;  // "0.13.1.1"
    std::string_view text;
};

// Oldest version first.
std::span<const EmbeddedFile> embedded_versioned_constants();

}  // namespace blockexecd::executor
