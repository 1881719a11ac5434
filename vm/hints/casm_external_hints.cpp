// SPDX-License-Identifier: Apache-2.0
// CASM hints of an executable's entry code: its arguments, and the order of its dictionaries'
// segments. Markers and traces are for debuggers: they have no effect, but read what they name.
#include "vm/hints/casm_functions.hpp"
#include "vm/hints/casm_operands.hpp"
#include "vm/hints/casm_state.hpp"

namespace blockexecd::vm::casm_hints {

Result<void> AddRelocationRule(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const Relocatable source, get_pointer(vm, op[0]));
    BX_TRY(const Relocatable destination, get_pointer(vm, op[1]));
    return vm.memory().add_relocation_rule(source, destination);
}

// A parameter is an array: its start and its end.
Result<void> WriteRunParam(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const std::uint64_t index, get_u64(vm, op[0], "Got a bad index."));
    const auto& parameters = vm.hint_state<CasmState>().run_parameters;
    if (index >= parameters.size())
        return casm_hint_error("there is no run parameter " + std::to_string(index));
    BX_TRY(const Relocatable at, cell_address(vm, op[1].cell));
    const Relocatable start = vm.memory().add_segment();
    BX_CHECK(vm.memory().insert(at, start));
    BX_CHECK(vm.memory().insert(at + 1, start + parameters[index].size()));
    for (std::uint64_t i = 0; i < parameters[index].size(); ++i)
        BX_CHECK(vm.memory().insert(start + i, parameters[index][i]));
    return {};
}

Result<void> AddMarker(VirtualMachine& vm, const HintOperand* op) {
    return DebugPrint(vm, op);
}

Result<void> AddTrace(VirtualMachine& vm, const HintOperand* op) {
    BX_CHECK(get_felt(vm, op[0]));
    return {};
}

}  // namespace blockexecd::vm::casm_hints
