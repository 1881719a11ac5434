// SPDX-License-Identifier: Apache-2.0
// Arithmetic from cells to a cell, for the interpreter's fast forms: the VM's operation table
// without its errors. Each answers false where the table has an error or a case too rare to repeat
// here, and has written nothing then; the step-by-step interpreter decides.
#pragma once

#include <cstdint>

#include "vm/memory/cell.hpp"

namespace blockexecd::vm {

namespace cell_arithmetic_detail {

// Out of line, for full felts.
bool add_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena);
bool sub_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena);
bool mul_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena);
bool add_small_to_felt(Cell& out, const Cell& a, std::uint64_t value, Arena& arena);
bool sub_small_from_felt(Cell& out, const Cell& a, std::uint64_t value, Arena& arena);
bool mul_felt_by_small(Cell& out, const Cell& a, std::uint64_t value, Arena& arena);
void store_u128(Cell& out, std::uint64_t low, std::uint64_t high, Arena& arena);

}  // namespace cell_arithmetic_detail

// Preconditions of all: the operands are not empty. The result is marked accessed; `out` may be
// uninitialised, and is no operand.

// a + value
[[gnu::always_inline]] inline bool add_small(Cell& out, const Cell& a, std::uint64_t value,
                                             Arena& arena) {
    std::uint64_t sum = 0;
    if (a.is_small()) [[likely]] {
        if (__builtin_add_overflow(a.small(), value, &sum)) [[unlikely]]
            cell_arithmetic_detail::store_u128(out, sum, 1, arena);
        else
            out.store_small_accessed(sum, arena);
        return true;
    }
    if (a.is_address()) {
        if (__builtin_add_overflow(a.offset(), value, &sum)) [[unlikely]]
            return false;
        out.store_address_accessed(a.segment(), sum, arena);
        return true;
    }
    return cell_arithmetic_detail::add_small_to_felt(out, a, value, arena);
}

// a - value, for an immediate that is p - value.
[[gnu::always_inline]] inline bool sub_small(Cell& out, const Cell& a, std::uint64_t value,
                                             Arena& arena) {
    if (a.is_small() && a.small() >= value) [[likely]] {
        out.store_small_accessed(a.small() - value, arena);
        return true;
    }
    if (a.is_address()) {
        if (a.offset() < value) [[unlikely]]
            return false;
        out.store_address_accessed(a.segment(), a.offset() - value, arena);
        return true;
    }
    return cell_arithmetic_detail::sub_small_from_felt(out, a, value, arena);
}

[[gnu::always_inline]] inline bool add_cells(Cell& out, const Cell& a, const Cell& b,
                                             Arena& arena) {
    if (b.is_small())
        return add_small(out, a, b.small(), arena);
    if (a.is_small() && b.is_address())
        return add_small(out, b, a.small(), arena);
    return cell_arithmetic_detail::add_felts(out, a, b, arena);
}

[[gnu::always_inline]] inline bool sub_cells(Cell& out, const Cell& a, const Cell& b,
                                             Arena& arena) {
    if (b.is_small())
        return sub_small(out, a, b.small(), arena);
    if (a.is_address() && b.is_address()) {
        if (a.segment() != b.segment() || a.offset() < b.offset())
            return false;
        out.store_small_accessed(a.offset() - b.offset(), arena);
        return true;
    }
    return cell_arithmetic_detail::sub_felts(out, a, b, arena);
}

[[gnu::always_inline]] inline bool mul_small(Cell& out, const Cell& a, std::uint64_t value,
                                             Arena& arena) {
    if (a.is_small()) [[likely]] {
        __extension__ typedef unsigned __int128 u128;
        const u128 product = static_cast<u128>(a.small()) * value;
        if ((product >> 64) == 0)
            out.store_small_accessed(static_cast<std::uint64_t>(product), arena);
        else
            cell_arithmetic_detail::store_u128(out, static_cast<std::uint64_t>(product),
                                               static_cast<std::uint64_t>(product >> 64), arena);
        return true;
    }
    return cell_arithmetic_detail::mul_felt_by_small(out, a, value, arena);
}

[[gnu::always_inline]] inline bool mul_cells(Cell& out, const Cell& a, const Cell& b,
                                             Arena& arena) {
    if (b.is_small())
        return mul_small(out, a, b.small(), arena);
    return cell_arithmetic_detail::mul_felts(out, a, b, arena);
}

// Out of line, for what is common but not in every instruction: out = a + b, a - b, a * b, and
// whether dst = a + b, dst = a * b (false also where the operation itself has no result).
bool store_sum(Cell& out, const Cell& a, const Cell& b, Arena& arena);
bool store_difference(Cell& out, const Cell& a, const Cell& b, Arena& arena);
bool store_product(Cell& out, const Cell& a, const Cell& b, Arena& arena);
// out = a / b, of small integers where b divides a: other quotients are rare.
bool store_small_quotient(Cell& out, const Cell& a, const Cell& b, Arena& arena);
bool is_sum(const Cell& dst, const Cell& a, const Cell& b, Arena& arena);
bool is_product(const Cell& dst, const Cell& a, const Cell& b, Arena& arena);

}  // namespace blockexecd::vm
