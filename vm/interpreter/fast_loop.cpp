// SPDX-License-Identifier: Apache-2.0
// Threaded dispatch over the forms: a form's fast version, or its full one, or a step by the book.
#include "vm/interpreter/fast_loop.hpp"

#include "vm/interpreter/fast_forms.hpp"
#include "vm/interpreter/full_forms.hpp"
#include "vm/interpreter/loop_state.hpp"

namespace blockexecd::vm {

using namespace fast;

bool FastLoop::possible(const VirtualMachine& vm) {
    return vm.pc_.segment == 0 && vm.pc_.offset < vm.code_->length() && vm.ap_ < kMaxOffset &&
           vm.fp_ < kMaxOffset && !vm.skip_next_ && !vm.memory_.has_relocation_rules();
}

Result<void> FastLoop::run(VirtualMachine& vm, const Relocatable& end, RunResources* resources) {
    if (end.segment != 0 && !vm.trace_.enabled())
        return loop<true>(vm, end, resources);
    return loop<false>(vm, end, resources);
}

// Labels as values are a GNU extension, confined to this function.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"

bool is_return_behind_program(const Memory& memory, std::uint64_t pc) {
    constexpr std::uint64_t kReturn = 0x208b7fff7fff7ffe;
    const Cell* const word = memory.cell({0, pc});
    if (word == nullptr || word->is_empty() || word->is_relocatable() ||
        word->felt() != Felt(kReturn))
        return false;
    const_cast<Cell*>(word)->mark_accessed();
    return true;
}

// dst = op0 + op1 or op0 * op1 of felts, the result pushed.
template <Res kRes, Op1 kOp1, Register kOp0, Register kDst>
[[gnu::always_inline]] inline bool push_felts(const LoopState& s, Registers& r) {
    constexpr bool kImmediate = kOp1 == Op1::small || kOp1 == Op1::imm;
    const DecodedInstruction& in = *r.ip;
    const std::uint64_t op0_at = displaced(r.base<kOp0>(), in.op0);
    const std::uint64_t op1_at = kImmediate ? 0 : displaced(kOp1 == Op1::ap ? r.ap : r.fp, in.op1);
    if (!can_append(s, r, dst_offset<kDst>(r)) || op0_at >= r.size || op1_at >= r.size)
        return false;
    if (!r.reads(r.at(op0_at)) || !(kImmediate || r.reads(r.at(op1_at))))
        return false;
    const Cell& op1 = kImmediate ? s.immediate(r.ip) : r.at(op1_at);
    if (!(kRes == Res::add ? felt_sum : felt_product)(r.at(r.size), r.at(op0_at), op1, *s.arena))
        return false;
    r.size += kCell;
    return true;
}

template <bool kPlain>
Result<void> FastLoop::loop(VirtualMachine& vm, const Relocatable& end, RunResources* resources) {
    static const void* const kHandlers[] = {
#define SINGLE(...) &&BLOCKEXECD_SINGLE_NAME(__VA_ARGS__),
#define ASSIGN(...) &&BLOCKEXECD_ASSIGN_NAME(__VA_ARGS__),
#define DEREF(...) &&BLOCKEXECD_DEREF_NAME(__VA_ARGS__),
#define COMPUTE(...) &&BLOCKEXECD_COMPUTE_NAME(__VA_ARGS__),
#define JUMP(...) &&BLOCKEXECD_JUMP_NAME(__VA_ARGS__),
        BLOCKEXECD_ALL_FORMS(SINGLE, ASSIGN, DEREF, COMPUTE, JUMP)
#undef SINGLE
#undef ASSIGN
#undef DEREF
#undef COMPUTE
#undef JUMP
    };
    static_assert(sizeof(kHandlers) / sizeof(kHandlers[0]) == kFormCount);

    LoopState s;
    Registers r;
    std::uint64_t loaded = 0;  // what r.remaining was when steps were last accounted for

    s.memory = &vm.memory_;
    s.arena = &vm.memory_.arena();
    s.builtins = &vm.builtins_;
    s.code = vm.code_->instructions();
    s.words = vm.code_->cells();
    s.length = vm.code_->length();
    s.trace = vm.trace_.enabled() ? &vm.trace_ : nullptr;
    [[maybe_unused]] const DecodedInstruction* const stop_at =
        end.segment == 0 ? s.code + end.offset : nullptr;

// Machine state into the registers of this loop and back.
#define LOAD_MEMORY()                                                \
    do {                                                             \
        s.segments = vm.memory_.segments();                          \
        s.segment_count = vm.memory_.segment_count();                \
        s.room = s.segments[1].capacity * kCell;                     \
        r.stack = reinterpret_cast<std::byte*>(s.segments[1].cells); \
        r.size = s.segments[1].size * kCell;                         \
    } while (false)
#define LOAD()                                                                         \
    do {                                                                               \
        LOAD_MEMORY();                                                                 \
        r.ip = s.code + vm.pc_.offset;                                                 \
        r.ap = vm.ap_ * kCell;                                                         \
        r.fp = vm.fp_ * kCell;                                                         \
        loaded = r.remaining = resources != nullptr ? resources->n_steps : UINT64_MAX; \
    } while (false)
#define STORE()                                                  \
    do {                                                         \
        vm.pc_ = {0, static_cast<std::uint64_t>(r.ip - s.code)}; \
        vm.ap_ = r.ap / kCell;                                   \
        vm.fp_ = r.fp / kCell;                                   \
        s.segments[1].size = r.size / kCell;                     \
        vm.steps_ += loaded - r.remaining;                       \
        if (resources != nullptr)                                \
            resources->n_steps = r.remaining;                    \
    } while (false)
#define DISPATCH() goto* kHandlers[static_cast<std::size_t>(r.ip->form)]
#define NEXT()                             \
    do {                                   \
        if constexpr (!kPlain)             \
            if (r.ip == stop_at)           \
                goto leave;                \
        if (r.remaining == 0) [[unlikely]] \
            goto leave;                    \
        --r.remaining;                     \
        DISPATCH();                        \
    } while (false)
#define TRACE()                     \
    do {                            \
        if constexpr (!kPlain)      \
            if (s.trace != nullptr) \
                s.push_trace(r);    \
    } while (false)

resume:
    LOAD();
    if constexpr (!kPlain)
        if (r.ip == stop_at)
            return {};
    if (r.remaining == 0) [[unlikely]]
        return {};
    if (!r.frame_is_sound() && r.ip->form != Form::hinted) [[unlikely]]
        goto step_by_the_book;
    NEXT();

leave:
    STORE();
    return {};

// Cairo 1 programs end in words of the run's own: a return, to know where they are, and an address.
outside:
    if constexpr (kPlain)
        if (is_return_behind_program(vm.memory_, static_cast<std::uint64_t>(r.ip - s.code)))
            goto ret;

// One step by the book. The step being made has not been counted yet, hence the increment.
general:
    ++r.remaining;
    STORE();
step_by_the_book:
    if (auto step = vm.step_instruction(); step.has_error())
        return step;
    if (resources != nullptr && resources->n_steps != 0)
        --resources->n_steps;
    if (!possible(vm))
        return {};
    goto resume;

// Hints leave the registers as they are.
hinted:
    ++r.remaining;
    STORE();
    if (auto hints = vm.run_hints(vm.code_->hints_of(*r.ip)); hints.has_error()) [[unlikely]]
        return hints;
    if (vm.skip_next_ || vm.memory_.has_relocation_rules()) [[unlikely]]
        goto step_by_the_book;
    LOAD_MEMORY();
    if (resources != nullptr)
        r.remaining = resources->n_steps;
    loaded = r.remaining;
    // A nested run may have used up the steps: the one under way is made all the same.
    if (r.remaining == 0 || !r.frame_is_sound()) [[unlikely]]
        goto step_by_the_book;
    --r.remaining;
    goto* kHandlers[static_cast<std::size_t>(r.ip->real_form)];

call_rel:
    if (!fast_call(s, r)) [[unlikely]]
        goto general;
    TRACE();
    r.ap += 2 * kCell;
    r.fp = r.ap;
    r.ip = s.code + r.ip->immediate;
    NEXT();

ret : {
    const Registers before = r;
    if (!fast_return(s, r)) [[unlikely]]
        goto general;
    if constexpr (!kPlain)
        if (s.trace != nullptr)
            s.push_trace(before);
    if (!r.frame_is_sound()) [[unlikely]] {
        STORE();
        goto resume;
    }
    NEXT();
}

ap_add : {
    const std::uint64_t moved = r.ap + r.ip->immediate * kCell;
    if (!r.is_marked(displaced(r.fp, r.ip->dst)) || moved >= kMaxOffset * kCell) [[unlikely]]
        goto general;
    TRACE();
    r.ap = moved;
    r.ip += 2;
    NEXT();
}

#define ASSERT_EQ(name, done, full, words, ap_update)        \
    name : {                                                 \
        if (!done) [[unlikely]] {                            \
            const std::uint64_t size = full;                 \
            if (size == kLeft) [[unlikely]]                  \
                goto outside;                                \
            r.size = size;                                   \
        }                                                    \
        TRACE();                                             \
        if constexpr (ApUpdate::ap_update == ApUpdate::add1) \
            r.ap += kCell;                                   \
        r.ip += words;                                       \
        NEXT();                                              \
    }
#define REGISTERS s, r.ip, r.stack, r.size, r.ap, r.fp
#define WORDS(op1) (Op1::op1 == Op1::small || Op1::op1 == Op1::imm ? 2 : 1)
#define ASSIGN(op1, dst, ap_update)                         \
    ASSERT_EQ(BLOCKEXECD_ASSIGN_NAME(op1, dst, ap_update),  \
              (fast_assign<Op1::op1, Register::dst>(s, r)), \
              (full_assign<Op1::op1, Register::dst>(REGISTERS)), WORDS(op1), ap_update)
#define DEREF(op0, dst, ap_update)                                    \
    ASSERT_EQ(BLOCKEXECD_DEREF_NAME(op0, dst, ap_update),             \
              (fast_dereference<Register::op0, Register::dst>(s, r)), \
              (full_dereference<Register::op0, Register::dst>(REGISTERS)), 1, ap_update)
#define COMPUTE(res, op1, op0, dst, ap_update)                                             \
    ASSERT_EQ(BLOCKEXECD_COMPUTE_NAME(res, op1, op0, dst, ap_update),                      \
              ((fast_compute<Res::res, Op1::op1, Register::op0, Register::dst>(s, r)) ||   \
               (push_felts<Res::res, Op1::op1, Register::op0, Register::dst>(s, r))),      \
              (full_compute<Res::res, Op1::op1, Register::op0, Register::dst>(REGISTERS)), \
              WORDS(op1), ap_update)
#define JUMP(kind, dst, ap_update)                                     \
    BLOCKEXECD_JUMP_NAME(kind, dst, ap_update) : {                     \
        const std::uint64_t dst_at = dst_offset<Register::dst>(r);     \
        if (!r.read(dst_at)) [[unlikely]]                              \
            goto outside;                                              \
        TRACE();                                                       \
        if constexpr (ApUpdate::ap_update == ApUpdate::add1)           \
            r.ap += kCell;                                             \
        if (PcUpdate::kind == PcUpdate::jnz && r.at(dst_at).is_zero()) \
            r.ip += 2;                                                 \
        else                                                           \
            r.ip = s.code + r.ip->immediate;                           \
        NEXT();                                                        \
    }
    BLOCKEXECD_ASSIGN_FORMS(ASSIGN)
    BLOCKEXECD_DEREF_FORMS(DEREF)
    BLOCKEXECD_COMPUTE_FORMS(COMPUTE)
    BLOCKEXECD_JUMP_FORMS(JUMP)

#undef ASSERT_EQ
#undef REGISTERS
#undef WORDS
#undef ASSIGN
#undef DEREF
#undef COMPUTE
#undef JUMP
#undef LOAD
#undef LOAD_MEMORY
#undef STORE
#undef DISPATCH
#undef NEXT
#undef TRACE
}

#pragma GCC diagnostic pop

}  // namespace blockexecd::vm
