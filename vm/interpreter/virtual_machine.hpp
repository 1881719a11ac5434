// SPDX-License-Identifier: Apache-2.0
// One run's machine as hints and system calls see it: registers, memory, builtins and what hints
// keep between them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "vm/builtins/builtins.hpp"
#include "vm/error.hpp"
#include "vm/interpreter/trace.hpp"
#include "vm/memory/memory.hpp"
#include "vm/program/code.hpp"

namespace blockexecd::vm {

class SyscallHandler;

// Steps that are left; shared by nested runs. A run without one is not limited.
struct RunResources {
    std::uint64_t n_steps = 0;
};

// What the hints of one run keep between them: dictionaries and squash data, or Cairo 0's execution
// scopes. Each hint library derives its own and makes it on first use.
class HintState {
  public:
    virtual ~HintState() = default;
    // Every scope that was entered was left: the end of a run demands it.
    [[nodiscard]] virtual bool scopes_closed() const { return true; }
};

// Beside an ErrorKind::hint error: which hint of its pc failed.
struct HintErrorDetail : ErrorDetail {
    std::size_t index = 0;
};

class VirtualMachine {
  public:
    VirtualMachine(Arena& arena, std::shared_ptr<const Code> code);
    ~VirtualMachine();
    VirtualMachine(const VirtualMachine&) = delete;
    VirtualMachine& operator=(const VirtualMachine&) = delete;

    // Registers. ap and fp are offsets in segment 1.
    [[nodiscard]] Relocatable pc() const { return pc_; }
    [[nodiscard]] Relocatable ap() const { return {1, ap_}; }
    [[nodiscard]] Relocatable fp() const { return {1, fp_}; }
    void set_registers(const Relocatable& pc, std::uint64_t ap, std::uint64_t fp) {
        pc_ = pc;
        ap_ = ap;
        fp_ = fp;
    }

    [[nodiscard]] Memory& memory() { return memory_; }
    [[nodiscard]] const Memory& memory() const { return memory_; }
    [[nodiscard]] Builtins& builtins() { return builtins_; }
    [[nodiscard]] const Builtins& builtins() const { return builtins_; }
    [[nodiscard]] const Code& code() const { return *code_; }

    [[nodiscard]] SyscallHandler* syscalls() const { return syscalls_; }
    void set_syscalls(SyscallHandler* handler) { syscalls_ = handler; }

    // The run's state of the hint library whose state T is, made on first use. One library serves
    // one run.
    template <class T>
    [[nodiscard]] T& hint_state() {
        if (!hint_state_)
            hint_state_ = std::make_unique<T>();
        return static_cast<T&>(*hint_state_);
    }
    [[nodiscard]] const HintState* hint_state_or_null() const { return hint_state_.get(); }

    // Steps executed so far.
    [[nodiscard]] std::uint64_t steps() const { return steps_; }
    // Instructions of the Blake2s opcode extension executed so far: not final, final.
    [[nodiscard]] std::uint64_t blake_count() const { return blake_count_; }
    [[nodiscard]] std::uint64_t blake_finalize_count() const { return blake_finalize_count_; }

    // A hint asks that the instruction behind it is passed over: no step is counted.
    void skip_next_instruction() { skip_next_ = true; }

    // Tracing: every step's registers before the step. Off unless asked for before the run.
    void enable_trace();
    // The trace goes to the sink (null: nowhere), not into memory.
    void stream_trace(TraceSink* sink);
    [[nodiscard]] bool trace_enabled() const { return trace_.enabled(); }
    [[nodiscard]] const Trace& trace() const { return trace_; }
    [[nodiscard]] Trace& trace() { return trace_; }

    // Counts and traces n further steps that change nothing. Precondition: the last step left all
    // registers as they were, and its pc has no hints.
    void repeat_last_step(std::uint64_t n);

    // Steps until pc equals `end`. `resources` null: not limited. Error: whatever a step reports,
    // bare; UnfinishedExecution when the steps ran out. Registers stand at the failing instruction
    // then.
    Result<void> run_until(const Relocatable& end, RunResources* resources);
    // One step with its hints.
    Result<void> step();
    // One step with these hints instead of the pc's own.
    Result<void> step_with_hints(std::span<const Hint> hints);
    // The instruction at pc without its hints.
    Result<void> step_instruction();

    // (fp, pc) of each caller, the innermost 20 at most, outermost first.
    [[nodiscard]] std::vector<std::pair<Relocatable, Relocatable>> traceback() const;

  private:
    friend struct FastLoop;
    // In line: the fast loop has a hint every few steps.
    [[gnu::always_inline]] Result<void> run_hints(std::span<const Hint> hints) {
        for (const Hint& hint : hints)
            if (auto result = hint.function(*this, hint.operands); result.has_error()) [[unlikely]]
                return hint_failed(result.error(), static_cast<std::size_t>(&hint - hints.data()));
        return {};
    }
    // What the failure of a pc's hint with that index makes of its run.
    [[gnu::cold]] static Error hint_failed(const Error& cause, std::size_t index);
    // True when the instruction was an assertion that could be made without execute(). Errors are
    // those of execute().
    Result<bool> try_assertion();
    Result<void> execute(const struct Instruction& instruction);

    std::shared_ptr<const Code> code_;
    Memory memory_;
    Builtins builtins_;
    Relocatable pc_;
    std::uint64_t ap_ = 0;
    std::uint64_t fp_ = 0;
    std::uint64_t steps_ = 0;
    std::uint64_t blake_count_ = 0;
    std::uint64_t blake_finalize_count_ = 0;
    SyscallHandler* syscalls_ = nullptr;
    std::unique_ptr<HintState> hint_state_;
    bool skip_next_ = false;
    Trace trace_;
};

}  // namespace blockexecd::vm
