// SPDX-License-Identifier: Apache-2.0
// The printed output of a finished run, and a trace that was kept in memory.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "vm/cairo0/runner/byte_sink.hpp"
#include "vm/error.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm::cairo0 {

// The bytes of a trace file (see TraceFile). Error: NoRelocationFound.
Result<void> write_trace(const Trace& trace, std::span<const std::uint64_t> relocation_table,
                         ByteSink& out);
// One line for each cell of the output segment: a signed number, an address, or <missing>.
[[nodiscard]] std::string output_lines(const VirtualMachine& vm);

}  // namespace blockexecd::vm::cairo0
