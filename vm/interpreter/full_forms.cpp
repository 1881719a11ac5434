// SPDX-License-Identifier: Apache-2.0
// Each form checks what it needs before it writes.
#include "vm/interpreter/full_forms.hpp"

#include "vm/interpreter/fast_forms.hpp"
#include "vm/interpreter/typed_operations.hpp"
#include "vm/memory/cell_arithmetic.hpp"

namespace blockexecd::vm::fast {

namespace {

// Registers and state as the forms below use them; the size is the only register that changes.
class Step {
  public:
    explicit Step(BLOCKEXECD_FULL_PARAMETERS)
        : s(s), r{ip, stack, size, ap, fp, 0}, in(*ip), arena(*s.arena) {}

    const LoopState& s;
    Registers r;
    const DecodedInstruction& in;
    Arena& arena;

    // The cell, or null when it is not there or empty.
    [[nodiscard]] Cell* known(std::uint64_t offset) const {
        if (offset >= r.size)
            return nullptr;
        Cell& cell = r.at(offset);
        return cell.is_empty() ? nullptr : &cell;
    }
    // Where a missing cell is to be written: the cell behind the last one, which appended() then
    // makes part of the segment, or an empty one. A gap before it is filled with empty cells. Null
    // when the segment must grow.
    [[nodiscard]] Cell* missing(std::uint64_t offset) {
        if (offset >= s.room)
            return nullptr;
        for (; r.size < offset; r.size += kCell)
            r.at(r.size).clear();
        return &r.at(offset);
    }
    void appended(std::uint64_t offset) {
        if (offset == r.size)
            r.size += kCell;
    }
    // Writes `value` to a missing cell.
    [[nodiscard]] bool put(std::uint64_t offset, const Cell& value) {
        Cell* const out = missing(offset);
        if (out == nullptr)
            return false;
        out->copy_accessed(value, arena);
        appended(offset);
        return true;
    }
    // What a form answers.
    [[nodiscard]] std::uint64_t end(bool done) const { return done ? r.size : kLeft; }
};

// dst = op1
template <Op1 kOp1, Register kDst>
bool assign(Step& step) {
    const std::uint64_t dst_at = displaced(step.r.base<kDst>(), step.in.dst);
    Cell* const dst = step.known(dst_at);
    if constexpr (kOp1 == Op1::small || kOp1 == Op1::imm) {
        const Cell& word = step.s.immediate(step.r.ip);
        if (dst == nullptr)
            return step.put(dst_at, word);
        dst->mark_accessed();
        return Cell::same_value(*dst, word);
    } else {
        const std::uint64_t op1_at =
            displaced(kOp1 == Op1::ap ? step.r.ap : step.r.fp, step.in.op1);
        Cell* const op1 = step.known(op1_at);
        if (dst != nullptr)
            dst->mark_accessed();
        if (op1 == nullptr)
            return dst != nullptr && step.put(op1_at, *dst);
        op1->mark_accessed();
        return dst != nullptr ? Cell::same_value(*dst, *op1) : step.put(dst_at, *op1);
    }
}

// Cell `offset` becomes part of its segment, as do empty cells before it.
void reach(Segment& segment, std::uint64_t offset) {
    for (; segment.size < offset; ++segment.size)
        segment.cells[segment.size].clear();
    if (segment.size == offset)
        ++segment.size;
}

bool obeys(SegmentRule rule, const Cell& value) {
    switch (rule) {
        case SegmentRule::none:
            return true;
        case SegmentRule::range_check:
            return value.is_u128();
        case SegmentRule::range_check96:
            return value.is_small();
        case SegmentRule::signature:
        case SegmentRule::deduced:
            return false;
    }
    return false;
}

// A missing cell of another segment, which is what dst holds, or what a builtin makes of its
// inputs. Segment 0 is shared, and 1 has its size in a register: neither is ours.
bool dereference_missing(Step& step, std::uint64_t segment, std::uint64_t offset,
                         std::uint64_t dst_at, const Cell* dst) {
    if (segment < 2)
        return false;
    Segment& found = step.s.segments[segment];
    // The next cell of a segment that must grow.
    if (offset >= found.capacity &&
        (offset != found.size || step.s.memory->reserve(found, offset + 1).has_error()))
        return false;
    Cell& cell = found.cells[offset];
    bool known = false;
    if (found.rule == SegmentRule::deduced) {
        const auto deduction =
            step.s.builtins->deduce_cell(static_cast<std::int32_t>(segment), offset, cell);
        if (deduction == Builtins::Deduction::failed)
            return false;
        known = deduction == Builtins::Deduction::known;
    } else if (dst != nullptr && !obeys(found.rule, *dst)) {
        return false;
    }
    if (!known) {
        if (dst == nullptr)
            return false;
        cell.copy_accessed(*dst, step.arena);
    }
    reach(found, offset);
    if (dst == nullptr)
        return step.put(dst_at, cell);
    return !known || Cell::same_value(*dst, cell);
}

// dst = [[op0] + n]
template <Register kOp0, Register kDst>
bool dereference(Step& step) {
    Cell* const op0 = step.known(displaced(step.r.base<kOp0>(), step.in.op0));
    if (op0 == nullptr || !op0->is_address())
        return false;
    op0->mark_accessed();
    const auto segment = static_cast<std::uint64_t>(op0->segment());
    if (segment >= step.s.segment_count || op0->offset() >= kMaxOffset)
        return false;
    const std::uint64_t offset = displaced(op0->offset(), step.in.op1);
    const Segment& found = step.s.segments[segment];
    const std::uint64_t size = segment == 1 ? step.r.size / kCell : found.size;
    Cell* target = offset < size ? found.cells + offset : nullptr;
    // What the run has written behind the program.
    if (target == nullptr && segment == 0)
        target = const_cast<Cell*>(step.s.memory->cell({0, offset}));
    if (target != nullptr && target->is_empty())
        target = nullptr;
    const std::uint64_t dst_at = displaced(step.r.base<kDst>(), step.in.dst);
    Cell* const dst = step.known(dst_at);
    if (dst != nullptr)
        dst->mark_accessed();
    if (target == nullptr)
        return dereference_missing(step, segment, offset, dst_at, dst);
    target->mark_accessed();
    return dst != nullptr ? Cell::same_value(*dst, *target) : step.put(dst_at, *target);
}

// out = a / b of felts; false for others, and for b = 0.
bool store_quotient(Cell& out, const Cell& a, const Cell& b, Arena& arena) {
    if (store_small_quotient(out, a, b, arena))
        return true;
    if (a.is_relocatable() || b.is_relocatable() || b.is_zero())
        return false;
    out.store_felt(a.felt() * remembered_inverse(b.felt()), arena, true);
    return true;
}

// dst = op0 + op1 or op0 * op1
template <Res kRes, Op1 kOp1, Register kOp0, Register kDst>
bool compute(Step& step) {
    constexpr bool kImmediate = kOp1 == Op1::small || kOp1 == Op1::imm;
    const std::uint64_t dst_at = displaced(step.r.base<kDst>(), step.in.dst);
    const std::uint64_t op0_at = displaced(step.r.base<kOp0>(), step.in.op0);
    const std::uint64_t op1_at =
        kImmediate ? 0 : displaced(kOp1 == Op1::ap ? step.r.ap : step.r.fp, step.in.op1);
    Cell* const op0 = step.known(op0_at);
    // Immediates are shared and marked.
    Cell* const op1 =
        kImmediate ? const_cast<Cell*>(&step.s.immediate(step.r.ip)) : step.known(op1_at);
    Cell* const dst = step.known(dst_at);
    for (Cell* const operand : {dst, op0, op1})
        if (operand != nullptr)
            operand->mark_accessed();

    std::uint64_t out_at = dst_at;
    if (op0 == nullptr || op1 == nullptr) {
        // The unknown is an operand: a difference or a quotient.
        if (dst == nullptr || (op0 == nullptr && op1 == nullptr))
            return false;
        out_at = op0 == nullptr ? op0_at : op1_at;
    } else if (dst != nullptr) {
        return kRes == Res::add ? is_sum(*dst, *op0, *op1, step.arena)
                                : is_product(*dst, *op0, *op1, step.arena);
    }
    Cell* const out = step.missing(out_at);
    if (out == nullptr)
        return false;
    const Cell* const operand = op0 != nullptr ? op0 : op1;
    bool done = false;
    if (op0 == nullptr || op1 == nullptr)
        done = kRes == Res::add ? store_difference(*out, *dst, *operand, step.arena)
                                : store_quotient(*out, *dst, *operand, step.arena);
    else if (kRes == Res::mul)
        done = store_product(*out, *op0, *op1, step.arena);
    else if (kOp1 == Op1::imm && step.in.negative != 0)
        done = sub_small(*out, *op0, step.in.immediate, step.arena);
    else
        done = store_sum(*out, *op0, *op1, step.arena);
    if (done)
        step.appended(out_at);
    return done;
}

// The next most usual after the fast version's case: felts of any size, or an address and a small
// integer, the result pushed, maybe behind cells that a hint will write.
template <Res kRes, Op1 kOp1, Register kOp0, Register kDst>
bool push_result(Step& step) {
    constexpr bool kImmediate = kOp1 == Op1::small || kOp1 == Op1::imm;
    const LoopState& s = step.s;
    Registers& r = step.r;
    const std::uint64_t dst_at = dst_offset<kDst>(r);
    const std::uint64_t op0_at = displaced(r.base<kOp0>(), step.in.op0);
    const std::uint64_t op1_at =
        kImmediate ? 0 : displaced(kOp1 == Op1::ap ? r.ap : r.fp, step.in.op1);
    if (dst_at < r.size || dst_at >= s.room || !r.read(op0_at) || (!kImmediate && !r.read(op1_at)))
        return false;
    const Cell& op0 = r.at(op0_at);
    const Cell& op1 = kImmediate ? s.immediate(r.ip) : r.at(op1_at);
    std::uint64_t moved = 0;
    if (op1.is_relocatable())
        return false;
    const bool address = op0.is_relocatable();
    if (address && (kRes == Res::mul || !op0.is_address() || !op1.is_small() ||
                    __builtin_add_overflow(op0.offset(), op1.small(), &moved)))
        return false;
    for (; r.size < dst_at; r.size += kCell)
        r.at(r.size).clear();
    if (address) {
        r.append().store_address_accessed(op0.segment(), moved, *s.arena);
        return true;
    }
    return kRes == Res::add ? felt_sum(r.append(), op0, op1, *s.arena)
                            : felt_product(r.append(), op0, op1, *s.arena);
}

bool are_felts(const Cell& a, const Cell& b) {
    return !a.is_relocatable() && !b.is_relocatable();
}

}  // namespace

[[gnu::flatten]] bool felt_sum(Cell& out, const Cell& op0, const Cell& op1, Arena& arena) {
    if (!are_felts(op0, op1)) [[unlikely]]
        return false;
    out.store_felt(op0.felt() + op1.felt(), arena, true);
    return true;
}

[[gnu::flatten]] bool felt_product(Cell& out, const Cell& op0, const Cell& op1, Arena& arena) {
    if (!are_felts(op0, op1)) [[unlikely]]
        return false;
    out.store_felt(op0.felt() * op1.felt(), arena, true);
    return true;
}

template <Op1 kOp1, Register kDst>
std::uint64_t full_assign(BLOCKEXECD_FULL_PARAMETERS) {
    Step step(s, ip, stack, size, ap, fp);
    return step.end(assign<kOp1, kDst>(step));
}

template <Register kOp0, Register kDst>
std::uint64_t full_dereference(BLOCKEXECD_FULL_PARAMETERS) {
    Step step(s, ip, stack, size, ap, fp);
    return step.end(dereference<kOp0, kDst>(step));
}

template <Res kRes, Op1 kOp1, Register kOp0, Register kDst>
std::uint64_t full_compute(BLOCKEXECD_FULL_PARAMETERS) {
    Step step(s, ip, stack, size, ap, fp);
    const bool done =
        push_result<kRes, kOp1, kOp0, kDst>(step) || compute<kRes, kOp1, kOp0, kDst>(step);
    return step.end(done);
}

// The lists name each form once for each ap update, which the loop makes: one instance serves both.
#define ASSIGN(op1, dst, ap_update) ASSIGN_##ap_update(op1, dst)
#define ASSIGN_add1(op1, dst)
#define ASSIGN_regular(op1, dst) \
    template std::uint64_t full_assign<Op1::op1, Register::dst>(BLOCKEXECD_FULL_PARAMETERS);
#define DEREF(op0, dst, ap_update) DEREF_##ap_update(op0, dst)
#define DEREF_add1(op0, dst)
#define DEREF_regular(op0, dst)                                            \
    template std::uint64_t full_dereference<Register::op0, Register::dst>( \
        BLOCKEXECD_FULL_PARAMETERS);
#define COMPUTE(res, op1, op0, dst, ap_update) COMPUTE_##ap_update(res, op1, op0, dst)
#define COMPUTE_add1(res, op1, op0, dst)
#define COMPUTE_regular(res, op1, op0, dst)                                                \
    template std::uint64_t full_compute<Res::res, Op1::op1, Register::op0, Register::dst>( \
        BLOCKEXECD_FULL_PARAMETERS);
BLOCKEXECD_ASSIGN_FORMS(ASSIGN)
BLOCKEXECD_DEREF_FORMS(DEREF)
BLOCKEXECD_COMPUTE_FORMS(COMPUTE)

}  // namespace blockexecd::vm::fast
