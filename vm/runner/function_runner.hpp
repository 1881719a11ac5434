// SPDX-License-Identifier: Apache-2.0
// Runs one entry point of one program on a fresh memory, as the reference's run_from_entrypoint
// does. The executor makes one for each call and nests them; each takes its cells from the worker's
// arena and gives them back when it ends.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "vm/builtin_name.hpp"
#include "vm/error.hpp"
#include "vm/interpreter/virtual_machine.hpp"
#include "vm/memory/memory.hpp"
#include "vm/program/code.hpp"
#include "vm/runner/vm_exception.hpp"

namespace blockexecd::vm {

// What an embedding executor does when a program's hint asks for a system call.
class SyscallHandler {
  public:
    virtual ~SyscallHandler() = default;
    // Cairo 1 SystemCall hint: the handler keeps its own cursor into the syscall segment.
    virtual Result<void> system_call(VirtualMachine& vm) = 0;
    // Cairo 0 syscall_handler.NAME hint, with the value of ids.syscall_ptr. The name is not looked
    // at by the reference: the selector in memory decides.
    virtual Result<void> deprecated_system_call(VirtualMachine& vm,
                                                const Relocatable& syscall_ptr) = 0;
};

class FunctionRunner {
  public:
    // Segments 0 (program; the shared cells of code, not copied) and 1 (execution) exist
    // afterwards.
    FunctionRunner(Arena& arena, std::shared_ptr<const Code> code, SyscallHandler* syscalls);
    ~FunctionRunner();
    FunctionRunner(const FunctionRunner&) = delete;
    FunctionRunner& operator=(const FunctionRunner&) = delete;

    // One segment each in the order given (segment_arena: its infos segment first). Only those
    // named exist.
    Result<void> add_builtins(std::span<const BuiltinName> names);
    // The stack entry that a program gets for its builtin: the base (segment_arena: base + 3).
    [[nodiscard]] Relocatable builtin_initial_stack(BuiltinName name) const;
    [[nodiscard]] std::int32_t builtin_segment(BuiltinName name) const;

    // Appends cells behind the code in segment 0 (the reference's program extra data: a `ret` and
    // the builtin-cost pointer).
    void append_program_data(std::span<const Value> values);

    // Pushes args, the return fp (felt 0) and the end segment (created here); runs to it; ends the
    // run: scopes, builtin deductions, segment sizes. `resources` null: not limited. Errors are
    // VmException with pc and traceback, or bare.
    Result<void> run_from_entrypoint(std::uint64_t entry_pc, std::span<const Value> args,
                                     RunResources* resources);
    // The secure-run checks, without builtin stop pointers. Errors are bare.
    Result<void> verify_secure(std::uint64_t program_segment_size);

    [[nodiscard]] VirtualMachine& vm();
    [[nodiscard]] Memory& memory();
    // The values below ap, oldest first. Errors: FailedToGetReturnValues, UnknownMemoryCell.
    [[nodiscard]] Result<std::vector<Value>> return_values(std::size_t count) const;
    [[nodiscard]] Relocatable ap() const;
    [[nodiscard]] Relocatable initial_fp() const;
    // Steps, holes and builtin instances (segment_arena as instances); valid after the run. Memory
    // holes look at access marks, so mark what the embedding wrote first.
    [[nodiscard]] Result<ExecutionResources> resources() const;
    // Instructions of the Blake2s opcode extension, final or not.
    [[nodiscard]] std::uint64_t blake_opcodes() const;
    // Steps so far, also when the run failed.
    [[nodiscard]] std::uint64_t steps() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace blockexecd::vm
