// SPDX-License-Identifier: Apache-2.0
// EvalCircuit: fills a circuit's values and the instances of the mod builtins that prove it, as
// cairo-lang's runner does. Other than the builtins' own fill, its writes leave no access marks.
#include <array>

#include "vm/builtins/mod_integer.hpp"
#include "vm/hints/casm_functions.hpp"
#include "vm/hints/casm_operands.hpp"

namespace blockexecd::vm::casm_hints {

namespace {

constexpr std::uint64_t kInstanceCells = 7;
constexpr std::uint64_t kOffsetsPerGate = 3;

// A value of four 96-bit limbs; nothing when one is not a felt.
std::optional<ModInteger> read_value(const Memory& memory, const Relocatable& start) {
    ModInteger value = 0;
    for (std::size_t i = kModWords; i-- > 0;) {
        const auto limb = memory.get(start + i);
        if (!limb || !limb->is_felt())
            return std::nullopt;
        value = (value << kModWordBits) + mod_integer(limb->felt());
    }
    return value;
}

Result<void> write_value(Memory& memory, const Relocatable& start, ModInteger value) {
    static const ModInteger mask = (ModInteger(1) << kModWordBits) - 1;
    for (std::size_t i = 0; i < kModWords; ++i) {
        BX_CHECK(memory.insert(start + i, mod_integer_to_felt(value & mask)));
        value >>= kModWordBits;
    }
    return {};
}

// The reference panics here: there is no text to be equal to.
Error divided_by_no_modulus() {
    return casm_hint_error("the circuit has no modulus");
}

struct Circuit {
    Memory& memory;
    Relocatable values;
    ModInteger modulus;

    // Where the value that an offset cell names is kept.
    [[nodiscard]] Result<Relocatable> place(const Relocatable& offsets, std::uint64_t index) const {
        BX_TRY(const Relocatable offset_at, add_usize(offsets, index));
        BX_TRY(const Felt offset, memory.get_felt(offset_at));
        return add(values, offset);
    }

    // a + b = c with c or a unknown; false when it cannot be filled yet.
    [[nodiscard]] Result<bool> fill_add(const Relocatable& offsets, std::uint64_t index) const {
        std::array<Relocatable, 3> at;
        for (std::uint64_t i = 0; i < 3; ++i) {
            BX_TRY(at[i], place(offsets, index + i));
        }
        const auto a = read_value(memory, at[0]);
        const auto b = read_value(memory, at[1]);
        if (a && b) {
            if (modulus == 0)
                return divided_by_no_modulus();
            BX_CHECK(write_value(memory, at[2], (*a + *b) % modulus));
            return true;
        }
        if (!b)
            return false;
        const auto c = read_value(memory, at[2]);
        if (!c)
            return false;
        if (modulus == 0)
            return divided_by_no_modulus();
        BX_CHECK(write_value(memory, at[0], floor_mod(*c + modulus - *b, modulus)));
        return true;
    }

    // a * b = c, or a = 1 / b (c is one then); false when b has no inverse, and a nullifies it
    // instead.
    [[nodiscard]] Result<bool> fill_mul(const Relocatable& offsets, std::uint64_t index) const {
        std::array<Relocatable, 3> at;
        for (std::uint64_t i = 0; i < 3; ++i) {
            BX_TRY(at[i], place(offsets, index + i));
        }
        const auto a = read_value(memory, at[0]);
        const auto b = read_value(memory, at[1]);
        if (!b)
            return casm_hint_error("Unexpected None value in fill_mul_gate");
        if (a) {
            if (modulus == 0)
                return divided_by_no_modulus();
            BX_CHECK(write_value(memory, at[2], *a * *b % modulus));
            return true;
        }
        const ExtendedGcd bezout = extended_gcd(*b, modulus);
        const bool invertible = bezout.gcd == 1;
        if (bezout.gcd == 0 || (invertible && modulus == 0))
            return divided_by_no_modulus();
        BX_CHECK(write_value(
            memory, at[0],
            invertible ? floor_mod(bezout.x, modulus) : ModInteger(modulus / bezout.gcd)));
        return invertible;
    }
};

Result<void> fill_instances(Memory& memory, const Relocatable& builtin, std::uint64_t instances,
                            const std::array<Felt, kModWords>& modulus, const Relocatable& values,
                            Relocatable offsets) {
    for (std::uint64_t i = 0; i < instances; ++i) {
        BX_TRY(const Relocatable at, add_usize(builtin, i * kInstanceCells));
        for (std::size_t word = 0; word < kModWords; ++word)
            BX_CHECK(memory.insert(at + word, modulus[word]));
        BX_CHECK(memory.insert(at + 4, values));
        BX_CHECK(memory.insert(at + 5, offsets));
        BX_TRY(offsets, add_usize(offsets, kOffsetsPerGate));
        BX_CHECK(memory.insert(at + 6, Value(instances - i)));
    }
    return {};
}

Result<std::uint64_t> gate_count(const VirtualMachine& vm, const HintOperand& operand) {
    BX_TRY(const Felt felt, get_felt(vm, operand));
    const auto count = felt.to_u64();
    if (!count)
        return Error(ErrorKind::math,
                     "Conversion to usize failed for Felt252 " + felt.to_decimal());
    return *count;
}

}  // namespace

Result<void> EvalCircuit(VirtualMachine& vm, const HintOperand* op) {
    BX_TRY(const Relocatable add_mod, get_pointer(vm, op[1]));
    BX_TRY(const std::uint64_t add_count, gate_count(vm, op[0]));
    BX_TRY(const Relocatable mul_mod, get_pointer(vm, op[3]));
    BX_TRY(const std::uint64_t mul_count, gate_count(vm, op[2]));

    Memory& memory = vm.memory();
    BX_TRY(const Relocatable values_at, add_usize(mul_mod, 4));
    BX_TRY(const Relocatable values, memory.get_relocatable(values_at));
    BX_TRY(const Relocatable mul_offsets, memory.get_relocatable(mul_mod + 5));
    Relocatable add_offsets = mul_offsets;
    if (add_count != 0) {
        BX_TRY(const Relocatable offsets_at, add_usize(add_mod, 5));
        BX_TRY(add_offsets, memory.get_relocatable(offsets_at));
    }
    const auto modulus = read_value(memory, mul_mod);
    if (!modulus)
        return Error(ErrorKind::memory, "Expected integer at address " + mul_mod.to_string());

    const Circuit circuit{memory, values, *modulus};
    std::uint64_t computed = mul_count;
    std::uint64_t next_add = 0;
    for (std::uint64_t next_mul = 0;; ++next_mul) {
        for (; next_add < add_count; ++next_add) {
            BX_TRY(const bool filled, circuit.fill_add(add_offsets, kOffsetsPerGate * next_add));
            if (!filled)
                break;
        }
        if (next_mul == mul_count)
            break;
        BX_TRY(const bool invertible, circuit.fill_mul(mul_offsets, kOffsetsPerGate * next_mul));
        if (!invertible && computed == mul_count)
            computed = next_mul;
    }

    std::array<Felt, kModWords> words;
    for (std::size_t i = 0; i < kModWords; ++i) {
        BX_TRY(words[i], memory.get_felt(mul_mod + i));
    }
    BX_CHECK(fill_instances(memory, add_mod, add_count, words, values, add_offsets));
    return fill_instances(memory, mul_mod, computed, words, values, mul_offsets);
}

}  // namespace blockexecd::vm::casm_hints
