// SPDX-License-Identifier: Apache-2.0
// The full-felt cases.
#include "vm/memory/cell_arithmetic.hpp"

namespace blockexecd::vm::cell_arithmetic_detail {

bool add_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena) {
    const bool address_a = a.is_relocatable();
    const bool address_b = b.is_relocatable();
    if (address_a && address_b)
        return false;
    if (!address_a && !address_b) {
        out.store_felt(a.felt() + b.felt(), arena, true);
        return true;
    }
    const Relocatable base = address_a ? a.relocatable() : b.relocatable();
    const auto offset = (Felt(base.offset) + (address_a ? b.felt() : a.felt())).to_u64();
    if (!offset)
        return false;
    out.store_relocatable({base.segment, *offset}, arena, true);
    return true;
}

bool sub_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena) {
    const bool address_a = a.is_relocatable();
    const bool address_b = b.is_relocatable();
    if (address_b)
        return false;
    if (!address_a) {
        out.store_felt(a.felt() - b.felt(), arena, true);
        return true;
    }
    const Relocatable base = a.relocatable();
    const auto offset = (Felt(base.offset) - b.felt()).to_u64();
    if (!offset)
        return false;
    out.store_relocatable({base.segment, *offset}, arena, true);
    return true;
}

bool mul_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena) {
    if (a.is_relocatable() || b.is_relocatable())
        return false;
    out.store_felt(a.felt() * b.felt(), arena, true);
    return true;
}

void store_u128(Cell& out, std::uint64_t low, std::uint64_t high, Arena& arena) {
    out.store_felt(Felt::from_u128(low, high), arena, true);
}

}  // namespace blockexecd::vm::cell_arithmetic_detail
