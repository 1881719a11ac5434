// SPDX-License-Identifier: Apache-2.0
// The decoder.
#include "vm/program/instruction.hpp"

#include <array>
#include <string>

namespace blockexecd::vm {

namespace {

// The flag fields of a word, from bit 48 on.
struct Flags {
    std::uint64_t bits;

    [[nodiscard]] unsigned field(unsigned first, unsigned mask) const {
        return static_cast<unsigned>(bits >> first) & mask;
    }
    [[nodiscard]] unsigned op1_source() const { return field(2, 7); }
    [[nodiscard]] unsigned res() const { return field(5, 3); }
    [[nodiscard]] unsigned pc_update() const { return field(7, 7); }
    [[nodiscard]] unsigned ap_update() const { return field(10, 3); }
    [[nodiscard]] unsigned opcode() const { return field(12, 7); }
};

Flags flags_of(const Felt& word) {
    return {(word.limbs()[0] >> 48) & 0x7fff};
}

// What each value of a field of three bits means; kBad: nothing.
constexpr std::uint8_t kBad = 0xff;
template <class T>
constexpr std::array<std::uint8_t, 8> meanings(T zero, T one, T two, T four) {
    const auto number = [](T value) { return static_cast<std::uint8_t>(value); };
    return {number(zero), number(one), number(two), kBad, number(four), kBad, kBad, kBad};
}
constexpr auto kOp1Sources = meanings(Op1Source::op0, Op1Source::imm, Op1Source::fp, Op1Source::ap);
constexpr auto kPcUpdates =
    meanings(PcUpdate::regular, PcUpdate::jump, PcUpdate::jump_rel, PcUpdate::jnz);
constexpr auto kOpcodes = meanings(Opcode::nop, Opcode::call, Opcode::ret, Opcode::assert_eq);
constexpr std::array kApUpdates{ApUpdate::regular, ApUpdate::add, ApUpdate::add1};

std::int16_t decode_offset(std::uint64_t biased) {
    return static_cast<std::int16_t>(static_cast<std::int32_t>(biased & 0xffff) - 0x8000);
}

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

// The checks come in the reference's order.
Fault decode(const Felt& word, Instruction& i) {
    if (!word.fits_u128())
        return Fault::not_an_int;
    const std::uint64_t low = word.limbs()[0];
    const std::uint64_t high = word.limbs()[1];
    const Flags flags = flags_of(word);
    const std::uint8_t op1_source = kOp1Sources[flags.op1_source()];
    const std::uint8_t pc_update = kPcUpdates[flags.pc_update()];
    const std::uint8_t opcode = kOpcodes[flags.opcode()];

    i.off_dst = decode_offset(low);
    i.off_op0 = decode_offset(low >> 16);
    i.off_op1 = decode_offset(low >> 32);
    i.dst_register = flags.field(0, 1) != 0 ? Register::fp : Register::ap;
    i.op0_register = flags.field(1, 1) != 0 ? Register::fp : Register::ap;
    if (op1_source == kBad)
        return Fault::op1_register;
    i.op1_source = static_cast<Op1Source>(op1_source);
    if (pc_update == kBad)
        return Fault::pc_update;
    i.pc_update = static_cast<PcUpdate>(pc_update);
    const bool is_jnz = i.pc_update == PcUpdate::jnz;
    if (flags.res() == 3 || (flags.res() != 0 && is_jnz))
        return Fault::res;
    i.res = is_jnz ? Res::unconstrained : static_cast<Res>(flags.res());
    if (opcode == kBad)
        return Fault::opcode;
    i.opcode = static_cast<Opcode>(opcode);
    // Bits 63 and up.
    if (high > 1)
        return Fault::extension;
    i.extension = static_cast<OpcodeExtension>(high << 1 | low >> 63);

    const unsigned ap_update = flags.ap_update();
    const bool plain = i.pc_update == PcUpdate::regular && (ap_update == 0 || ap_update == 2);
    if (i.extension == OpcodeExtension::blake || i.extension == OpcodeExtension::blake_finalize) {
        const bool from_register = i.op1_source == Op1Source::fp || i.op1_source == Op1Source::ap;
        if (i.opcode != Opcode::nop || !from_register || i.res != Res::op1 || !plain)
            return Fault::blake_flags;
    }
    if (i.extension == OpcodeExtension::qm31) {
        const bool arithmetic = i.res == Res::add || i.res == Res::mul;
        if (!arithmetic || i.op1_source == Op1Source::op0 || i.opcode != Opcode::assert_eq ||
            !plain)
            return Fault::qm31_flags;
    }
    if (ap_update == 3 || (ap_update != 0 && i.opcode == Opcode::call))
        return Fault::ap_update;
    i.ap_update = i.opcode == Opcode::call ? ApUpdate::add2 : kApUpdates[ap_update];
    i.fp_update = FpUpdate::regular;
    if (i.opcode == Opcode::call) {
        if (i.off_dst != 0 || i.off_op0 != 1 || i.dst_register != Register::ap ||
            i.op0_register != Register::ap)
            return Fault::opcode;
        i.fp_update = FpUpdate::ap_plus2;
    } else if (i.opcode == Opcode::ret) {
        if (i.off_dst != -2 || i.off_op1 != -1 || i.dst_register != Register::fp ||
            i.op1_source != Op1Source::fp || i.res != Res::op1 || i.pc_update != PcUpdate::jump)
            return Fault::opcode;
        i.fp_update = FpUpdate::dst;
    }
    return Fault::none;
}
static_assert(static_cast<int>(Res::op1) == 0 && static_cast<int>(Res::add) == 1 &&
              static_cast<int>(Res::mul) == 2);

Error error_of(Fault fault, const Felt& word) {
    const Flags flags = flags_of(word);
    const auto invalid = [](const char* what, const std::string& value) {
        return Error(ErrorKind::virtual_machine,
                     "Invalid " + std::string(what) + " value: " + value);
    };
    const auto other = [](std::string message) {
        return Error(ErrorKind::virtual_machine, std::move(message));
    };
    switch (fault) {
        case Fault::op1_register:
            return invalid("op1_register", std::to_string(flags.op1_source()));
        case Fault::pc_update:
            return invalid("pc_update", std::to_string(flags.pc_update()));
        case Fault::res:
            return invalid("res", std::to_string(flags.res()));
        case Fault::opcode:
            return invalid("opcode", std::to_string(flags.opcode()));
        case Fault::extension: {
            const std::uint64_t low = word.limbs()[0], high = word.limbs()[1];
            return invalid("opcode extension",
                           Felt::from_u128(high << 1 | low >> 63, high >> 63).to_decimal());
        }
        case Fault::blake_flags:
            return other("Blake2s opcode invalid flags " + std::to_string(flags.bits));
        case Fault::qm31_flags:
            return other("QM31 add mul opcode invalid flags " + std::to_string(flags.bits));
        case Fault::ap_update:
            return invalid("ap_update", std::to_string(flags.ap_update()));
        case Fault::none:
        case Fault::not_an_int:
            break;
    }
    return other("Instruction should be an int");
}

}  // namespace

bool try_decode_instruction(const Felt& word, Instruction& instruction) {
    return decode(word, instruction) == Fault::none;
}

Result<Instruction> decode_instruction(const Felt& word) {
    Instruction instruction;
    if (const Fault fault = decode(word, instruction); fault != Fault::none)
        return error_of(fault, word);
    return instruction;
}

bool is_call_instruction(const Felt& word) {
    Instruction decoded;
    return try_decode_instruction(word, decoded) && decoded.opcode == Opcode::call &&
           decoded.res == Res::op1 &&
           (decoded.pc_update == PcUpdate::jump || decoded.pc_update == PcUpdate::jump_rel);
}

}  // namespace blockexecd::vm
