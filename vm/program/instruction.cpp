// SPDX-License-Identifier: Apache-2.0
// The decoder.
#include "vm/program/instruction.hpp"

#include <string>

namespace blockexecd::vm {

namespace {

Error invalid(const char* what, std::uint64_t value) {
    return {ErrorKind::virtual_machine,
            "Invalid " + std::string(what) + " value: " + std::to_string(value)};
}

std::int16_t decode_offset(std::uint64_t biased) {
    return static_cast<std::int16_t>(static_cast<std::int32_t>(biased & 0xffff) - 0x8000);
}

}  // namespace

Result<Instruction> decode_instruction(const Felt& word) {
    if (!word.fits_u128())
        return Error(ErrorKind::virtual_machine, "Instruction should be an int");
    const std::uint64_t low = word.limbs()[0];
    const std::uint64_t high = word.limbs()[1];
    const std::uint64_t flags = (low >> 48) & 0x7fff;
    const std::uint64_t op1_source = (flags >> 2) & 7;
    const std::uint64_t res = (flags >> 5) & 3;
    const std::uint64_t pc_update = (flags >> 7) & 7;
    const std::uint64_t ap_update = (flags >> 10) & 3;
    const std::uint64_t opcode = (flags >> 12) & 7;

    Instruction i;
    i.off_dst = decode_offset(low);
    i.off_op0 = decode_offset(low >> 16);
    i.off_op1 = decode_offset(low >> 32);
    i.dst_register = (flags & 1) != 0 ? Register::fp : Register::ap;
    i.op0_register = (flags & 2) != 0 ? Register::fp : Register::ap;

    switch (op1_source) {
        case 0:
            i.op1_source = Op1Source::op0;
            break;
        case 1:
            i.op1_source = Op1Source::imm;
            break;
        case 2:
            i.op1_source = Op1Source::fp;
            break;
        case 4:
            i.op1_source = Op1Source::ap;
            break;
        default:
            return invalid("op1_register", op1_source);
    }
    switch (pc_update) {
        case 0:
            i.pc_update = PcUpdate::regular;
            break;
        case 1:
            i.pc_update = PcUpdate::jump;
            break;
        case 2:
            i.pc_update = PcUpdate::jump_rel;
            break;
        case 4:
            i.pc_update = PcUpdate::jnz;
            break;
        default:
            return invalid("pc_update", pc_update);
    }
    if (res == 0)
        i.res = i.pc_update == PcUpdate::jnz ? Res::unconstrained : Res::op1;
    else if (res < 3 && i.pc_update != PcUpdate::jnz)
        i.res = res == 1 ? Res::add : Res::mul;
    else
        return invalid("res", res);
    switch (opcode) {
        case 0:
            i.opcode = Opcode::nop;
            break;
        case 1:
            i.opcode = Opcode::call;
            break;
        case 2:
            i.opcode = Opcode::ret;
            break;
        case 4:
            i.opcode = Opcode::assert_eq;
            break;
        default:
            return invalid("opcode", opcode);
    }
    const Felt extension = Felt::from_u128(high << 1 | low >> 63, high >> 63);
    if (extension > Felt(3))
        return Error(ErrorKind::virtual_machine,
                     "Invalid opcode extension value: " + extension.to_decimal());
    i.extension = static_cast<OpcodeExtension>(extension.limbs()[0]);

    const bool plain = i.pc_update == PcUpdate::regular && (ap_update == 0 || ap_update == 2);
    if (i.extension == OpcodeExtension::blake || i.extension == OpcodeExtension::blake_finalize) {
        const bool from_register = i.op1_source == Op1Source::fp || i.op1_source == Op1Source::ap;
        if (i.opcode != Opcode::nop || !from_register || i.res != Res::op1 || !plain)
            return Error(ErrorKind::virtual_machine,
                         "Blake2s opcode invalid flags " + std::to_string(flags));
    }
    if (i.extension == OpcodeExtension::qm31) {
        const bool arithmetic = i.res == Res::add || i.res == Res::mul;
        if (!arithmetic || i.op1_source == Op1Source::op0 || i.opcode != Opcode::assert_eq ||
            !plain)
            return Error(ErrorKind::virtual_machine,
                         "QM31 add mul opcode invalid flags " + std::to_string(flags));
    }
    if (i.opcode == Opcode::call) {
        if (ap_update != 0)
            return invalid("ap_update", ap_update);
        i.ap_update = ApUpdate::add2;
    } else if (ap_update < 3) {
        i.ap_update = ap_update == 0   ? ApUpdate::regular
                      : ap_update == 1 ? ApUpdate::add
                                       : ApUpdate::add1;
    } else {
        return invalid("ap_update", ap_update);
    }

    if (i.opcode == Opcode::call) {
        if (i.off_dst != 0 || i.off_op0 != 1 || i.dst_register != Register::ap ||
            i.op0_register != Register::ap)
            return invalid("opcode", opcode);
        i.fp_update = FpUpdate::ap_plus2;
    } else if (i.opcode == Opcode::ret) {
        if (i.off_dst != -2 || i.off_op1 != -1 || i.dst_register != Register::fp ||
            i.op1_source != Op1Source::fp || i.res != Res::op1 || i.pc_update != PcUpdate::jump)
            return invalid("opcode", opcode);
        i.fp_update = FpUpdate::dst;
    }
    return i;
}

bool is_call_instruction(const Felt& word) {
    const auto decoded = decode_instruction(word);
    return decoded.has_value() && decoded->opcode == Opcode::call && decoded->res == Res::op1 &&
           (decoded->pc_update == PcUpdate::jump || decoded->pc_update == PcUpdate::jump_rel);
}

}  // namespace blockexecd::vm
