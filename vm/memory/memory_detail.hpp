// SPDX-License-Identifier: Apache-2.0
// What the parts of the memory share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "vm/error.hpp"

namespace blockexecd::vm {

[[nodiscard]] inline Error memory_error(std::string message) {
    return {ErrorKind::memory, std::move(message)};
}
// Where a temporary segment is in the list of them.
[[nodiscard]] inline std::size_t temporary_index(std::int32_t segment) {
    return static_cast<std::size_t>(-(static_cast<std::int64_t>(segment) + 1));
}

}  // namespace blockexecd::vm
