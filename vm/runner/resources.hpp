// SPDX-License-Identifier: Apache-2.0
// What a finished run used.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "vm/builtin_name.hpp"
#include "vm/error.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm {

// Of each segment, once they were computed.
[[nodiscard]] std::vector<std::uint64_t> used_sizes(const VirtualMachine& vm);

// Cells of the used sizes that were never accessed, in all segments but those of builtins other
// than output; segments without any accessed cell do not count. Precondition: used sizes were
// computed. Error: SegmentHasMoreAccessedAddressesThanSize.
Result<std::uint64_t> count_memory_holes(const VirtualMachine& vm);
// The same with other sizes of the segments.
Result<std::uint64_t> count_memory_holes(const VirtualMachine& vm,
                                         std::span<const std::uint64_t> segment_sizes);
// Steps, holes and instances of every builtin that is not simulated.
Result<ExecutionResources> execution_resources(const VirtualMachine& vm);
Result<ExecutionResources> execution_resources(const VirtualMachine& vm,
                                               std::span<const std::uint64_t> segment_sizes);

}  // namespace blockexecd::vm
