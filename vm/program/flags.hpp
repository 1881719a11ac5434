// SPDX-License-Identifier: Apache-2.0
// What the flags of an instruction word mean, offsets and registers aside: the decoder and the
// interpreter's stream have their tables from here.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "vm/program/instruction.hpp"

namespace blockexecd::vm {

// The flag fields of a word, from bit 48 on.
struct Flags {
    std::uint64_t bits;

    [[nodiscard]] constexpr unsigned field(unsigned first, unsigned mask) const {
        return static_cast<unsigned>(bits >> first) & mask;
    }
    [[nodiscard]] constexpr unsigned op1_source() const { return field(2, 7); }
    [[nodiscard]] constexpr unsigned res() const { return field(5, 3); }
    [[nodiscard]] constexpr unsigned pc_update() const { return field(7, 7); }
    [[nodiscard]] constexpr unsigned ap_update() const { return field(10, 3); }
    [[nodiscard]] constexpr unsigned opcode() const { return field(12, 7); }
};

// Of the biased 16 bits at the bottom of the argument.
constexpr std::int32_t decode_offset(std::uint64_t biased) {
    return static_cast<std::int32_t>(biased & 0xffff) - 0x8000;
}

// The operands that a call must have: dst [ap], op0 [ap + 1].
constexpr bool has_call_operands(std::uint64_t word) {
    return (word & 0x3'0000'ffff'ffff) == 0x8001'8000;
}
// And a ret: dst [fp - 2], op1 at -1.
constexpr bool has_ret_operands(std::uint64_t word) {
    return (word & 0x1'ffff'0000'ffff) == 0x1'7fff'0000'7ffe;
}

// What each value of a field of three bits means; kBad: nothing.
inline constexpr std::uint8_t kBad = 0xff;
template <class T>
constexpr std::array<std::uint8_t, 8> meanings(T zero, T one, T two, T four) {
    const auto number = [](T value) { return static_cast<std::uint8_t>(value); };
    return {number(zero), number(one), number(two), kBad, number(four), kBad, kBad, kBad};
}
inline constexpr auto kOp1Sources =
    meanings(Op1Source::op0, Op1Source::imm, Op1Source::fp, Op1Source::ap);
inline constexpr auto kPcUpdates =
    meanings(PcUpdate::regular, PcUpdate::jump, PcUpdate::jump_rel, PcUpdate::jnz);
inline constexpr auto kOpcodes =
    meanings(Opcode::nop, Opcode::call, Opcode::ret, Opcode::assert_eq);
inline constexpr std::array kApUpdates{ApUpdate::regular, ApUpdate::add, ApUpdate::add1};

enum class Fault : std::uint8_t {
    none,
    not_an_int,
    op1_register,
    pc_update,
    res,
    opcode,
    extension,
    blake_flags,
    qm31_flags,
    ap_update,
};

// What the flags behind the two registers' say.
struct Meaning {
    Fault fault = Fault::none;
    Op1Source op1_source = Op1Source::op0;
    Res res = Res::op1;
    PcUpdate pc_update = PcUpdate::regular;
    ApUpdate ap_update = ApUpdate::regular;
    FpUpdate fp_update = FpUpdate::regular;
    Opcode opcode = Opcode::nop;
};

inline constexpr std::uint64_t kExtensions = 4;

// The checks come in the reference's order. `extension`: the bits from 63 on.
constexpr Meaning meaning_of(Flags flags, std::uint64_t extension) {
    Meaning m;
    const auto fault = [&m](Fault found) {
        m.fault = found;
        return m;
    };
    const std::uint8_t op1_source = kOp1Sources[flags.op1_source()];
    const std::uint8_t pc_update = kPcUpdates[flags.pc_update()];
    const std::uint8_t opcode = kOpcodes[flags.opcode()];
    if (op1_source == kBad)
        return fault(Fault::op1_register);
    m.op1_source = static_cast<Op1Source>(op1_source);
    if (pc_update == kBad)
        return fault(Fault::pc_update);
    m.pc_update = static_cast<PcUpdate>(pc_update);
    const bool is_jnz = m.pc_update == PcUpdate::jnz;
    if (flags.res() == 3 || (flags.res() != 0 && is_jnz))
        return fault(Fault::res);
    m.res = is_jnz ? Res::unconstrained : static_cast<Res>(flags.res());
    if (opcode == kBad)
        return fault(Fault::opcode);
    m.opcode = static_cast<Opcode>(opcode);
    if (extension >= kExtensions)
        return fault(Fault::extension);

    const auto kind = static_cast<OpcodeExtension>(extension);
    const unsigned ap_update = flags.ap_update();
    const bool plain = m.pc_update == PcUpdate::regular && (ap_update == 0 || ap_update == 2);
    if (kind == OpcodeExtension::blake || kind == OpcodeExtension::blake_finalize) {
        const bool from_register = m.op1_source == Op1Source::fp || m.op1_source == Op1Source::ap;
        if (m.opcode != Opcode::nop || !from_register || m.res != Res::op1 || !plain)
            return fault(Fault::blake_flags);
    }
    if (kind == OpcodeExtension::qm31) {
        const bool arithmetic = m.res == Res::add || m.res == Res::mul;
        if (!arithmetic || m.op1_source == Op1Source::op0 || m.opcode != Opcode::assert_eq ||
            !plain)
            return fault(Fault::qm31_flags);
    }
    if (ap_update == 3 || (ap_update != 0 && m.opcode == Opcode::call))
        return fault(Fault::ap_update);
    m.ap_update = m.opcode == Opcode::call ? ApUpdate::add2 : kApUpdates[ap_update];
    if (m.opcode == Opcode::call)
        m.fp_update = FpUpdate::ap_plus2;
    else if (m.opcode == Opcode::ret)
        m.fp_update = FpUpdate::dst;
    if (m.opcode == Opcode::ret &&
        (m.op1_source != Op1Source::fp || m.res != Res::op1 || m.pc_update != PcUpdate::jump))
        return fault(Fault::opcode);
    return m;
}

// A table by the flags behind the two registers', for words without extension: these are nearly
// all, and programs are decoded whole when they are loaded.
inline constexpr unsigned kFirstMeaningBit = 50;
inline constexpr unsigned kMeaningBits = 13;
template <class T>
constexpr auto table_by_flags(T (*entry_of)(const Meaning&)) {
    std::array<T, std::size_t{1} << kMeaningBits> table{};
    for (std::size_t i = 0; i < table.size(); ++i)
        table[i] = entry_of(meaning_of({i << (kFirstMeaningBit - 48)}, 0));
    return table;
}

}  // namespace blockexecd::vm
