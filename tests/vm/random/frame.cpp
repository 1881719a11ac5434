// SPDX-License-Identifier: Apache-2.0
// Code that is valid unless the cells that it names are not what they should be.
#include "tests/vm/random/frame.hpp"

#include <algorithm>

namespace blockexecd::vm::random {

namespace {

// Offsets that a program of this size can have; the encoding holds 16 bits.
constexpr std::int32_t kMaxOffset = 0x7fff;
constexpr std::uint64_t kStrayKind = 1;  // percent

}  // namespace

Known Frame::find(Kind kind) {
    if (known.empty())
        return {-1, Kind::code};
    if (random.percent(kStrayKind))
        return random.pick(known);
    std::vector<Known> same, numbers;
    for (const Known& cell : known) {
        if (cell.kind == kind)
            same.push_back(cell);
        if (cell.kind == Kind::felt || cell.kind == Kind::small)
            numbers.push_back(cell);
    }
    if (same.empty() && numbers.empty())
        return random.pick(known);
    return random.pick(same.empty() ? numbers : same);
}

bool Frame::has(Kind kind) const {
    return std::ranges::any_of(known, [kind](const Known& cell) { return cell.kind == kind; });
}

Known Frame::find_number() {
    const std::uint64_t choice = random.below(10);
    return find(choice < 5 ? Kind::small : choice < 9 ? Kind::felt : Kind::qm31);
}

Placed Frame::place(const Known& cell) {
    return place(cell.offset);
}

Placed Frame::place(std::int32_t offset) {
    if (random.below(2) == 0 && offset - ap > -kMaxOffset)
        return {Base::ap, offset - ap};
    return {Base::fp, offset};
}

Known Frame::pushed(Kind kind) {
    const Known cell{ap, kind};
    known.push_back(cell);
    ++ap;
    return cell;
}

Known Frame::push(const Felt& value, Kind kind) {
    emit({});
    words.push_back(value);
    return pushed(kind);
}

Known Frame::push_copy(const Known& cell) {
    const Placed from = place(cell);
    emit({.off_op1 = from.offset, .op1_source = from.base == Base::fp ? 2U : 4U});
    return pushed(cell.kind);
}

Known Frame::push_sum(const Known& cell, const Felt& value, Kind kind) {
    const Placed from = place(cell);
    emit({.off_op0 = from.offset, .op0 = from.base, .res = 1});
    words.push_back(value);
    return pushed(kind);
}

Known Frame::push_loaded(const Known& pointer, std::int32_t offset, Kind kind) {
    const Placed from = place(pointer);
    emit({.off_op0 = from.offset, .off_op1 = offset, .op0 = from.base, .op1_source = 0});
    return pushed(kind);
}

void Frame::store(const Known& pointer, std::int32_t offset, const Known& value) {
    const Placed to = place(pointer);
    const Placed from = place(value);
    emit({.off_dst = from.offset,
          .off_op0 = to.offset,
          .off_op1 = offset,
          .dst = from.base,
          .op0 = to.base,
          .op1_source = 0,
          .ap_update = 0});
}

void Frame::advance(std::int32_t n) {
    emit({.off_dst = -1, .dst = Base::fp, .ap_update = 1, .opcode = 0});
    words.push_back(Felt::from_i64(n));
    ap += n;
}

void Frame::ret() {
    emit({.off_dst = -2,
          .off_op1 = -1,
          .dst = Base::fp,
          .op1_source = 2,
          .pc_update = 1,
          .ap_update = 0,
          .opcode = 2});
}

void Frame::add_hint(CasmHintId id, std::vector<HintOperand> operands) {
    if (casm_hints.empty() || casm_hints.back().pc != pc())
        casm_hints.push_back({pc(), {}});
    casm_hints.back().hints.push_back({id, std::move(operands)});
}

Felt random_felt(RandomSource& random) {
    switch (random.below(9)) {
        case 0:
            return -Felt(random.below(5));
        case 1:
            return Felt(UINT64_MAX - random.below(3));
        case 2: {
            const Felt beyond(random.below(4));
            return Felt::from_u128(UINT64_MAX - random.below(2), UINT64_MAX) + beyond;
        }
        case 3: {
            const std::uint64_t high = random.below(3);
            return Felt::from_u128(random.below(5), high);
        }
        case 4: {
            const Felt below(random.below(2));
            return Felt(2).pow({random.below(252), 0, 0, 0}) - below;
        }
        case 5:
            return Felt(random.next()) * Felt(random.next()) * Felt(random.next()) *
                   Felt(random.next());
        case 6:
            return Felt(random.next() >> random.below(64));
        default:
            return Felt(random.below(12));
    }
}

Felt random_qm31(RandomSource& random) {
    constexpr std::uint64_t kM31 = (std::uint64_t{1} << 31) - 1;
    Felt packed;
    for (int i = 0; i < 4; ++i) {
        const std::uint64_t choice = random.below(8);
        const std::uint64_t coordinate = choice == 0   ? 0
                                         : choice == 1 ? kM31 - 1 - random.below(2)
                                         : choice == 2 ? random.below(4)
                                                       : random.below(kM31);
        packed = packed * Felt(std::uint64_t{1} << 36) + Felt(coordinate);
    }
    // Now and then a coordinate that is not reduced.
    return random.percent(3) ? packed + Felt(kM31) : packed;
}

}  // namespace blockexecd::vm::random
