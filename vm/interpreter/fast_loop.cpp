// SPDX-License-Identifier: Apache-2.0
// Threaded dispatch. Registers are byte offsets into the execution segment and stay in machine
// registers; every form checks what it needs before it writes, so that leaving an instruction to
// the step-by-step interpreter is always safe.
#include "vm/interpreter/fast_loop.hpp"

#include "vm/memory/cell_arithmetic.hpp"

namespace blockexecd::vm {

namespace {

constexpr std::uint64_t kCell = sizeof(Cell);
// Offsets that keep byte arithmetic far from wrapping; no arena holds a segment of this size.
constexpr std::uint64_t kMaxOffset = std::uint64_t{1} << 40;

enum class Op1 : std::uint8_t { small, imm, ap, fp };

struct State {
    const DecodedInstruction* ip;
    const DecodedInstruction* code;
    const Cell* words;     // the program's cells
    std::uint64_t length;  // words of the program
    std::byte* stack;      // the execution segment
    std::uint64_t size;    // its size, bytes
    std::uint64_t room;    // its capacity, bytes
    std::uint64_t ap;      // bytes
    std::uint64_t fp;      // bytes
    Segment* segments;
    std::uint64_t segment_count;
    Arena* arena;

    template <Register kRegister>
    [[gnu::always_inline]] std::uint64_t base() const {
        return kRegister == Register::ap ? ap : fp;
    }
    [[gnu::always_inline]] Cell& at(std::uint64_t offset) const {
        return *reinterpret_cast<Cell*>(stack + offset);
    }
    // The cell, or null when it is not there or empty.
    [[gnu::always_inline]] Cell* known(std::uint64_t offset) const {
        if (offset >= size) [[unlikely]]
            return nullptr;
        Cell& cell = at(offset);
        return cell.is_empty() ? nullptr : &cell;
    }
    [[gnu::always_inline]] void publish_size() const { segments[1].size = size / kCell; }
    [[gnu::always_inline]] void read_stack() {
        stack = reinterpret_cast<std::byte*>(segments[1].cells);
        size = segments[1].size * kCell;
        room = segments[1].capacity * kCell;
    }
    // Where a missing cell of the execution segment is to be written: the cell behind the last one,
    // which appended() then makes part of the segment, or an empty one. Null when the segment must
    // grow or get a gap.
    [[gnu::always_inline]] Cell* missing(std::uint64_t offset) const {
        if (offset > size || offset == room) [[unlikely]]
            return nullptr;
        return &at(offset);
    }
    [[gnu::always_inline]] void appended(std::uint64_t offset) {
        if (offset == size)
            size += kCell;
    }
};

// The cell that a double dereference names, its segment when it may be written there, or neither.
struct Place {
    Cell* cell = nullptr;        // not empty
    Segment* segment = nullptr;  // where it is missing and may be written
    std::uint64_t offset = 0;
    bool ok = false;  // false: left to the step-by-step interpreter
};

[[gnu::always_inline]] inline Place dereference(State& s, const Cell& op0,
                                                std::int32_t displacement) {
    Place place;
    const auto segment = static_cast<std::uint64_t>(op0.segment());
    if (!op0.is_address() || segment >= s.segment_count || op0.low() >= kMaxOffset) [[unlikely]]
        return place;
    s.publish_size();
    Segment& found = s.segments[segment];
    place.offset = op0.low() + static_cast<std::uint64_t>(static_cast<std::int64_t>(displacement) /
                                                          static_cast<std::int64_t>(kCell));
    if (place.offset < found.size) {
        Cell& cell = found.cells[place.offset];
        if (!cell.is_empty()) {
            place.cell = &cell;
            place.ok = true;
            return place;
        }
    } else if (place.offset != found.size || found.size == found.capacity) {
        return place;
    }
    // A missing cell: segment 0 is shared, 1 has its registers here, and deductions and signatures
    // are not ours.
    if (segment < 2 || found.rule == SegmentRule::deduced || found.rule == SegmentRule::signature)
        return place;
    place.segment = &found;
    place.ok = true;
    return place;
}

[[gnu::always_inline]] inline bool may_store(const Place& place, const Cell& value) {
    switch (place.segment->rule) {
        case SegmentRule::none:
            return true;
        case SegmentRule::range_check:
            return value.is_u128();
        default:
            return false;
    }
}

[[gnu::always_inline]] inline void store(const Place& place, const Cell& value) {
    place.segment->cells[place.offset].copy_accessed(value);
    if (place.offset == place.segment->size)
        ++place.segment->size;
}

// Writes `value` to a missing cell of the stack.
[[gnu::always_inline]] inline bool put(State& s, std::uint64_t offset, const Cell& value) {
    Cell* const out = s.missing(offset);
    if (out == nullptr) [[unlikely]]
        return false;
    out->copy_accessed(value);
    s.appended(offset);
    return true;
}

[[gnu::always_inline]] inline std::uint64_t displaced(std::uint64_t base,
                                                      std::int32_t displacement) {
    return base + static_cast<std::uint64_t>(std::int64_t{displacement});
}

// dst = op1, op0 unused
template <Op1 kOp1, Register kDst>
[[gnu::always_inline]] inline bool assign(State& s) {
    const DecodedInstruction& in = *s.ip;
    Cell* const op0 = s.known(displaced(s.fp, in.op0));
    if (op0 == nullptr) [[unlikely]]
        return false;
    op0->mark_accessed();
    const std::uint64_t dst_at = displaced(s.base<kDst>(), in.dst);
    Cell* const dst = s.known(dst_at);
    if constexpr (kOp1 == Op1::small) {
        if (dst != nullptr) {
            dst->mark_accessed();
            return dst->is_small() && dst->low() == in.immediate;
        }
        Cell* const out = s.missing(dst_at);
        if (out == nullptr) [[unlikely]]
            return false;
        out->store_small_accessed(in.immediate, *s.arena);
        s.appended(dst_at);
        return true;
    } else if constexpr (kOp1 == Op1::imm) {
        const Cell& word = s.words[s.ip - s.code + 1];
        if (dst == nullptr)
            return put(s, dst_at, word);
        dst->mark_accessed();
        return Cell::same_value(*dst, word);
    } else {
        const std::uint64_t op1_at = displaced(kOp1 == Op1::ap ? s.ap : s.fp, in.op1);
        Cell* const op1 = s.known(op1_at);
        if (dst != nullptr)
            dst->mark_accessed();
        if (op1 == nullptr)
            return dst != nullptr && put(s, op1_at, *dst);
        op1->mark_accessed();
        return dst != nullptr ? Cell::same_value(*dst, *op1) : put(s, dst_at, *op1);
    }
}

// dst = [[op0] + n]
template <Register kOp0, Register kDst>
[[gnu::always_inline]] inline bool dereferenced(State& s) {
    const DecodedInstruction& in = *s.ip;
    Cell* const op0 = s.known(displaced(s.base<kOp0>(), in.op0));
    if (op0 == nullptr) [[unlikely]]
        return false;
    op0->mark_accessed();
    const Place place = dereference(s, *op0, in.op1);
    if (!place.ok) [[unlikely]]
        return false;
    const std::uint64_t dst_at = displaced(s.base<kDst>(), in.dst);
    Cell* const dst = s.known(dst_at);
    if (place.cell != nullptr)
        place.cell->mark_accessed();
    if (dst == nullptr)
        return place.cell != nullptr && put(s, dst_at, *place.cell);
    dst->mark_accessed();
    if (place.cell != nullptr)
        return Cell::same_value(*dst, *place.cell);
    if (!may_store(place, *dst)) [[unlikely]]
        return false;
    store(place, *dst);
    return true;
}

// dst = op0 + op1 or op0 * op1
template <Res kRes, Op1 kOp1, Register kOp0, Register kDst>
[[gnu::always_inline]] inline bool compute(State& s) {
    const DecodedInstruction& in = *s.ip;
    const std::uint64_t dst_at = displaced(s.base<kDst>(), in.dst);
    const std::uint64_t op0_at = displaced(s.base<kOp0>(), in.op0);
    Cell* const op0 = s.known(op0_at);
    Cell* const dst = s.known(dst_at);
    Arena& arena = *s.arena;
    constexpr bool kImmediate = kOp1 == Op1::small || kOp1 == Op1::imm;
    [[maybe_unused]] const std::uint64_t op1_at = displaced(kOp1 == Op1::ap ? s.ap : s.fp, in.op1);
    Cell* const op1 =
        kImmediate ? const_cast<Cell*>(s.words + (s.ip - s.code) + 1) : s.known(op1_at);
    if (dst != nullptr)
        dst->mark_accessed();
    if (op0 != nullptr)
        op0->mark_accessed();
    if (!kImmediate && op1 != nullptr)
        op1->mark_accessed();

    Cell result;
    if (op0 != nullptr && op1 != nullptr) {
        bool done = false;
        if constexpr (kOp1 == Op1::small)
            done = kRes == Res::add ? add_small(result, *op0, in.immediate, arena)
                                    : mul_small(result, *op0, in.immediate, arena);
        else if constexpr (kOp1 == Op1::imm && kRes == Res::add)
            done = in.negative != 0 ? sub_small(result, *op0, in.immediate, arena)
                                    : add_cells(result, *op0, *op1, arena);
        else
            done = kRes == Res::add ? add_cells(result, *op0, *op1, arena)
                                    : mul_cells(result, *op0, *op1, arena);
        if (!done) [[unlikely]]
            return false;
        return dst != nullptr ? Cell::same_value(*dst, result) : put(s, dst_at, result);
    }
    // The unknown is an operand: a difference, or a quotient, which is rare.
    if (kRes == Res::mul || dst == nullptr) [[unlikely]]
        return false;
    if (op0 == nullptr) {
        if constexpr (kOp1 == Op1::small)
            return sub_small(result, *dst, in.immediate, arena) && put(s, op0_at, result);
        return op1 != nullptr && sub_cells(result, *dst, *op1, arena) && put(s, op0_at, result);
    }
    return sub_cells(result, *dst, *op0, arena) && put(s, op1_at, result);
}

// dst and op0 are read although only jnz looks at dst. Null when one is missing.
template <Register kDst>
[[gnu::always_inline]] inline Cell* jump_operands(State& s) {
    const DecodedInstruction& in = *s.ip;
    Cell* const op0 = s.known(displaced(s.fp, in.op0));
    Cell* const dst = s.known(displaced(s.base<kDst>(), in.dst));
    if (op0 == nullptr || dst == nullptr) [[unlikely]]
        return nullptr;
    op0->mark_accessed();
    dst->mark_accessed();
    return dst;
}

[[gnu::always_inline]] inline bool call_relative(State& s) {
    // The two cells behind the stack's end; anything else is left alone.
    if (s.ap != s.size || s.room - s.size < 2 * kCell) [[unlikely]]
        return false;
    s.at(s.ap).store_address_accessed(1, s.fp / kCell, *s.arena);
    s.at(s.ap + kCell)
        .store_address_accessed(0, static_cast<std::uint64_t>(s.ip - s.code) + 2, *s.arena);
    s.size += 2 * kCell;
    return true;
}

[[gnu::always_inline]] inline bool return_to_caller(State& s) {
    Cell* const caller_fp = s.known(s.fp - 2 * kCell);
    Cell* const return_pc = s.known(s.fp - kCell);
    if (caller_fp == nullptr || return_pc == nullptr || !return_pc->is_address() ||
        return_pc->segment() != 0 || return_pc->low() >= s.length ||
        !(caller_fp->is_address() || caller_fp->is_small()) || caller_fp->low() >= kMaxOffset)
        [[unlikely]]
        return false;
    caller_fp->mark_accessed();
    return_pc->mark_accessed();
    s.fp = caller_fp->low() * kCell;
    s.ip = s.code + return_pc->low();
    return true;
}

}  // namespace

bool FastLoop::possible(const VirtualMachine& vm) {
    return vm.pc_.segment == 0 && vm.pc_.offset < vm.code_->length() && vm.ap_ < kMaxOffset &&
           vm.fp_ < kMaxOffset && !vm.skip_next_ && !vm.memory_.has_relocation_rules();
}

Result<void> FastLoop::run(VirtualMachine& vm, const Relocatable& end, RunResources* resources) {
    if (end.segment != 0 && !vm.trace_enabled_)
        return loop<true>(vm, end, resources);
    return loop<false>(vm, end, resources);
}

// Labels as values are a GNU extension, confined to this function.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"

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

    State s;
    std::uint64_t remaining = 0;  // steps left behind the one being made
    std::uint64_t loaded = 0;     // what it was when steps were last accounted for

    s.arena = &vm.memory_.arena();
    s.code = vm.code_->instructions();
    s.words = vm.code_->cells();
    s.length = vm.code_->length();
    const void* const* const handlers = kHandlers;
    [[maybe_unused]] const DecodedInstruction* const stop_at =
        end.segment == 0 ? s.code + end.offset : nullptr;

// Machine state into the registers of this loop and back.
#define LOAD()                                                                       \
    do {                                                                             \
        s.ip = s.code + vm.pc_.offset;                                               \
        s.ap = vm.ap_ * kCell;                                                       \
        s.fp = vm.fp_ * kCell;                                                       \
        s.segments = vm.memory_.segments();                                          \
        s.segment_count = vm.memory_.segment_count();                                \
        s.read_stack();                                                              \
        loaded = remaining = resources != nullptr ? resources->n_steps : UINT64_MAX; \
    } while (false)
#define STORE()                                                  \
    do {                                                         \
        vm.pc_ = {0, static_cast<std::uint64_t>(s.ip - s.code)}; \
        vm.ap_ = s.ap / kCell;                                   \
        vm.fp_ = s.fp / kCell;                                   \
        s.publish_size();                                        \
        vm.steps_ += loaded - remaining;                         \
        if (resources != nullptr)                                \
            resources->n_steps = remaining;                      \
    } while (false)
#define DISPATCH() goto* handlers[static_cast<std::size_t>(s.ip->form)]
#define NEXT()                           \
    do {                                 \
        if constexpr (!kPlain)           \
            if (s.ip == stop_at)         \
                goto leave;              \
        if (remaining == 0) [[unlikely]] \
            goto leave;                  \
        --remaining;                     \
        DISPATCH();                      \
    } while (false)
#define TRACE()                                                                                    \
    do {                                                                                           \
        if constexpr (!kPlain)                                                                     \
            if (vm.trace_enabled_)                                                                 \
                vm.trace_.push_back(                                                               \
                    {{0, static_cast<std::uint64_t>(s.ip - s.code)}, s.ap / kCell, s.fp / kCell}); \
    } while (false)

    LOAD();
    NEXT();

leave:
    STORE();
    return {};

// One step by the book. The step being made has not been counted yet, hence the increment.
general:
    ++remaining;
    STORE();
step_by_the_book : {
    auto result = vm.step_instruction();
    if (resources != nullptr && resources->n_steps != 0 && result.has_value())
        --resources->n_steps;
    if (result.has_error() || !possible(vm))
        return result;
    LOAD();
    NEXT();
}

outside:
    ++remaining;
    STORE();
    return vm.step_instruction();

hinted : {
    ++remaining;
    STORE();
    auto result = vm.run_hints();
    if (result.has_error()) [[unlikely]]
        return result;
    // A nested run may have used up the steps: the one under way is made all the same.
    if (!possible(vm) || (resources != nullptr && resources->n_steps == 0)) [[unlikely]]
        goto step_by_the_book;
    LOAD();
    --remaining;
    goto* handlers[static_cast<std::size_t>(s.ip->real_form)];
}

call_rel:
    if (!call_relative(s)) [[unlikely]]
        goto general;
    TRACE();
    s.ap += 2 * kCell;
    s.fp = s.ap;
    s.ip = s.code + s.ip->immediate;
    NEXT();

ret : {
    const DecodedInstruction* const from = s.ip;
    const std::uint64_t from_fp = s.fp;
    if (!return_to_caller(s)) [[unlikely]]
        goto general;
    if constexpr (!kPlain)
        if (vm.trace_enabled_)
            vm.trace_.push_back(
                {{0, static_cast<std::uint64_t>(from - s.code)}, s.ap / kCell, from_fp / kCell});
    NEXT();
}

ap_add : {
    const std::uint64_t moved = s.ap + s.ip->immediate * kCell;
    if (jump_operands<Register::fp>(s) == nullptr || moved >= kMaxOffset * kCell) [[unlikely]]
        goto general;
    TRACE();
    s.ap = moved;
    s.ip += 2;
    NEXT();
}

#define ASSERT_EQ(name, done, words, ap_update)              \
    name : {                                                 \
        if (!done) [[unlikely]]                              \
            goto general;                                    \
        TRACE();                                             \
        if constexpr (ApUpdate::ap_update == ApUpdate::add1) \
            s.ap += kCell;                                   \
        s.ip += words;                                       \
        NEXT();                                              \
    }
#define WORDS(op1) (Op1::op1 == Op1::small || Op1::op1 == Op1::imm ? 2 : 1)
#define ASSIGN(op1, dst, ap_update)                                                              \
    ASSERT_EQ(BLOCKEXECD_ASSIGN_NAME(op1, dst, ap_update), (assign<Op1::op1, Register::dst>(s)), \
              WORDS(op1), ap_update)
#define DEREF(op0, dst, ap_update)                        \
    ASSERT_EQ(BLOCKEXECD_DEREF_NAME(op0, dst, ap_update), \
              (dereferenced<Register::op0, Register::dst>(s)), 1, ap_update)
#define COMPUTE(res, op1, op0, dst, ap_update)                                            \
    ASSERT_EQ(BLOCKEXECD_COMPUTE_NAME(res, op1, op0, dst, ap_update),                     \
              (compute<Res::res, Op1::op1, Register::op0, Register::dst>(s)), WORDS(op1), \
              ap_update)
#define JUMP(kind, dst, ap_update)                                                    \
    BLOCKEXECD_JUMP_NAME(kind, dst, ap_update) : {                                    \
        const Cell* const cell = jump_operands<Register::dst>(s);                     \
        if (cell == nullptr) [[unlikely]]                                             \
            goto general;                                                             \
        const bool fall_through = PcUpdate::kind == PcUpdate::jnz && cell->is_zero(); \
        TRACE();                                                                      \
        if constexpr (ApUpdate::ap_update == ApUpdate::add1)                          \
            s.ap += kCell;                                                            \
        s.ip = fall_through ? s.ip + 2 : s.code + s.ip->immediate;                    \
        NEXT();                                                                       \
    }
    BLOCKEXECD_ASSIGN_FORMS(ASSIGN)
    BLOCKEXECD_DEREF_FORMS(DEREF)
    BLOCKEXECD_COMPUTE_FORMS(COMPUTE)
    BLOCKEXECD_JUMP_FORMS(JUMP)

#undef ASSERT_EQ
#undef WORDS
#undef ASSIGN
#undef DEREF
#undef COMPUTE
#undef JUMP
#undef LOAD
#undef STORE
#undef DISPATCH
#undef NEXT
#undef TRACE
}

#pragma GCC diagnostic pop

}  // namespace blockexecd::vm
