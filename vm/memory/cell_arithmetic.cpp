// SPDX-License-Identifier: Apache-2.0
// The full-felt cases.
#include "vm/memory/cell_arithmetic.hpp"

namespace blockexecd::vm {

namespace cell_arithmetic_detail {

namespace {

bool move_address(Cell& out, const Relocatable& base, const Felt& by, Arena& arena) {
    const auto offset = (Felt(base.offset) + by).to_u64();
    if (!offset)
        return false;
    out.store_relocatable({base.segment, *offset}, arena, true);
    return true;
}

bool add_felt(Cell& out, const Cell& a, const Felt& b, Arena& arena) {
    if (a.is_relocatable())
        return move_address(out, a.relocatable(), b, arena);
    out.store_felt(a.felt() + b, arena, true);
    return true;
}

bool sub_felt(Cell& out, const Cell& a, const Felt& b, Arena& arena) {
    if (a.is_relocatable())
        return move_address(out, a.relocatable(), -b, arena);
    out.store_felt(a.felt() - b, arena, true);
    return true;
}

bool mul_felt(Cell& out, const Cell& a, const Felt& b, Arena& arena) {
    if (a.is_relocatable())
        return false;
    out.store_felt(a.felt() * b, arena, true);
    return true;
}

}  // namespace

[[gnu::flatten]] bool add_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena) {
    if (!b.is_relocatable())
        return add_felt(out, a, b.felt(), arena);
    return !a.is_relocatable() && move_address(out, b.relocatable(), a.felt(), arena);
}

[[gnu::flatten]] bool sub_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena) {
    return !b.is_relocatable() && sub_felt(out, a, b.felt(), arena);
}

[[gnu::flatten]] bool mul_felts(Cell& out, const Cell& a, const Cell& b, Arena& arena) {
    return !b.is_relocatable() && mul_felt(out, a, b.felt(), arena);
}

[[gnu::flatten]] bool add_small_to_felt(Cell& out, const Cell& a, std::uint64_t value,
                                        Arena& arena) {
    return add_felt(out, a, Felt(value), arena);
}

[[gnu::flatten]] bool sub_small_from_felt(Cell& out, const Cell& a, std::uint64_t value,
                                          Arena& arena) {
    return sub_felt(out, a, Felt(value), arena);
}

[[gnu::flatten]] bool mul_felt_by_small(Cell& out, const Cell& a, std::uint64_t value,
                                        Arena& arena) {
    return mul_felt(out, a, Felt(value), arena);
}

void store_u128(Cell& out, std::uint64_t low, std::uint64_t high, Arena& arena) {
    out.store_felt(Felt::from_u128(low, high), arena, true);
}

}  // namespace cell_arithmetic_detail

namespace {

// Felts whose sum or product is compared without being stored.
bool are_large_felts(const Cell& a, const Cell& b) {
    return !(a.is_small() && b.is_small()) && !a.is_relocatable() && !b.is_relocatable();
}

// A result that is only compared. What it takes of the arena is given back.
class Temporary {
  public:
    explicit Temporary(Arena& arena) : arena_(arena), mark_(arena.mark()) {}
    ~Temporary() {
        if constexpr (Cell::kBoxesValues)
            arena_.rewind(mark_);
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;

    Cell cell;

  private:
    Arena& arena_;
    Arena::Mark mark_;
};

}  // namespace

bool store_sum(Cell& out, const Cell& a, const Cell& b, Arena& arena) {
    return add_cells(out, a, b, arena);
}

bool store_difference(Cell& out, const Cell& a, const Cell& b, Arena& arena) {
    return sub_cells(out, a, b, arena);
}

bool store_product(Cell& out, const Cell& a, const Cell& b, Arena& arena) {
    return mul_cells(out, a, b, arena);
}

bool store_small_quotient(Cell& out, const Cell& a, const Cell& b, Arena& arena) {
    if (!a.is_small() || !b.is_small() || b.small() == 0 || a.small() % b.small() != 0)
        return false;
    out.store_small_accessed(a.small() / b.small(), arena);
    return true;
}

bool is_sum(const Cell& dst, const Cell& a, const Cell& b, Arena& arena) {
    if (are_large_felts(a, b))
        return !dst.is_relocatable() && dst.felt() == a.felt() + b.felt();
    Temporary sum(arena);
    return add_cells(sum.cell, a, b, arena) && Cell::same_value(dst, sum.cell);
}

bool is_product(const Cell& dst, const Cell& a, const Cell& b, Arena& arena) {
    if (are_large_felts(a, b))
        return !dst.is_relocatable() && dst.felt() == a.felt() * b.felt();
    Temporary product(arena);
    return mul_cells(product.cell, a, b, arena) && Cell::same_value(dst, product.cell);
}

}  // namespace blockexecd::vm
