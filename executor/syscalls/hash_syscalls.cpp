// SPDX-License-Identifier: Apache-2.0
// Word ranges are hard errors: compiled code can only pass words (specification 5.7).
#include "executor/syscalls/hash_syscalls.hpp"

#include <array>
#include <string>

#include "executor/calls/call_error.hpp"
#include "executor/constants/versioned_constants.hpp"
#include "vm/crypto/keccak.hpp"
#include "vm/crypto/sha2.hpp"

namespace blockexecd::executor {

namespace {

// Words that a keccak round absorbs.
constexpr std::uint64_t kKeccakRate = 17;

void absorb(vm::KeccakState& state, std::span<const Felt> words) {
    for (std::size_t i = 0; i < words.size(); ++i)
        state[i] ^= words[i].limbs()[0];
    vm::keccak_f1600(state);
}

template <class Word, std::size_t n>
vm::Result<std::array<Word, n>> read_words(const vm::Memory& memory, const vm::Relocatable& start) {
    std::array<Word, n> words;
    for (std::size_t i = 0; i < n; ++i) {
        BX_TRY(const Felt felt, memory.get_felt(start + i));
        if (felt.bit_length() > 8 * sizeof(Word))
            return syscall_error("SHA block word " + felt.to_decimal() + " is out of range");
        words[i] = static_cast<Word>(felt.limbs()[0]);
    }
    return words;
}

// States of one frame stand one behind the other. The reference makes a segment on every call, and
// uses the first.
template <class State>
vm::Result<vm::Relocatable> append_state(vm::Memory& memory, std::optional<vm::Relocatable>& end,
                                         const State& state) {
    const auto unused_segment = memory.add_segment();
    const auto start = end.value_or(unused_segment);
    std::array<Felt, 8> felts;
    for (std::size_t i = 0; i < felts.size(); ++i)
        felts[i] = Felt(std::uint64_t{state[i]});
    BX_TRY(end, memory.load(start, std::span<const Felt>(felts)));
    return start;
}

template <class Word, class Compress>
vm::Result<void> process_block(const ShaProcessBlock& request, vm::Memory& memory,
                               std::optional<vm::Relocatable>& end, SyscallResponse& response,
                               Compress&& compress) {
    BX_TRY(const auto message, (read_words<Word, 16>(memory, request.input)));
    BX_TRY(auto state, (read_words<Word, 8>(memory, request.state)));
    compress(state, message);
    BX_TRY(const auto next_state, append_state(memory, end, state));
    response.add(next_state);
    return {};
}

}  // namespace

vm::Result<Keccak> Keccak::read(SyscallCursor& cursor) {
    BX_TRY(const auto input_start, cursor.read_pointer());
    BX_TRY(const auto input_end, cursor.read_pointer());
    return Keccak{input_start, input_end};
}

vm::Result<void> Keccak::run(SyscallHandler& handler, SyscallResponse& response,
                             std::uint64_t& remaining_gas) && {
    const auto& os_constants = handler.frame.constants().os_constants;
    BX_TRY(const auto length, cells_between(input_start, input_end));
    BX_TRY(const auto words, handler.cursor.memory().get_felt_range(input_start, length));
    for (const auto& word : words)
        if (!word.fits_u64())
            return invalid_syscall_input(word, "Invalid input for the keccak syscall.");
    if (words.size() % kKeccakRate != 0) {
        response.fail({os_constants.error_invalid_input_len});
        return {};
    }
    const auto n_rounds = words.size() / kKeccakRate;
    const auto rounds_gas =
        n_rounds * os_constants.gas_costs.syscall(SyscallSelector::KeccakRound).base;
    if (rounds_gas > remaining_gas) {
        response.fail({os_constants.error_out_of_gas});
        return {};
    }
    remaining_gas -= rounds_gas;
    vm::KeccakState state{};
    for (std::span<const Felt> left = words; !left.empty(); left = left.subspan(kKeccakRate))
        absorb(state, left.first(kKeccakRate));
    // An entry also for no rounds: the call itself costs.
    handler.frame.info.syscalls_usage[SyscallSelector::Keccak].call_count += n_rounds;
    response.add(Felt::from_u128(state[0], state[1]));
    response.add(Felt::from_u128(state[2], state[3]));
    return {};
}

vm::Result<ShaProcessBlock> ShaProcessBlock::read(SyscallCursor& cursor) {
    BX_TRY(const auto state, cursor.read_pointer());
    BX_TRY(const auto input, cursor.read_pointer());
    return ShaProcessBlock{state, input};
}

vm::Result<Sha256ProcessBlock> Sha256ProcessBlock::read(SyscallCursor& cursor) {
    BX_TRY(const auto request, ShaProcessBlock::read(cursor));
    return Sha256ProcessBlock{request};
}

vm::Result<void> Sha256ProcessBlock::run(SyscallHandler& handler, SyscallResponse& response,
                                         std::uint64_t&) && {
    return process_block<std::uint32_t>(*this, handler.cursor.memory(), handler.sha256_end,
                                        response, vm::sha256_compress);
}

vm::Result<Sha512ProcessBlock> Sha512ProcessBlock::read(SyscallCursor& cursor) {
    BX_TRY(const auto request, ShaProcessBlock::read(cursor));
    return Sha512ProcessBlock{request};
}

vm::Result<void> Sha512ProcessBlock::run(SyscallHandler& handler, SyscallResponse& response,
                                         std::uint64_t&) && {
    return process_block<std::uint64_t>(*this, handler.cursor.memory(), handler.sha512_end,
                                        response, vm::sha512_compress);
}

}  // namespace blockexecd::executor
