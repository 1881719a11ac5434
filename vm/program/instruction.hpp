// SPDX-License-Identifier: Apache-2.0
// An instruction word taken apart, as the reference's decoder does: the checks come in its order,
// so that a bad word gives the same error.
#pragma once

#include <cstdint>

#include "vm/error.hpp"
#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

enum class Register : std::uint8_t { ap, fp };
enum class Op1Source : std::uint8_t { op0, imm, fp, ap };
enum class Res : std::uint8_t { op1, add, mul, unconstrained };
enum class PcUpdate : std::uint8_t { regular, jump, jump_rel, jnz };
enum class ApUpdate : std::uint8_t { regular, add, add1, add2 };
enum class FpUpdate : std::uint8_t { regular, ap_plus2, dst };
enum class Opcode : std::uint8_t { nop, call, ret, assert_eq };
enum class OpcodeExtension : std::uint8_t { stone, blake, blake_finalize, qm31 };

struct Instruction {
    std::int16_t off_dst = 0;
    std::int16_t off_op0 = 0;
    std::int16_t off_op1 = 0;
    Register dst_register = Register::ap;
    Register op0_register = Register::ap;
    Op1Source op1_source = Op1Source::op0;
    Res res = Res::op1;
    PcUpdate pc_update = PcUpdate::regular;
    ApUpdate ap_update = ApUpdate::regular;
    FpUpdate fp_update = FpUpdate::regular;
    Opcode opcode = Opcode::nop;
    OpcodeExtension extension = OpcodeExtension::stone;

    // Words that the instruction takes: 2 with an immediate, else 1.
    [[nodiscard]] std::uint64_t size() const { return op1_source == Op1Source::imm ? 2 : 1; }
    friend bool operator==(const Instruction&, const Instruction&) = default;
};

// Errors: InvalidInstructionEncoding for a felt of more than 128 bits, and the reference's Invalid…
// for each bad field.
Result<Instruction> decode_instruction(const Felt& word);
// The same for words that need not be instructions: false, without saying why.
[[nodiscard]] bool try_decode_instruction(const Felt& word, Instruction& instruction);

// The traceback's test: decodes to a call in one of the two shapes that compilers emit.
bool is_call_instruction(const Felt& word);

}  // namespace blockexecd::vm
