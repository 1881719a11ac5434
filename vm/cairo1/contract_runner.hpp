// SPDX-License-Identifier: Apache-2.0
// Runs one entry point of a contract class without a chain, as the reference's own tests of
// contract classes do: builtins' pointers, gas, system pointer and calldata as arguments, a segment
// of zero builtin costs behind the code. System calls fail.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "vm/cairo1/class_file.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::vm::cairo1 {

struct ContractInput {
    std::span<const Felt> calldata;
    std::uint64_t gas = UINT64_MAX;
    bool trace = false;
    // Where the trace goes instead of into memory; the caller keeps it.
    TraceSink* trace_sink = nullptr;
    // Null for no limit on steps.
    RunResources* resources = nullptr;
};

struct ContractResult {
    Felt gas_left;
    bool panicked = false;
    std::vector<Felt> retdata;  // what is returned, or the panic's data
};

class ContractRunner {
  public:
    // Error: a hint whose operands are not of its kind.
    static Result<ContractRunner> make(Arena& arena, const ClassFile& file);

    // Once for each runner. Errors: a VmException for what fails while instructions run; bare ones
    // of the end of the run, of the secure checks and for a result that is not one.
    Result<ContractResult> run(const ClassEntryPoint& entry_point, const ContractInput& input);

    [[nodiscard]] FunctionRunner& function() { return *function_; }

  private:
    explicit ContractRunner(std::unique_ptr<FunctionRunner> function, std::uint64_t length)
        : function_(std::move(function)), length_(length) {}

    std::unique_ptr<FunctionRunner> function_;
    std::uint64_t length_;  // of the bytecode
};

}  // namespace blockexecd::vm::cairo1
