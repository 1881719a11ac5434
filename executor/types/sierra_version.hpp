// SPDX-License-Identifier: Apache-2.0
// The version of Sierra that a class was compiled to: it decides which resource its calls track.
#pragma once

#include <compare>
#include <cstdint>

namespace blockexecd::executor {

struct SierraVersion {
    std::uint64_t major = 0;
    std::uint64_t minor = 0;
    std::uint64_t patch = 0;
    friend auto operator<=>(const SierraVersion&, const SierraVersion&) = default;
};

}  // namespace blockexecd::executor
