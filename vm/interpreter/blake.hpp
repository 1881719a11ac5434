// SPDX-License-Identifier: Apache-2.0
// The Blake2s opcode extension: one compression over cells of memory.
#pragma once

#include "vm/error.hpp"
#include "vm/memory/memory.hpp"

namespace blockexecd::vm {

// [dst]: the byte counter, a u32; [op0]: address of 8 u32, the state; [op1]: address of 16 u32, the
// message; [ap]: address that the new state is written to, as accessed. Reads leave no access
// marks. Errors: the memory's about what it finds.
Result<void> run_blake(Memory& memory, const Relocatable& dst, const Relocatable& op0,
                       const Relocatable& op1, const Relocatable& ap, bool finalize);

}  // namespace blockexecd::vm
