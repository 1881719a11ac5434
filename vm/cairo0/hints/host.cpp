// SPDX-License-Identifier: Apache-2.0
// Hints that reach outside of the program: mod circuits of the builtins, system calls of an
// embedding executor, and the stand-in for texts that are no hint.
#include <string>

#include "vm/cairo0/hints/functions.hpp"
#include "vm/runner/function_runner.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

Result<std::uint64_t> read_count(HintContext& h, ids::Name name) {
    BX_TRY(const Felt n, h.integer(name));
    const auto count = n.to_u64();
    if (!count)
        return conversion_error("usize", n);
    return *count;
}

Result<void> check_batch_size(HintContext& h, BuiltinName name, std::uint64_t batch_size) {
    const std::string text = std::string(builtin_name(name)) + "_builtin";
    if (h.vm.builtins().find(name) == nullptr)
        return Error(ErrorKind::virtual_machine, "Expected " + text + " to be present");
    if (h.vm.builtins().mod_batch_size() != batch_size)
        return Error(ErrorKind::virtual_machine,
                     text + " batch size is not " + std::to_string(batch_size));
    return {};
}

Result<void> run_circuit(HintContext& h, std::uint64_t batch_size) {
    Builtins::ModInputs add_mod, mul_mod;
    BX_TRY(add_mod.pointer, h.pointer(ids::add_mod_ptr));
    BX_TRY(mul_mod.pointer, h.pointer(ids::mul_mod_ptr));
    BX_TRY(add_mod.n, read_count(h, ids::add_mod_n));
    BX_TRY(mul_mod.n, read_count(h, ids::mul_mod_n));
    BX_CHECK(check_batch_size(h, BuiltinName::add_mod, batch_size));
    BX_CHECK(check_batch_size(h, BuiltinName::mul_mod, batch_size));
    return h.vm.builtins().fill_mod_memory(&add_mod, &mul_mod);
}

}  // namespace

Result<void> run_p_circuit(HintContext& h) {
    return run_circuit(h, 1);
}

// The reference has the library's batch size built in.
Result<void> run_p_circuit_with_large_batch_size(HintContext& h) {
    return run_circuit(h, 8);
}

Result<void> system_call(HintContext& h) {
    SyscallHandler* const handler = h.vm.syscalls();
    if (handler == nullptr)
        return unknown_hint(h);
    BX_TRY(const Relocatable syscall_ptr, h.pointer(ids::syscall_ptr));
    return handler->deprecated_system_call(h.vm, syscall_ptr);
}

Result<void> unknown_hint(HintContext& h) {
    return hint_error("Unknown Hint: " + std::string(h.code()));
}

}  // namespace blockexecd::vm::cairo0
