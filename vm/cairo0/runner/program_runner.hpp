// SPDX-License-Identifier: Apache-2.0
// Runs a whole Cairo 0 program from its entry point, as the reference's CairoRunner does in
// execution mode.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "vm/cairo0/program/program.hpp"
#include "vm/cairo0/runner/layout.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm::cairo0 {

enum class RunMode : std::uint8_t {
    execution,
};

struct RunOptions {
    RunMode mode = RunMode::execution;
    // Builtins of the program that the layout lacks get the pointer 0 and must leave it so.
    bool allow_missing_builtins = false;
    bool secure_run = true;
    bool trace = false;
    // Steps that the run may take; null for no limit. The caller keeps it.
    RunResources* resources = nullptr;
};

class ProgramRunner {
  public:
    // Segments: program, execution, builtins, return fp, end, the mod builtins' zeros.
    ProgramRunner(Arena& arena, const Cairo0Program& program, Layout layout, RunOptions options);

    // initialize, run_to_end, end, read_return_values, verify_secure. Errors, as the reference
    // reports them: a VmException for what fails while instructions run, else bare ones.
    Result<void> run();

    // The steps of run(), in this order.
    // Errors: DisorderedBuiltins, NoBuiltinForInstance, MissingMain.
    Result<void> initialize();
    Result<void> run_to_end();
    Result<void> end();
    // Checks the stop pointers that the program left below ap.
    Result<void> read_return_values();
    Result<void> verify_secure();

    [[nodiscard]] VirtualMachine& vm() { return vm_; }
    [[nodiscard]] const VirtualMachine& vm() const { return vm_; }
    [[nodiscard]] const Layout& layout() const { return layout_; }
    // The values that the program found on its stack: builtin pointers, return fp, end.
    [[nodiscard]] const std::vector<Value>& initial_stack() const { return initial_stack_; }
    // Valid after the run.
    [[nodiscard]] Result<ExecutionResources> resources() const;

  private:
    Result<void> add_builtins();
    void add_zero_segment();

    const Cairo0Program& program_;
    Layout layout_;
    RunOptions options_;
    VirtualMachine vm_;
    std::vector<Value> initial_stack_;
    Relocatable end_;
    Relocatable initial_fp_;
};

}  // namespace blockexecd::vm::cairo0
