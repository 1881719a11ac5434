// SPDX-License-Identifier: Apache-2.0
// Hints on segments, scopes and block copies: alloc, memcpy, memset, relocatable arrays.
#include "vm/cairo0/hints/functions.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

Result<void> enter_with_n(HintContext& h, ids::Name source) {
    BX_TRY(const Felt n, h.integer(source));
    h.scopes.enter();
    h.scopes.set(scope::n, n);
    return {};
}

// n is a felt, so that n - 1 of 0 is positive.
Result<void> step_loop(HintContext& h, ids::Name flag) {
    BX_TRY(Felt* const n, h.scopes.get<Felt>(scope::n));
    *n -= Felt(1);
    return h.set_flag(flag, !n->is_zero());
}

}  // namespace

Result<void> add_segment(HintContext& h) {
    return h.set_ap(h.memory.add_segment());
}

Result<void> vm_enter_scope(HintContext& h) {
    h.scopes.enter();
    return {};
}

Result<void> vm_exit_scope(HintContext& h) {
    return h.scopes.exit();
}

Result<void> memcpy_enter_scope(HintContext& h) {
    return enter_with_n(h, ids::len);
}

Result<void> memset_enter_scope(HintContext& h) {
    return enter_with_n(h, ids::n);
}

Result<void> memcpy_continue_copying(HintContext& h) {
    return step_loop(h, ids::continue_copying);
}

Result<void> memset_continue_loop(HintContext& h) {
    return step_loop(h, ids::continue_loop);
}

Result<void> relocate_segment(HintContext& h) {
    BX_TRY(const Relocatable source, h.pointer(ids::src_ptr));
    // In segment_arena.cairo the compiler cannot say where dest_ptr is; infos tells.
    if (const auto infos = h.pointer(ids::infos)) {
        BX_TRY(const Relocatable info_end, h.memory.get_relocatable(*infos + 1));
        return h.memory.add_relocation_rule(source, info_end + 1);
    }
    BX_TRY(const Relocatable destination, h.pointer(ids::dest_ptr));
    return h.memory.add_relocation_rule(source, destination);
}

Result<void> temporary_array(HintContext& h) {
    return h.set(ids::temporary_array, h.memory.add_temporary_segment());
}

}  // namespace blockexecd::vm::cairo0
