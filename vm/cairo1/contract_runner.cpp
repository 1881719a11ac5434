// SPDX-License-Identifier: Apache-2.0
// Segments in the order of the reference: builtins, system calls, costs, calldata.
#include "vm/cairo1/contract_runner.hpp"

#include <array>

#include "vm/hints/casm_hint_table.hpp"

namespace blockexecd::vm::cairo1 {

namespace {

// What a program finds behind its code: a `ret` and the pointer to the costs of builtins.
const Felt kRet(std::uint64_t{0x208b7fff7fff7ffe});
// One cell for each builtin that a compiler charges for.
constexpr std::size_t kBuiltinCosts = 7;
constexpr std::size_t kReturnValues = 5;

}  // namespace

Result<ContractRunner> ContractRunner::make(Arena& arena, const ClassFile& file) {
    BX_TRY(auto code, make_casm_code(file.bytecode, file.hints));
    return ContractRunner(std::make_unique<FunctionRunner>(arena, std::move(code), nullptr),
                          file.bytecode.size());
}

Result<ContractResult> ContractRunner::run(const ClassEntryPoint& entry_point,
                                           const ContractInput& input) {
    FunctionRunner& runner = *function_;
    if (input.trace_sink != nullptr)
        runner.vm().stream_trace(input.trace_sink);
    else if (input.trace)
        runner.vm().enable_trace();
    BX_CHECK(runner.add_builtins(entry_point.builtins));
    Memory& memory = runner.memory();
    const Relocatable syscalls = memory.add_segment();
    const Relocatable costs = memory.add_segment();
    const std::array<Felt, kBuiltinCosts> zeros{};
    BX_CHECK(memory.load(costs, std::span<const Felt>(zeros)));
    const std::array<Value, 2> behind{kRet, costs};
    runner.append_program_data(behind);
    const Relocatable calldata = memory.add_segment();
    BX_TRY(const Relocatable calldata_end, memory.load(calldata, input.calldata));

    std::vector<Value> arguments;
    for (const BuiltinName name : entry_point.builtins)
        arguments.emplace_back(runner.builtin_initial_stack(name));
    arguments.emplace_back(Felt(input.gas));
    arguments.emplace_back(syscalls);
    arguments.emplace_back(calldata);
    arguments.emplace_back(calldata_end);
    BX_CHECK(runner.run_from_entrypoint(entry_point.offset, arguments, input.resources));
    BX_CHECK(runner.verify_secure(length_ + behind.size()));

    // Gas, system pointer, panic flag, start and end of the data.
    BX_TRY(const auto returned, runner.return_values(kReturnValues));
    if (!returned[0].is_felt() || !returned[2].is_felt() || !returned[3].is_relocatable() ||
        !returned[4].is_relocatable())
        return Error(ErrorKind::runner, "the entry point returned no result");
    BX_TRY(const std::uint64_t size,
           distance(returned[4].relocatable(), returned[3].relocatable()));
    ContractResult result;
    result.gas_left = returned[0].felt();
    result.panicked = !returned[2].felt().is_zero();
    BX_TRY(result.retdata, memory.get_felt_range(returned[3].relocatable(), size));
    return result;
}

}  // namespace blockexecd::vm::cairo1
