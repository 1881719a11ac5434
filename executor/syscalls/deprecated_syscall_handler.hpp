// SPDX-License-Identifier: Apache-2.0
// System calls of Cairo 0 programs: no gas, and every failure ends the run.
#pragma once

#include <optional>

#include "executor/syscalls/syscall_frame.hpp"
#include "executor/syscalls/syscall_memory.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::executor {

class DeprecatedSyscallHandler final : public vm::SyscallHandler {
  public:
    DeprecatedSyscallHandler(CallInfo& info, CachedState& state, ExecutionContext& context)
        : frame(info, state, context) {}

    // Before the run: where system calls are read from.
    void attach(vm::Memory& memory, const vm::Relocatable& syscall_segment) {
        cursor = {memory, syscall_segment};
    }

    vm::Result<void> system_call(vm::VirtualMachine& vm) override;
    vm::Result<void> deprecated_system_call(vm::VirtualMachine& vm,
                                            const vm::Relocatable& syscall_ptr) override;

    SyscallFrame frame;
    SyscallCursor cursor;
    // Made once a frame, at first use.
    std::optional<vm::Relocatable> transaction_signature;
    std::optional<vm::Relocatable> transaction_info;
};

}  // namespace blockexecd::executor
