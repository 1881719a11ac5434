// SPDX-License-Identifier: Apache-2.0
// The opcode's reads and writes, in the reference's order.
#include "vm/interpreter/blake.hpp"

#include <array>
#include <cstdint>

#include "vm/crypto/blake2s.hpp"

namespace blockexecd::vm {

namespace {

template <std::size_t N>
Result<std::array<std::uint32_t, N>> read_words(const Memory& memory, const Relocatable& pointer) {
    BX_TRY(const Relocatable start, memory.get_relocatable(pointer));
    std::array<std::uint32_t, N> words{};
    for (std::size_t i = 0; i < N; ++i) {
        BX_TRY(const Relocatable address, add_usize(start, i));
        BX_TRY(words[i], memory.get_u32(address));
    }
    return words;
}

}  // namespace

Result<void> run_blake(Memory& memory, const Relocatable& dst, const Relocatable& op0,
                       const Relocatable& op1, const Relocatable& ap, bool finalize) {
    BX_TRY(const std::uint32_t counter, memory.get_u32(dst));
    BX_TRY(auto state, read_words<8>(memory, op0));
    BX_TRY(const auto message, read_words<16>(memory, op1));
    BX_TRY(const Relocatable output, memory.get_relocatable(ap));
    blake2s_compress(state, message, counter, 0, finalize ? 0xffffffffU : 0, 0);
    for (std::size_t i = 0; i < state.size(); ++i) {
        BX_TRY(const Relocatable address, add_usize(output, i));
        BX_CHECK(memory.insert_as_accessed(address, Value(std::uint64_t{state[i]})));
    }
    return {};
}

}  // namespace blockexecd::vm
