// SPDX-License-Identifier: Apache-2.0
// Reading a whole file: a program, or the parameters of a layout.
#pragma once

#include <string>

#include "vm/error.hpp"

namespace blockexecd::vm::cairo0 {

// The bytes of a file, pipe or device, up to its end. Error: a `program` error that names the path.
[[nodiscard]] Result<std::string> read_file(const std::string& path);

}  // namespace blockexecd::vm::cairo0
