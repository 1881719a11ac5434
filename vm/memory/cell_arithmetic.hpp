// SPDX-License-Identifier: Apache-2.0
// Arithmetic from cells to a cell, for the interpreter's fast forms: the VM's operation table
// without its errors. Each answers false where the table has an error or a case too rare to repeat
// here; the step-by-step interpreter decides then.
#pragma once

#include <cstdint>

#include "vm/memory/cell.hpp"

namespace blockexecd::vm {

namespace cell_arithmetic_detail {

// Out of line, for full felts.
bool add_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena);
bool sub_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena);
bool mul_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena);
void store_u128(Cell& out, std::uint64_t low, std::uint64_t high, Arena& arena);

}  // namespace cell_arithmetic_detail

// Preconditions of all: the operands are not empty. The result is marked accessed; `out` may be
// uninitialised.

// a + value
[[gnu::always_inline]] inline bool add_small(Cell& out, const Cell& a, std::uint64_t value,
                                             Arena& arena) {
    std::uint64_t sum = 0;
    if (__builtin_add_overflow(a.low(), value, &sum)) [[unlikely]]
        sum = 0;
    if (a.is_small()) {
        if (sum < value) [[unlikely]]
            cell_arithmetic_detail::store_u128(out, a.low() + value, 1, arena);
        else
            out.store_small_accessed(sum, arena);
        return true;
    }
    if (a.is_address()) {
        if (sum < value) [[unlikely]]
            return false;
        out.store_address_accessed(a.segment(), sum, arena);
        return true;
    }
    Cell b;
    b.store_small_accessed(value, arena);
    return cell_arithmetic_detail::add_felts(out, a, b, arena);
}

// a - value, for an immediate that is p - value.
[[gnu::always_inline]] inline bool sub_small(Cell& out, const Cell& a, std::uint64_t value,
                                             Arena& arena) {
    if (a.is_small() && a.low() >= value) {
        out.store_small_accessed(a.low() - value, arena);
        return true;
    }
    if (a.is_address()) {
        if (a.low() < value)
            return false;
        out.store_address_accessed(a.segment(), a.low() - value, arena);
        return true;
    }
    Cell b;
    b.store_small_accessed(value, arena);
    return cell_arithmetic_detail::sub_felts(out, a, b, arena);
}

[[gnu::always_inline]] inline bool add_cells(Cell& out, const Cell& a, const Cell& b,
                                             Arena& arena) {
    if (b.is_small())
        return add_small(out, a, b.low(), arena);
    if (a.is_small() && b.is_address())
        return add_small(out, b, a.low(), arena);
    return cell_arithmetic_detail::add_felts(out, a, b, arena);
}

[[gnu::always_inline]] inline bool sub_cells(Cell& out, const Cell& a, const Cell& b,
                                             Arena& arena) {
    if (b.is_small())
        return sub_small(out, a, b.low(), arena);
    if (a.is_address() && b.is_address()) {
        if (a.segment() != b.segment() || a.low() < b.low())
            return false;
        out.store_small_accessed(a.low() - b.low(), arena);
        return true;
    }
    return cell_arithmetic_detail::sub_felts(out, a, b, arena);
}

[[gnu::always_inline]] inline bool mul_small(Cell& out, const Cell& a, std::uint64_t value,
                                             Arena& arena) {
    if (a.is_small()) {
        __extension__ typedef unsigned __int128 u128;
        const u128 product = static_cast<u128>(a.low()) * value;
        if ((product >> 64) == 0)
            out.store_small_accessed(static_cast<std::uint64_t>(product), arena);
        else
            cell_arithmetic_detail::store_u128(out, static_cast<std::uint64_t>(product),
                                               static_cast<std::uint64_t>(product >> 64), arena);
        return true;
    }
    Cell b;
    b.store_small_accessed(value, arena);
    return cell_arithmetic_detail::mul_felts(out, a, b, arena);
}

[[gnu::always_inline]] inline bool mul_cells(Cell& out, const Cell& a, const Cell& b,
                                             Arena& arena) {
    if (b.is_small())
        return mul_small(out, a, b.low(), arena);
    return cell_arithmetic_detail::mul_felts(out, a, b, arena);
}

}  // namespace blockexecd::vm
