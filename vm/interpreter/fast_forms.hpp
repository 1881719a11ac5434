// SPDX-License-Identifier: Apache-2.0
// The forms as they mostly are, without the registers' updates: operands there, the result pushed
// behind the stack's end, or behind that of another segment. Anything else answers false and has
// changed nothing but marks; the full version of the form comes next.
#pragma once

#include <cstdint>

#include "vm/interpreter/loop_state.hpp"
#include "vm/program/forms.hpp"

namespace blockexecd::vm::fast {

enum class Op1 : std::uint8_t { small, imm, ap, fp };

[[gnu::always_inline]] inline bool can_append(const LoopState& s, const Registers& r,
                                              std::uint64_t offset) {
    return offset == r.size && offset != s.room;
}

// An immediate of the stream, which every layout has a small form for.
[[gnu::always_inline]] inline std::uint64_t small_immediate(const DecodedInstruction& in) {
    if (in.immediate > kMaxStreamImmediate)
        __builtin_unreachable();
    return in.immediate;
}

template <Register kDst>
[[gnu::always_inline]] inline std::uint64_t dst_offset(const Registers& r) {
    return displaced(r.base<kDst>(), r.ip->dst);
}

// dst = op1
template <Op1 kOp1, Register kDst>
[[gnu::always_inline]] inline bool fast_assign(const LoopState& s, Registers& r) {
    const DecodedInstruction& in = *r.ip;
    const std::uint64_t dst_at = dst_offset<kDst>(r);
    if (!can_append(s, r, dst_at)) [[unlikely]]
        return false;
    if constexpr (kOp1 == Op1::small) {
        r.append().store_small_accessed(small_immediate(in), *s.arena);
    } else if constexpr (kOp1 == Op1::imm) {
        r.append().copy_accessed(s.immediate(r.ip), *s.arena);
    } else {
        const std::uint64_t op1_at = displaced(kOp1 == Op1::ap ? r.ap : r.fp, in.op1);
        if (!r.read(op1_at)) [[unlikely]]
            return false;
        r.append().copy_accessed(r.at(op1_at), *s.arena);
    }
    return true;
}

// dst = [[op0] + n]: read, or written behind the end of another segment.
template <Register kOp0, Register kDst>
[[gnu::always_inline]] inline bool fast_dereference(const LoopState& s, Registers& r) {
    const DecodedInstruction& in = *r.ip;
    const std::uint64_t op0_at = displaced(r.base<kOp0>(), in.op0);
    if (!r.read(op0_at)) [[unlikely]]
        return false;
    const Cell& op0 = r.at(op0_at);
    const auto segment = static_cast<std::uint64_t>(op0.segment());
    if (!op0.is_address() || segment >= s.segment_count || op0.offset() >= kMaxOffset) [[unlikely]]
        return false;
    const std::uint64_t dst_at = dst_offset<kDst>(r);
    const std::uint64_t offset = displaced(op0.offset(), in.op1);
    Segment& found = s.segments[segment];
    const std::uint64_t size = segment == 1 ? r.size / kCell : found.size;
    if (offset < size) {
        Cell& from = found.cells[offset];
        if (!can_append(s, r, dst_at) || !r.reads(from))
            return false;
        r.append().copy_accessed(from, *s.arena);
        return true;
    }
    if (offset != size || offset == found.capacity || segment < 2 || !r.read(dst_at))
        return false;
    const Cell& dst = r.at(dst_at);
    if (found.rule != SegmentRule::none &&
        (found.rule != SegmentRule::range_check || !dst.is_u128()))
        return false;
    found.cells[offset].copy_accessed(dst, *s.arena);
    ++found.size;
    return true;
}

// dst = op0 + op1 or op0 * op1, of small integers; or an address plus one.
template <Res kRes, Op1 kOp1, Register kOp0, Register kDst>
[[gnu::always_inline]] inline bool fast_compute(const LoopState& s, Registers& r) {
    const DecodedInstruction& in = *r.ip;
    const std::uint64_t dst_at = dst_offset<kDst>(r);
    const std::uint64_t op0_at = displaced(r.base<kOp0>(), in.op0);
    if (!can_append(s, r, dst_at) || op0_at >= r.size) [[unlikely]]
        return false;
    Cell& op0 = r.at(op0_at);
    if constexpr (kOp1 == Op1::imm) {
        if (kRes == Res::mul || in.negative == 0 || !r.reads_small(op0) ||
            op0.small() < in.immediate)
            return false;
        r.append().store_small_accessed(op0.small() - in.immediate, *s.arena);
        return true;
    } else {
        std::uint64_t op1 = 0;
        if constexpr (kOp1 == Op1::small) {
            op1 = small_immediate(in);
        } else {
            const std::uint64_t op1_at = displaced(kOp1 == Op1::ap ? r.ap : r.fp, in.op1);
            if (op1_at >= r.size || !r.reads_small(r.at(op1_at))) [[unlikely]]
                return false;
            op1 = r.at(op1_at).small();
        }
        std::uint64_t result = 0;
        if (r.reads_small(op0)) [[likely]] {
            if ((kRes == Res::add ? __builtin_add_overflow(op0.small(), op1, &result)
                                  : __builtin_mul_overflow(op0.small(), op1, &result)) ||
                result > Cell::kMaxSmall) [[unlikely]]
                return false;
            r.append().store_small_accessed(result, *s.arena);
            return true;
        }
        if (kRes == Res::mul || !r.reads(op0) || !op0.is_address() ||
            __builtin_add_overflow(op0.offset(), op1, &result) || result >= kMaxOffset)
            return false;
        r.append().store_address_accessed(op0.segment(), result, *s.arena);
        return true;
    }
}

[[gnu::always_inline]] inline bool fast_call(const LoopState& s, Registers& r) {
    if (r.ap < r.size || s.room < 2 * kCell || r.ap > s.room - 2 * kCell ||
        r.fp >= kMaxOffset * kCell) [[unlikely]]
        return false;
    // Variables that are not written yet.
    for (; r.size < r.ap; r.size += kCell)
        r.at(r.size).clear();
    r.append().store_address_accessed(1, r.fp / kCell, *s.arena);
    const auto pc = static_cast<std::uint64_t>(r.ip - s.code);
    if (pc >= kMaxOffset - 2)
        __builtin_unreachable();
    r.append().store_address_accessed(0, pc + 2, *s.arena);
    return true;
}

[[gnu::always_inline]] inline bool fast_return(const LoopState& s, Registers& r) {
    if (!r.read(r.fp - 2 * kCell) || !r.read(r.fp - kCell)) [[unlikely]]
        return false;
    const Cell& caller_fp = r.at(r.fp - 2 * kCell);
    const Cell& return_pc = r.at(r.fp - kCell);
    if (!return_pc.is_address() || return_pc.segment() != 0 || return_pc.offset() >= s.length ||
        !caller_fp.is_address() || caller_fp.offset() >= kMaxOffset) [[unlikely]]
        return false;
    r.fp = caller_fp.offset() * kCell;
    r.ip = s.code + return_pc.offset();
    return true;
}

}  // namespace blockexecd::vm::fast
