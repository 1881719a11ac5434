// SPDX-License-Identifier: Apache-2.0
// What a finished frame reports: its own resources, those of the operating system for its system
// calls, and those of the calls below it (specification 4.3, 4.5).
#pragma once

#include <cstdint>
#include <vector>

#include "executor/calls/call_info.hpp"
#include "vm/builtin_name.hpp"
#include "vm/error.hpp"
#include "vm/memory/memory.hpp"

namespace blockexecd::executor {

struct VersionedConstants;

// The Starknet OS's work for the system calls of one frame.
vm::ExecutionResources syscall_resources(const SyscallUsages& usages,
                                         const VersionedConstants& constants);

// Fills resources, opcode_blake_count and builtin_counters. own: the VM's, without inner calls. A
// frame that counts gas contributes nothing but its inner calls.
void set_frame_resources(CallInfo& info, vm::ExecutionResources own, std::uint64_t n_blake_opcodes,
                         const VersionedConstants& constants);

// The felts that a program returned. Errors: a size that is no integer, memory that is not there.
vm::Result<std::vector<Felt>> read_retdata(const vm::Memory& memory, const vm::Value& size,
                                           const vm::Value& start);

}  // namespace blockexecd::executor
