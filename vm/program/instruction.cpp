// SPDX-License-Identifier: Apache-2.0
// The decoder.
#include "vm/program/instruction.hpp"

#include <array>
#include <string>

#include "vm/program/flags.hpp"

namespace blockexecd::vm {

namespace {

Flags flags_of(const Felt& word) {
    return {(word.limbs()[0] >> 48) & 0x7fff};
}

constexpr auto kMeanings = table_by_flags<Meaning>([](const Meaning& meaning) { return meaning; });

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
    Meaning m = kMeanings[(low >> kFirstMeaningBit) % kMeanings.size()];
    if (high != 0 || low >> 63 != 0) [[unlikely]]
        m = extended_meaning(flags, low, high);
    if (m.fault != Fault::none)
        return m.fault;
    i.off_dst = static_cast<std::int16_t>(decode_offset(low));
    i.off_op0 = static_cast<std::int16_t>(decode_offset(low >> 16));
    i.off_op1 = static_cast<std::int16_t>(decode_offset(low >> 32));
    i.dst_register = flags.field(0, 1) != 0 ? Register::fp : Register::ap;
    i.op0_register = flags.field(1, 1) != 0 ? Register::fp : Register::ap;
    i.op1_source = m.op1_source;
    i.res = m.res;
    i.pc_update = m.pc_update;
    i.ap_update = m.ap_update;
    i.fp_update = m.fp_update;
    i.opcode = m.opcode;
    i.extension = static_cast<OpcodeExtension>(high << 1 | low >> 63);
    if ((i.opcode == Opcode::call && !has_call_operands(low)) ||
        (i.opcode == Opcode::ret && !has_ret_operands(low)))
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
