// SPDX-License-Identifier: Apache-2.0
// What a finished run is written out as: flat memory, trace and printed output.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "vm/error.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm::cairo0 {

// First flat address of each segment and, last, the one behind all; the first segment starts at 1.
// Precondition: used sizes are computed.
[[nodiscard]] std::vector<std::uint64_t> relocation_table(const VirtualMachine& vm);

// ap, fp, pc of each step before it, flat, as 64-bit little-endian words. Error: NoRelocationFound.
Result<void> write_trace(const VirtualMachine& vm, const std::vector<std::uint64_t>& table,
                         std::ostream& out);
// Each cell that is not empty: its address in 8 and its value in 32 bytes, little-endian. Errors:
// TemporarySegmentInRelocation, Relocation.
Result<void> write_memory(const VirtualMachine& vm, const std::vector<std::uint64_t>& table,
                          std::ostream& out);
// One line for each cell of the output segment: a signed number, an address, or <missing>.
[[nodiscard]] std::string output_lines(const VirtualMachine& vm);

}  // namespace blockexecd::vm::cairo0
