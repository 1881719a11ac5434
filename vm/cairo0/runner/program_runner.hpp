// SPDX-License-Identifier: Apache-2.0
// Runs a whole program from its entry point, as the reference's CairoRunner does in execution mode
// and in its two proof modes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "vm/cairo0/program/program.hpp"
#include "vm/cairo0/runner/layout.hpp"
#include "vm/interpreter/virtual_machine.hpp"

namespace blockexecd::vm::cairo0 {

enum class RunMode : std::uint8_t {
    execution,
    // From __start__ to __end__ of a program that was compiled for proofs.
    proof_canonical,
    // A Cairo 1 program behind an entry code that ends in a loop; its return values are not read.
    proof_cairo1,
};

struct RunOptions {
    RunMode mode = RunMode::execution;
    // Builtins of the program that the layout lacks get the pointer 0 and must leave it so.
    bool allow_missing_builtins = false;
    bool secure_run = true;
    // Cells of builtins that can be deduced are written at the end of the run.
    bool fill_holes = false;
    // Proof modes only: the trace keeps its length, and builtin segments end at a power of two of
    // instances.
    bool disable_trace_padding = false;
    bool trace = false;
    // Where the trace goes, step by step; null for the machine's memory. The caller keeps it.
    TraceSink* trace_sink = nullptr;
    // Steps that the run may take; null for no limit. The caller keeps it.
    RunResources* resources = nullptr;
};

// A cell that the verifier sees.
struct PublicCell {
    std::uint64_t offset = 0;
    std::uint64_t page = 0;
    friend bool operator==(const PublicCell&, const PublicCell&) = default;
};

class ProgramRunner {
  public:
    // Segments: program, execution, builtins; not in canonical proof mode: return fp, end; the mod
    // builtins' zeros. `code`: the program's with its hints resolved, where they are not Cairo 0's.
    ProgramRunner(Arena& arena, const Cairo0Program& program, Layout layout, RunOptions options,
                  std::shared_ptr<const Code> code = nullptr);

    // initialize, run_to_end, end, read_return_values, in proof mode finalize_segments, and
    // verify_secure. Errors, as the reference reports them: a VmException for what fails while
    // instructions run, else bare ones.
    Result<void> run();

    // The steps of run(), in this order. Cairo 1 proofs leave read_return_values out.
    // Errors: DisorderedBuiltins, NoBuiltinForInstance, MissingMain, NoProgramStart, NoProgramEnd,
    // DisableTracePaddingWithoutProofMode.
    Result<void> initialize();
    // In proof mode the instruction at the end is executed too.
    Result<void> run_to_end();
    // In proof mode the trace is padded to a power of two that has room for all that was used.
    Result<void> end();
    // Checks the stop pointers that the program left below ap; in proof mode they become public.
    Result<void> read_return_values();
    // Proof modes only: the final sizes of segments and their public cells. Errors:
    // FinalizeSegmentsNoProofMode, FinalizeSegments.
    Result<void> finalize_segments();
    Result<void> verify_secure();

    [[nodiscard]] VirtualMachine& vm() { return vm_; }
    [[nodiscard]] const VirtualMachine& vm() const { return vm_; }
    [[nodiscard]] const Layout& layout() const { return layout_; }
    [[nodiscard]] const Cairo0Program& program() const { return program_; }
    [[nodiscard]] const RunOptions& options() const { return options_; }
    [[nodiscard]] bool is_proof() const { return options_.mode != RunMode::execution; }
    // The values that the program found on its stack: builtin pointers, return fp, end.
    [[nodiscard]] const std::vector<Value>& initial_stack() const { return initial_stack_; }
    // Size of each segment: the final one where there is one, else what was used. Valid after
    // end().
    [[nodiscard]] std::vector<std::uint64_t> segment_sizes() const;
    // A size that holds whatever the run uses: proof mode's, or a Cairo PIE's.
    void set_final_size(std::int32_t segment, std::uint64_t size);
    // By segment, in the order of the public input. Valid after finalize_segments().
    [[nodiscard]] const std::map<std::int32_t, std::vector<PublicCell>>& public_memory() const {
        return public_memory_;
    }
    // Segment of the mod builtins' zeros, if they are there.
    [[nodiscard]] std::optional<std::int32_t> zero_segment() const { return zero_segment_; }
    // Valid after the run.
    [[nodiscard]] Result<ExecutionResources> resources() const;

  private:
    Result<void> add_builtins();
    void add_zero_segment();
    Result<void> initialize_stack(std::vector<Value> stack, std::uint64_t entry_pc,
                                  std::uint64_t initial_fp);
    Result<void> initialize_proof(std::vector<Value> builtin_pointers);
    // The last step went from the present registers to the same, without hints: another one would
    // change nothing.
    [[nodiscard]] bool is_idle() const;
    Result<void> step_for_proof(std::uint64_t steps);
    Result<void> pad();

    const Cairo0Program& program_;
    Layout layout_;
    RunOptions options_;
    VirtualMachine vm_;
    std::vector<Value> initial_stack_;
    Relocatable end_;
    Relocatable initial_fp_;
    std::optional<std::int32_t> zero_segment_;
    std::vector<std::uint64_t> execution_public_memory_;  // offsets
    std::map<std::int32_t, std::uint64_t> final_sizes_;
    std::map<std::int32_t, std::vector<PublicCell>> public_memory_;
};

}  // namespace blockexecd::vm::cairo0
