// SPDX-License-Identifier: Apache-2.0
// Cairo 1 (CASM) hints as data: the table of all hints of cairo-lang-casm 2.21 with their operands
// in the order of its JSON, and a compact binary form, so that a stored class needs no JSON to
// load.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vm/error.hpp"
#include "vm/felt/felt.hpp"
#include "vm/program/instruction.hpp"

namespace blockexecd::vm {

// X(name, "operands"): the names of the operands in order; a trailing `&` is a cell that the hint
// writes (CellRef), `#` a plain number (BigIntAsHex), else the operand is a ResOperand. Binary
// numbers are positions: append, never reorder.
#define BLOCKEXECD_CASM_HINTS(X)                                                               \
    X(AllocSegment, "dst&")                                                                    \
    X(TestLessThan, "lhs rhs dst&")                                                            \
    X(TestLessThanOrEqual, "lhs rhs dst&")                                                     \
    X(TestLessThanOrEqualAddress, "lhs rhs dst&")                                              \
    X(WideMul128, "lhs rhs high& low&")                                                        \
    X(DivMod, "lhs rhs quotient& remainder&")                                                  \
    X(Uint256DivMod,                                                                           \
      "dividend0 dividend1 divisor0 divisor1 quotient0& quotient1& remainder0& remainder1&")   \
    X(Uint512DivModByUint256,                                                                  \
      "dividend0 dividend1 dividend2 dividend3 divisor0 divisor1 quotient0& quotient1& "       \
      "quotient2& quotient3& remainder0& "                                                     \
      "remainder1&")                                                                           \
    X(SquareRoot, "value dst&")                                                                \
    X(Uint256SquareRoot,                                                                       \
      "value_low value_high sqrt0& sqrt1& remainder_low& remainder_high& "                     \
      "sqrt_mul_2_minus_remainder_ge_u128&")                                                   \
    X(LinearSplit, "value scalar max_x x& y&")                                                 \
    X(AllocFelt252Dict, "segment_arena_ptr")                                                   \
    X(Felt252DictEntryInit, "dict_ptr key")                                                    \
    X(Felt252DictEntryUpdate, "dict_ptr value")                                                \
    X(GetSegmentArenaIndex, "dict_end_ptr dict_index&")                                        \
    X(InitSquashData, "dict_accesses ptr_diff n_accesses big_keys& first_key&")                \
    X(GetCurrentAccessIndex, "range_check_ptr")                                                \
    X(ShouldSkipSquashLoop, "should_skip_loop&")                                               \
    X(GetCurrentAccessDelta, "index_delta_minus1&")                                            \
    X(ShouldContinueSquashLoop, "should_continue&")                                            \
    X(GetNextDictKey, "next_key&")                                                             \
    X(AssertLeFindSmallArcs, "range_check_ptr a b")                                            \
    X(AssertLeIsFirstArcExcluded, "skip_exclude_a_flag&")                                      \
    X(AssertLeIsSecondArcExcluded, "skip_exclude_b_minus_a&")                                  \
    X(RandomEcPoint, "x& y&")                                                                  \
    X(FieldSqrt, "val sqrt&")                                                                  \
    X(DebugPrint, "start end")                                                                 \
    X(AllocConstantSize, "size dst&")                                                          \
    X(U256InvModN, "b0 b1 n0 n1 g0_or_no_inv& g1_option& s_or_r0& s_or_r1& t_or_k0& t_or_k1&") \
    X(EvalCircuit, "n_add_mods add_mod_builtin n_mul_mods mul_mod_builtin")                    \
    X(AssertCurrentAccessIndicesIsEmpty, "")                                                   \
    X(AssertAllAccessesUsed, "n_used_accesses&")                                               \
    X(AssertAllKeysUsed, "")                                                                   \
    X(AssertLeAssertThirdArcExcluded, "")                                                      \
    X(AssertLtAssertValidInput, "a b")                                                         \
    X(Felt252DictRead, "dict_ptr key value_dst&")                                              \
    X(Felt252DictWrite, "dict_ptr key value")                                                  \
    X(SystemCall, "system")                                                                    \
    X(Cheatcode, "selector# input_start input_end output_start& output_end&")                  \
    X(AddRelocationRule, "src dst")                                                            \
    X(WriteRunParam, "index dst&")                                                             \
    X(AddMarker, "start end")                                                                  \
    X(AddTrace, "flag")

enum class CasmHintId : std::uint8_t {
#define X(name, operands) name,
    BLOCKEXECD_CASM_HINTS(X)
#undef X
};
inline constexpr std::array kCasmHintNames{
#define X(name, operands) std::string_view(#name),
    BLOCKEXECD_CASM_HINTS(X)
#undef X
};
inline constexpr std::array kCasmHintOperands{
#define X(name, operands) std::string_view(operands),
    BLOCKEXECD_CASM_HINTS(X)
#undef X
};
inline constexpr std::size_t kCasmHintCount = kCasmHintNames.size();

constexpr std::string_view casm_hint_name(CasmHintId id) {
    return kCasmHintNames[static_cast<std::size_t>(id)];
}

// [register + offset]
struct CellRef {
    Register reg = Register::ap;
    std::int16_t offset = 0;
    friend bool operator==(const CellRef&, const CellRef&) = default;
};

// An operand of a hint: a CellRef (as `deref`) or one of the forms of ResOperand.
struct HintOperand {
    enum class Kind : std::uint8_t {
        deref,          // [cell]
        double_deref,   // [[cell] + offset]
        immediate,      // value
        add_deref,      // [cell] + [second]
        add_immediate,  // [cell] + value
        mul_deref,      // [cell] * [second]
        mul_immediate,  // [cell] * value
    };
    Kind kind = Kind::deref;
    CellRef cell;
    CellRef second;           // of add_deref and mul_deref
    std::int16_t offset = 0;  // of double_deref
    Felt value;               // of the immediates, reduced mod p
    friend bool operator==(const HintOperand&, const HintOperand&) = default;
};

struct CasmHint {
    CasmHintId id = CasmHintId::AllocSegment;
    std::vector<HintOperand> operands;  // in the table's order
    friend bool operator==(const CasmHint&, const CasmHint&) = default;
};

struct CasmHintsAtPc {
    std::uint64_t pc = 0;
    std::vector<CasmHint> hints;
    friend bool operator==(const CasmHintsAtPc&, const CasmHintsAtPc&) = default;
};
using CasmHints = std::vector<CasmHintsAtPc>;

// The operands that a hint takes, as many as names in the table.
std::size_t casm_hint_operand_count(CasmHintId id);
std::optional<CasmHintId> casm_hint_from_name(std::string_view name);

// The "hints" array of a CASM class, [[pc, [hint, …]], …], as JSON text.
// Errors (ErrorKind::program): not that shape; a hint that is not in the table, by its name.
Result<CasmHints> parse_casm_hints(std::string_view json);

// The binary form: self-delimiting, little-endian, with a version byte in front.
std::string encode_casm_hints(const CasmHints& hints);
// Error (ErrorKind::program): truncated, of another version or otherwise not what encode_casm_hints
// writes.
Result<CasmHints> decode_casm_hints(std::span<const std::uint8_t> bytes);

}  // namespace blockexecd::vm
