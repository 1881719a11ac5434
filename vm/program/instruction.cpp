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

    [[nodiscard]] constexpr unsigned field(unsigned first, unsigned mask) const {
        return static_cast<unsigned>(bits >> first) & mask;
    }
    [[nodiscard]] constexpr unsigned op1_source() const { return field(2, 7); }
    [[nodiscard]] constexpr unsigned res() const { return field(5, 3); }
    [[nodiscard]] constexpr unsigned pc_update() const { return field(7, 7); }
    [[nodiscard]] constexpr unsigned ap_update() const { return field(10, 3); }
    [[nodiscard]] constexpr unsigned opcode() const { return field(12, 7); }
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

// What the flags behind the two registers' say, offsets and registers aside.
struct Meaning {
    Fault fault = Fault::none;
    Op1Source op1_source = Op1Source::op0;
    Res res = Res::op1;
    PcUpdate pc_update = PcUpdate::regular;
    ApUpdate ap_update = ApUpdate::regular;
    FpUpdate fp_update = FpUpdate::regular;
    Opcode opcode = Opcode::nop;
};

constexpr std::uint64_t kExtensions = 4;

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
    return m;
}

// Of words without extension, which are nearly all: programs are decoded whole when they are
// loaded.
constexpr unsigned kRegisterFlags = 2;
constexpr auto kMeanings = [] {
    std::array<Meaning, std::size_t{1} << (15 - kRegisterFlags)> meanings{};
    for (std::size_t i = 0; i < meanings.size(); ++i)
        meanings[i] = meaning_of({i << kRegisterFlags}, 0);
    return meanings;
}();

[[gnu::noinline]] Meaning extended_meaning(Flags flags, std::uint64_t low, std::uint64_t high) {
    // Of more bits than an extension has, any will do.
    return meaning_of(flags, high > 1 ? kExtensions : high << 1 | low >> 63);
}

Fault decode(const Felt& word, Instruction& i) {
    if (!word.fits_u128())
        return Fault::not_an_int;
    const std::uint64_t low = word.limbs()[0];
    const std::uint64_t high = word.limbs()[1];
    const Flags flags = flags_of(word);
    Meaning m = kMeanings[flags.bits >> kRegisterFlags];
    if (high != 0 || low >> 63 != 0) [[unlikely]]
        m = extended_meaning(flags, low, high);
    if (m.fault != Fault::none)
        return m.fault;
    i.off_dst = decode_offset(low);
    i.off_op0 = decode_offset(low >> 16);
    i.off_op1 = decode_offset(low >> 32);
    i.dst_register = flags.field(0, 1) != 0 ? Register::fp : Register::ap;
    i.op0_register = flags.field(1, 1) != 0 ? Register::fp : Register::ap;
    i.op1_source = m.op1_source;
    i.res = m.res;
    i.pc_update = m.pc_update;
    i.ap_update = m.ap_update;
    i.fp_update = m.fp_update;
    i.opcode = m.opcode;
    i.extension = static_cast<OpcodeExtension>(high << 1 | low >> 63);
    if (i.opcode == Opcode::call &&
        (i.off_dst != 0 || i.off_op0 != 1 || i.dst_register != Register::ap ||
         i.op0_register != Register::ap))
        return Fault::opcode;
    if (i.opcode == Opcode::ret &&
        (i.off_dst != -2 || i.off_op1 != -1 || i.dst_register != Register::fp ||
         i.op1_source != Op1Source::fp || i.res != Res::op1 || i.pc_update != PcUpdate::jump))
        return Fault::opcode;
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
