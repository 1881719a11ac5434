// SPDX-License-Identifier: Apache-2.0
// Cairo 1 hints: one at a time on random operands, and whole dictionaries.
#include <algorithm>
#include <array>

#include "tests/vm/random/snippets.hpp"

namespace blockexecd::vm::random {

namespace {

using OperandKind = HintOperand::Kind;

// What the embedding executor runs, what is drawn at random, what prints, and the assertions of old
// compilers, which the Starknet engine passes over and the VM's own processor does not know.
constexpr std::array kLeftOut{CasmHintId::AssertCurrentAccessIndicesIsEmpty,
                              CasmHintId::AssertAllAccessesUsed,
                              CasmHintId::AssertAllKeysUsed,
                              CasmHintId::AssertLeAssertThirdArcExcluded,
                              CasmHintId::AssertLtAssertValidInput,
                              CasmHintId::SystemCall,
                              CasmHintId::Cheatcode,
                              CasmHintId::RandomEcPoint,
                              CasmHintId::DebugPrint};

CellRef cell_ref(Frame& frame, std::int32_t offset) {
    const Placed at = frame.place(offset);
    return {at.base == Base::fp ? Register::fp : Register::ap,
            static_cast<std::int16_t>(at.offset)};
}

HintOperand deref(Frame& frame, const Known& cell) {
    HintOperand operand;
    operand.cell = cell_ref(frame, cell.offset);
    return operand;
}

HintOperand cell(Frame& frame, std::int32_t offset) {
    return deref(frame, {offset, Kind::felt});
}

// [cell] + number, as a buffer is written.
HintOperand buffer(Frame& frame, const Known& pointer, std::int32_t offset) {
    HintOperand operand = deref(frame, pointer);
    if (offset == 0 && frame.random.percent(70))
        return operand;
    operand.kind = OperandKind::add_immediate;
    operand.value = Felt::from_i64(offset);
    return operand;
}

HintOperand immediate(const Felt& value) {
    HintOperand operand;
    operand.kind = OperandKind::immediate;
    operand.value = value;
    return operand;
}

HintOperand number(Builder& b) {
    Frame& f = *b.frame;
    HintOperand operand = deref(f, f.find_number());
    switch (b.random.below(12)) {
        case 0:
            operand.kind = OperandKind::add_deref;
            operand.second = cell_ref(f, f.find_number().offset);
            break;
        case 1:
            operand.kind =
                b.random.percent(50) ? OperandKind::mul_immediate : OperandKind::add_immediate;
            operand.value = random_felt(b.random);
            break;
        case 2:
            operand.kind = OperandKind::mul_deref;
            operand.second = cell_ref(f, f.find_number().offset);
            break;
        case 3:
            operand = deref(f, f.find(Kind::words));
            operand.kind = OperandKind::double_deref;
            operand.offset = static_cast<std::int16_t>(b.random.between(0, 3));
            break;
        case 4:
        case 5:
        case 6:
            return immediate(random_felt(b.random));
        case 7: {
            // Where hints ask for 128 bits or a small divisor.
            const std::uint64_t high = b.random.next() >> b.random.below(64);
            return immediate(Felt::from_u128(b.random.next(), high));
        }
        default:
            break;
    }
    return operand;
}

// Where an operand is missing or an address, the Starknet engine and the VM's own processor differ
// in these; ours follows the first.
bool only_immediates(CasmHintId id) {
    static constexpr std::array kIds{
        CasmHintId::TestLessThanOrEqual, CasmHintId::TestLessThanOrEqualAddress,
        CasmHintId::EvalCircuit, CasmHintId::Felt252DictEntryUpdate, CasmHintId::Felt252DictWrite,
        // The last where sizes add up to more than an offset can be.
        CasmHintId::AllocConstantSize};
    return std::ranges::find(kIds, id) != kIds.end();
}

HintOperand only_immediate(Builder& b, CasmHintId id) {
    if (id == CasmHintId::EvalCircuit)
        return immediate(Felt(b.random.below(3)));
    if (id == CasmHintId::AllocConstantSize)
        return immediate(Felt(b.random.below(4096)));
    return immediate(random_felt(b.random));
}

bool names_a_buffer(std::string_view operand) {
    return operand.ends_with("_ptr") || operand.ends_with("_builtin") ||
           operand == "dict_accesses" || operand == "start" || operand == "end";
}

}  // namespace

void emit_casm_hint(Builder& b) {
    Frame& f = *b.frame;
    // Those behind are an executable's, which the reference VM's processor does not know.
    constexpr auto kLast = static_cast<std::size_t>(CasmHintId::Cheatcode);
    const auto id = static_cast<CasmHintId>(b.random.below(kLast + 1));
    if (std::ranges::find(kLeftOut, id) != kLeftOut.end())
        return;
    std::vector<HintOperand> operands;
    std::int32_t written = 0;
    for (std::string_view rest = kCasmHintOperands[static_cast<std::size_t>(id)]; !rest.empty();) {
        std::string_view operand = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), operand.size() + 1));
        if (operand.ends_with('&'))
            operands.push_back(
                cell(f, b.random.percent(97) ? f.ap + written++ : f.find_number().offset));
        else if (names_a_buffer(operand)) {
            const std::int32_t offset = b.random.between(0, 4);
            operands.push_back(
                buffer(f, f.find(b.random.percent(80) ? Kind::empty : Kind::data), offset));
        } else {
            operands.push_back(only_immediates(id) ? only_immediate(b, id) : number(b));
        }
    }
    f.add_hint(id, std::move(operands));
    const std::int32_t first = f.ap;
    f.advance(written);
    for (std::int32_t i = 0; i < written; ++i)
        f.known.push_back({first + i, Kind::felt});
}

void emit_casm_segment(Builder& b) {
    Frame& f = *b.frame;
    if (b.random.percent(70))
        f.add_hint(CasmHintId::AllocSegment, {cell(f, f.ap)});
    else
        f.add_hint(CasmHintId::AllocConstantSize,
                   {immediate(Felt(b.random.below(20))), cell(f, f.ap)});
    f.pushed(Kind::empty);
    f.ap -= 1;
    f.advance(1);
}

void emit_dictionary(Builder& b) {
    Frame& f = *b.frame;
    const auto found = std::ranges::find(b.program.builtins, BuiltinName::segment_arena);
    if (found == b.program.builtins.end())
        return;
    Known& arena = b.builtin_pointers[static_cast<std::size_t>(found - b.program.builtins.begin())];
    f.add_hint(CasmHintId::AllocFelt252Dict, {buffer(f, arena, 0)});
    const Known infos = f.push_loaded(arena, -3, Kind::builtin);
    const std::int32_t index = b.dictionaries++;
    const Known dictionary = f.push_loaded(infos, 3 * index, Kind::builtin);
    // The arena's next three cells.
    f.store(arena, 0, infos);
    f.store(arena, 1, f.push(Felt(static_cast<std::uint64_t>(index + 1)), Kind::small));
    f.store(arena, 2, f.push(Felt(0), Kind::small));
    arena = f.push_sum(arena, Felt(3), Kind::builtin);

    const auto accesses = b.random.between(0, 5);
    for (std::int32_t i = 0; i < accesses; ++i) {
        const Known key = f.push(
            b.random.percent(85) ? Felt(b.random.below(4)) : random_felt(b.random), Kind::felt);
        const Known at = f.push_sum(dictionary, Felt::from_i64(3 * i), Kind::builtin);
        f.store(at, 0, key);
        const Known value = f.push(random_felt(b.random), Kind::felt);
        const auto id =
            b.random.percent(3) ? CasmHintId::Felt252DictWrite : CasmHintId::Felt252DictEntryInit;
        if (id == CasmHintId::Felt252DictEntryInit)
            f.add_hint(id, {buffer(f, at, 0), deref(f, key)});
        else
            f.add_hint(id, {buffer(f, at, 0), deref(f, key), deref(f, value)});
        f.store(at, 2, value);
        f.add_hint(CasmHintId::Felt252DictEntryUpdate, {buffer(f, at, 3), deref(f, value)});
        f.push_loaded(at, 1, Kind::felt);
    }
    const Known end = f.push_sum(dictionary, Felt::from_i64(3 * accesses), Kind::builtin);
    f.add_hint(CasmHintId::GetSegmentArenaIndex, {buffer(f, end, 0), cell(f, f.ap)});
    f.advance(1);
    f.add_hint(CasmHintId::InitSquashData,
               {buffer(f, dictionary, 0), immediate(Felt::from_i64(3 * accesses)),
                immediate(Felt::from_i64(accesses)), cell(f, f.ap), cell(f, f.ap + 1)});
    f.advance(2);
    const Felt behind(40 + b.random.below(200));
    const Known range_check = f.push_sum(f.find(Kind::empty), behind, Kind::empty);
    for (auto n = b.random.below(9); n != 0; --n) {
        static constexpr std::array kSteps{
            CasmHintId::GetCurrentAccessIndex, CasmHintId::ShouldSkipSquashLoop,
            CasmHintId::GetCurrentAccessDelta, CasmHintId::ShouldContinueSquashLoop,
            CasmHintId::GetNextDictKey};
        const CasmHintId id = b.random.pick(kSteps);
        f.add_hint(id, {id == CasmHintId::GetCurrentAccessIndex
                            ? buffer(f, range_check, static_cast<std::int32_t>(n))
                            : cell(f, f.ap)});
        f.advance(1);
    }
}

}  // namespace blockexecd::vm::random
