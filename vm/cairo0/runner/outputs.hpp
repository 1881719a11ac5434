// SPDX-License-Identifier: Apache-2.0
// The printed output of a finished run.
#pragma once

#include <string>

#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm::cairo0 {

// One line for each cell of the output segment: a signed number, an address, or <missing>.
[[nodiscard]] std::string output_lines(const VirtualMachine& vm);

}  // namespace blockexecd::vm::cairo0
