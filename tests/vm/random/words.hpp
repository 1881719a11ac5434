// SPDX-License-Identifier: Apache-2.0
// Instruction words from their fields, valid or not: the inverse of decode_instruction.
#pragma once

#include <cstdint>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm::random {

enum class Base : std::uint8_t { ap, fp };

// The fields as bits; the defaults are those of `assert [ap] = …; ap++` with op0 where compilers
// put it when unused.
struct Word {
    std::int32_t off_dst = 0;
    std::int32_t off_op0 = -1;
    std::int32_t off_op1 = 1;
    Base dst = Base::ap;
    Base op0 = Base::fp;
    std::uint64_t op1_source = 1;  // 0 op0, 1 immediate, 2 fp, 4 ap
    std::uint64_t res = 0;         // 0 op1, 1 add, 2 mul
    std::uint64_t pc_update = 0;   // 0 regular, 1 jump, 2 jump rel, 4 jnz
    std::uint64_t ap_update = 2;   // 0 none, 1 add, 2 one
    std::uint64_t opcode = 4;      // 0 nop, 1 call, 2 ret, 4 assert
    std::uint64_t extension = 0;

    [[nodiscard]] Felt encode() const {
        const auto biased = [](std::int32_t offset) {
            return static_cast<std::uint64_t>(offset + 0x8000) & 0xffff;
        };
        const std::uint64_t flags = (dst == Base::fp ? 1U : 0U) | (op0 == Base::fp ? 2U : 0U) |
                                    op1_source << 2 | res << 5 | pc_update << 7 | ap_update << 10 |
                                    opcode << 12;
        return Felt::from_u128(biased(off_dst) | biased(off_op0) << 16 | biased(off_op1) << 32 |
                                   flags << 48 | extension << 63,
                               extension >> 1);
    }
};

}  // namespace blockexecd::vm::random
