// SPDX-License-Identifier: Apache-2.0
// The end of a run and the secure checks.
#include "vm/runner/run_end.hpp"

namespace blockexecd::vm {

namespace {

Error vm_error(std::string message) {
    return {ErrorKind::virtual_machine, std::move(message)};
}

}  // namespace

Result<void> end_run(VirtualMachine& vm, bool fill_holes) {
    BX_CHECK(vm.memory().relocate_temporary_segments());
    BX_CHECK(fill_holes ? vm.builtins().complete_auto_deductions()
                        : vm.builtins().verify_auto_deductions());
    if (vm.hint_state_or_null() != nullptr && !vm.hint_state_or_null()->scopes_closed())
        return Error(ErrorKind::exec_scope,
                     "Every enter_scope() requires a corresponding exit_scope().");
    vm.memory().compute_used_sizes();
    return {};
}

Result<void> verify_secure_run(VirtualMachine& vm, std::uint64_t program_segment_size,
                               const Relocatable& initial_fp, ReturnFpCheck check) {
    const Memory& memory = vm.memory();
    if (memory.segment_size(0) > program_segment_size)
        return vm_error("Out of bounds access to program segment");
    if (memory.temporary_segment_count() != 0) {
        for (std::int32_t segment = 0; segment < static_cast<std::int32_t>(memory.segment_count());
             ++segment) {
            for (std::uint64_t offset = 0; offset < memory.segment_size(segment); ++offset) {
                const Cell* const cell = memory.cell({segment, offset});
                if (!cell->is_empty() && cell->is_relocatable() && cell->relocatable().segment < 0)
                    return vm_error(
                        "Security Error: Invalid Memory Value: temporary address not relocated: " +
                        cell->relocatable().to_string());
            }
        }
    }
    BX_CHECK(vm.builtins().run_security_checks());

    BX_TRY(const Relocatable saved_at, sub_usize(initial_fp, 2));
    const auto saved = memory.get(saved_at);
    if (!saved)
        return vm_error("Return FP address should be in memory: " + saved_at.to_string());
    const Relocatable final_fp = vm.fp();
    if (saved->is_felt()) {
        if (!(saved->felt() == Felt(final_fp.offset)))
            return vm_error("Return FP felt " + saved->to_string() +
                            " should equal expected final FP " + final_fp.to_string() + " offset");
    } else if (check == ReturnFpCheck::address && !(saved->relocatable() == final_fp)) {
        return vm_error("Return FP " + saved->to_string() + " should equal expected final FP " +
                        final_fp.to_string());
    } else if (check == ReturnFpCheck::offset && saved->relocatable().offset != final_fp.offset) {
        return vm_error("Return FP " + saved->to_string() +
                        " offset should equal expected final FP " + final_fp.to_string() +
                        " offset");
    }
    return {};
}

}  // namespace blockexecd::vm
