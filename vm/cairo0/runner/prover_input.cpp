// SPDX-License-Identifier: Apache-2.0
// Copies: the prover outlives the run.
#include "vm/cairo0/runner/prover_input.hpp"

namespace blockexecd::vm::cairo0 {

ProverInput prover_input(const ProgramRunner& runner) {
    const VirtualMachine& vm = runner.vm();
    ProverInput input;
    input.relocatable_trace = vm.trace().entries();
    const auto segments = static_cast<std::int32_t>(vm.memory().segment_count());
    for (std::int32_t segment = 0; segment < segments; ++segment) {
        auto& values = input.relocatable_memory.emplace_back();
        const std::uint64_t size = vm.memory().segment_size(segment);
        values.reserve(size);
        for (std::uint64_t offset = 0; offset < size; ++offset)
            values.push_back(vm.memory().get({segment, offset}));
    }
    for (const Builtin& builtin : vm.builtins().all())
        input.builtin_segments[builtin.segment] = builtin.name;
    input.public_memory_offsets = runner.public_memory();
    return input;
}

Result<ProverInput> run_for_stwo(Arena& arena, const Cairo0Program& program,
                                 std::span<const BuiltinName> allowed_builtins) {
    BX_TRY(Layout layout, stwo_layout(allowed_builtins, program.builtins));
    ProgramRunner runner(arena, program, std::move(layout),
                         {.mode = RunMode::proof_canonical,
                          .secure_run = true,
                          .disable_trace_padding = true,
                          .trace = true});
    BX_CHECK(runner.run());
    return prover_input(runner);
}

}  // namespace blockexecd::vm::cairo0
