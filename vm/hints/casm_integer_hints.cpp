// SPDX-License-Identifier: Apache-2.0
// CASM hints that guess quotients, roots, comparisons and limbs.
#include <algorithm>
#include <array>
#include <boost/multiprecision/cpp_int.hpp>

#include "vm/builtins/mod_integer.hpp"
#include "vm/felt/integer_division.hpp"
#include "vm/hints/casm_functions.hpp"
#include "vm/hints/casm_operands.hpp"
#include "vm/hints/casm_state.hpp"

namespace blockexecd::vm::casm_hints {

namespace {

constexpr unsigned kLimbBits = 128;

// The reference panics on these: no run that it completed has them.
Error division_by_zero() {
    return casm_hint_error("attempt to divide by zero");
}

// low + high 2^128, where the parts may be any felts.
Result<ModInteger> get_wide(const VirtualMachine& vm, const HintOperand* op, std::size_t limbs) {
    ModInteger value = 0;
    for (std::size_t i = 0; i < limbs; ++i) {
        BX_TRY(const Felt limb, get_felt(vm, op[i]));
        value += mod_integer(limb) << (kLimbBits * i);
    }
    return value;
}

// The value's limbs of so many bits, the last one whatever is left.
Result<void> set_limbs(VirtualMachine& vm, const HintOperand* op, std::size_t limbs,
                       ModInteger value, unsigned bits = kLimbBits) {
    for (std::size_t i = 0; i + 1 < limbs; ++i) {
        const ModInteger rest = value >> bits;
        BX_CHECK(set_cell(vm, op[i], mod_integer_to_felt(value - (rest << bits))));
        value = rest;
    }
    return set_cell(vm, op[limbs - 1], mod_integer_to_felt(value));
}

Value boolean(bool value) {
    return std::uint64_t{value ? 1U : 0U};
}

// Addresses before integers, by segment and offset.
bool less_or_equal(const Value& a, const Value& b) {
    if (a.is_relocatable() != b.is_relocatable())
        return a.is_relocatable();
    return a.is_relocatable() ? a.relocatable() <= b.relocatable() : a.felt() <= b.felt();
}

}  // namespace

Result<void> TestLessThan(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const Felt lhs, get_felt(vm, op[0]));
    BX_TRY(const Felt rhs, get_felt(vm, op[1]));
    return set_cell(vm, op[2], boolean(lhs < rhs));
}

Result<void> TestLessThanOrEqual(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const Value lhs, get_maybe(vm, op[0]));
    BX_TRY(const Value rhs, get_maybe(vm, op[1]));
    return set_cell(vm, op[2], boolean(less_or_equal(lhs, rhs)));
}

Result<void> TestLessThanOrEqualAddress(VirtualMachine& vm, const HintOperand* op) {
    return TestLessThanOrEqual(vm, op);
}

Result<void> WideMul128(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const Felt lhs, get_felt(vm, op[0]));
    BX_TRY(const Felt rhs, get_felt(vm, op[1]));
    const ModInteger product = mod_integer(lhs) * mod_integer(rhs);
    const ModInteger high = product >> kLimbBits;
    // Felts beyond 2^128 can give a high part beyond 2^256: it is reduced.
    static const ModInteger prime = mod_integer(-Felt(1)) + 1;
    BX_CHECK(set_cell(vm, op[2], mod_integer_to_felt(high % prime)));
    return set_cell(vm, op[3], mod_integer_to_felt(product - (high << kLimbBits)));
}

Result<void> DivMod(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const Felt lhs, get_felt(vm, op[0]));
    BX_TRY(const Felt rhs, get_felt(vm, op[1]));
    if (rhs.is_zero())
        return division_by_zero();
    const IntegerDivision division = divide_integers(lhs, rhs);
    BX_CHECK(set_cell(vm, op[2], division.quotient));
    return set_cell(vm, op[3], division.remainder);
}

Result<void> Uint256DivMod(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const ModInteger dividend, get_wide(vm, op, 2));
    BX_TRY(const ModInteger divisor, get_wide(vm, op + 2, 2));
    if (divisor == 0)
        return division_by_zero();
    const ModInteger quotient = dividend / divisor;
    BX_CHECK(set_limbs(vm, op + 4, 2, quotient));
    return set_limbs(vm, op + 6, 2, dividend - quotient * divisor);
}

Result<void> Uint512DivModByUint256(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const ModInteger dividend, get_wide(vm, op, 4));
    BX_TRY(const ModInteger divisor, get_wide(vm, op + 4, 2));
    if (divisor == 0)
        return division_by_zero();
    const ModInteger quotient = dividend / divisor;
    BX_CHECK(set_limbs(vm, op + 6, 4, quotient));
    return set_limbs(vm, op + 10, 2, dividend - quotient * divisor);
}

Result<void> SquareRoot(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const Felt value, get_felt(vm, op[0]));
    return set_cell(vm, op[1],
                    mod_integer_to_felt(boost::multiprecision::sqrt(mod_integer(value))));
}

Result<void> Uint256SquareRoot(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const ModInteger value, get_wide(vm, op, 2));
    const ModInteger root = boost::multiprecision::sqrt(value);
    const ModInteger remainder = value - root * root;
    const bool carry = root * 2 - remainder >= ModInteger(1) << kLimbBits;
    BX_CHECK(set_limbs(vm, op + 2, 2, root, 64));
    BX_CHECK(set_limbs(vm, op + 4, 2, remainder));
    return set_cell(vm, op[6], boolean(carry));
}

Result<void> LinearSplit(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const Felt value, get_felt(vm, op[0]));
    BX_TRY(const Felt scalar, get_felt(vm, op[1]));
    BX_TRY(const Felt max_x, get_felt(vm, op[2]));
    if (scalar.is_zero())
        return division_by_zero();
    const Felt quotient = divide_integers(value, scalar).quotient;
    const Felt x = quotient < max_x ? quotient : max_x;
    BX_CHECK(set_cell(vm, op[3], x));
    return set_cell(vm, op[4], value - x * scalar);
}

Result<void> AssertLeFindSmallArcs(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const Felt a, get_felt(vm, op[1]));
    BX_TRY(const Felt b, get_felt(vm, op[2]));
    std::array<std::pair<Felt, std::uint32_t>, 3> arcs{std::pair{a, 0U}, std::pair{b - a, 1U},
                                                       std::pair{-Felt(1) - b, 2U}};
    std::sort(arcs.begin(), arcs.end());
    vm.hint_state<CasmState>().excluded_arc = arcs[2].second;
    // The thirds and halves of the prime, divided by 2^128, rounded up.
    static const std::array<Felt, 2> parts{
        *Felt::from_decimal("3544607988759775765608368578435044694"),
        *Felt::from_decimal("5316911983139663648412552867652567041")};
    BX_TRY(const Relocatable pointer, get_pointer(vm, op[0]));
    for (std::uint64_t i = 0; i < 2; ++i) {
        const IntegerDivision division = divide_integers(arcs[i].first, parts[i]);
        BX_TRY(const Relocatable at, add_usize(pointer, 2 * i));
        BX_CHECK(vm.memory().insert(at, division.remainder));
        BX_CHECK(vm.memory().insert(at + 1, division.quotient));
    }
    return {};
}

static Result<void> set_excluded(VirtualMachine& vm, const HintOperand& cell, std::uint32_t arc) {
    const auto excluded = vm.hint_state<CasmState>().excluded_arc;
    if (!excluded)
        return casm_hint_error("Variable excluded_arc not present in current execution scope");
    return set_cell(vm, cell, boolean(*excluded != arc));
}

Result<void> AssertLeIsFirstArcExcluded(VirtualMachine& vm, const HintOperand* op) {
    return set_excluded(vm, op[0], 0);
}
Result<void> AssertLeIsSecondArcExcluded(VirtualMachine& vm, const HintOperand* op) {
    return set_excluded(vm, op[0], 1);
}

Result<void> U256InvModN(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const ModInteger b, get_wide(vm, op, 2));
    BX_TRY(const ModInteger n, get_wide(vm, op + 2, 2));
    const HintOperand* const g = op + 4;
    const HintOperand* const s = op + 6;
    const HintOperand* const t = op + 8;
    if (n == 1) {
        BX_TRY(const Felt b0, get_felt(vm, op[0]));
        BX_TRY(const Felt b1, get_felt(vm, op[1]));
        BX_CHECK(set_cell(vm, s[0], b0));
        BX_CHECK(set_cell(vm, s[1], b1));
        BX_CHECK(set_limbs(vm, t, 2, 1));
        return set_limbs(vm, g, 2, 1);
    }
    ExtendedGcd bezout = extended_gcd(n, b);
    if (bezout.gcd != 1) {
        // An even divisor is given as 2, so that its low limb is never 0.
        if ((bezout.gcd & 1) == 0)
            bezout.gcd = 2;
        BX_CHECK(set_limbs(vm, s, 2, b / bezout.gcd));
        BX_CHECK(set_limbs(vm, t, 2, n / bezout.gcd));
        return set_limbs(vm, g, 2, bezout.gcd);
    }
    if (n == 0)
        return division_by_zero();
    const ModInteger r = floor_mod(bezout.y, n);
    BX_CHECK(set_limbs(vm, s, 2, r));
    BX_CHECK(set_limbs(vm, t, 2, (r * b - 1) / n));
    return set_cell(vm, g[0], std::uint64_t{0});
}

}  // namespace blockexecd::vm::casm_hints
