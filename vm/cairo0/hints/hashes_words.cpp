// SPDX-License-Identifier: Apache-2.0
// Hints of cairo_sha256 and cairo_blake2s: compression of 32-bit words held one a cell.
#include <algorithm>
#include <string>

#include "vm/cairo0/hints/functions.hpp"
#include "vm/crypto/blake2s.hpp"
#include "vm/crypto/sha2.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

using HashState = std::array<std::uint32_t, 8>;
constexpr HashState kHashIv = kBlake2sIv;  // SHA-256's too
constexpr std::size_t kBlockWords = 16;
// The packed verification of both libraries takes seven instances at once, so six are added.
constexpr int kPaddingInstances = 6;

std::vector<Felt> to_felts(std::span<const std::uint32_t> words) {
    return {words.begin(), words.end()};
}

Result<void> write(HintContext& h, const Relocatable& to, std::span<const std::uint32_t> words) {
    BX_CHECK(h.memory.load(to, to_felts(words)));
    return {};
}

Result<std::uint32_t> to_u32(const Felt& value) {
    const auto word = value.to_u64();
    if (!word || *word > UINT32_MAX)
        return conversion_error("u32", value);
    return static_cast<std::uint32_t>(*word);
}

// For BLAKE2s, which has another error for a word that is too large.
template <std::size_t N>
Result<std::array<std::uint32_t, N>> read_words(HintContext& h, const Relocatable& from) {
    BX_TRY(const std::vector<Felt> range, h.memory.get_felt_range(from, N));
    std::array<std::uint32_t, N> words;
    for (std::size_t i = 0; i < N; ++i) {
        const auto word = range[i].to_u64();
        if (!word || *word > UINT32_MAX)
            return hint_error("Couldn't convert BigInt to u32");
        words[i] = static_cast<std::uint32_t>(*word);
    }
    return words;
}

HashState compressed(HashState state, const Blake2sMessage& message, std::uint32_t t0,
                     std::uint32_t f0) {
    blake2s_compress(state, message, t0, 0, f0, 0);
    return state;
}

HashState blake2s_iv() {
    HashState iv = kHashIv;
    iv[0] ^= 0x01010020;  // 32-byte digest, no key
    return iv;
}

Result<void> sha256_main(HintContext& h, HashState state) {
    BX_TRY(const Relocatable start, h.pointer(ids::sha256_start));
    BX_TRY(const Felt chunk, h.constant(constants::SHA256_INPUT_CHUNK_SIZE_FELTS));
    if (chunk >= Felt(100))
        return hint_error("assert 0 <= _sha256_input_chunk_size_felts < 100");
    std::vector<std::uint32_t> words(chunk.limbs()[0]);
    for (std::size_t i = 0; i < words.size(); ++i) {
        BX_TRY(const Relocatable address, add_usize(start, i));
        BX_TRY(const Felt word, h.memory.get_felt(address));
        BX_TRY(words[i], to_u32(word));
    }
    // A chunk of another size than a block is none that the compression takes.
    std::array<std::uint32_t, kBlockWords> block{};
    if (words.size() != block.size())
        return hint_error("Failed to construct a fixed size array of size: 64");
    std::ranges::copy(words, block.begin());
    sha256_compress(state, block);
    BX_TRY(const Relocatable output, h.pointer(ids::output));
    return write(h, output, state);
}

// Six dummy instances, the parts of each in the order given.
Result<void> pad(HintContext& h, ids::Name end_name,
                 std::initializer_list<std::span<const std::uint32_t>> parts) {
    std::vector<std::uint32_t> instance;
    for (const auto part : parts)
        instance.insert(instance.end(), part.begin(), part.end());
    std::vector<std::uint32_t> padding;
    for (int i = 0; i < kPaddingInstances; ++i)
        padding.insert(padding.end(), instance.begin(), instance.end());
    BX_TRY(const Relocatable end, h.pointer(end_name));
    return write(h, end, padding);
}

constexpr std::array<std::uint32_t, kBlockWords> kZeroBlock{};
constexpr std::array<std::uint32_t, 2> kCounterAndFinal{0, 0xffffffff};

}  // namespace

Result<void> sha256_input(HintContext& h) {
    BX_TRY(const Felt n_bytes, h.integer(ids::n_bytes));
    return h.set_flag(ids::full_word, n_bytes >= Felt(4));
}

Result<void> sha256_main_constant_input_length(HintContext& h) {
    return sha256_main(h, kHashIv);
}

Result<void> sha256_main_arbitrary_input_length(HintContext& h) {
    BX_TRY(const Relocatable state_ptr, h.pointer(ids::state));
    BX_TRY(const Felt size, h.constant(constants::SHA256_STATE_SIZE_FELTS));
    HashState state;
    if (size >= Felt(100))
        return hint_error("assert 0 <= _sha256_state_size_felts < 100");
    if (size != Felt(state.size()))
        return hint_error("Invalid value for SHA256_STATE_SIZE_FELTS. Got: " + size.to_decimal() +
                          ". Expected: 8");
    BX_TRY(const std::vector<Felt> range, h.memory.get_felt_range(state_ptr, state.size()));
    for (std::size_t i = 0; i < state.size(); ++i) {
        BX_TRY(state[i], to_u32(range[i]));
    }
    return sha256_main(h, state);
}

Result<void> sha256_finalize(HintContext& h) {
    HashState output = kHashIv;
    sha256_compress(output, kZeroBlock);
    return pad(h, ids::sha256_ptr_end, {kZeroBlock, kHashIv, output});
}

Result<void> blake2s_compute(HintContext& h) {
    BX_TRY(const Relocatable output, h.pointer(ids::output));
    BX_TRY(const Relocatable state_at, sub_usize(output, 26));
    BX_TRY(const HashState state, read_words<8>(h, state_at));
    BX_TRY(const auto message, read_words<kBlockWords>(h, output - 18));
    BX_TRY(const Felt counter, h.memory.get_felt(output - 2));
    BX_TRY(const std::uint32_t t, to_u32(counter));
    BX_TRY(const Felt final_block, h.memory.get_felt(output - 1));
    BX_TRY(const std::uint32_t f, to_u32(final_block));
    return write(h, output, compressed(state, message, t, f));
}

Result<void> blake2s_finalize(HintContext& h) {
    const HashState iv = blake2s_iv();
    const HashState output = compressed(iv, kZeroBlock, 0, 0xffffffff);
    return pad(h, ids::blake2s_ptr_end, {iv, kZeroBlock, kCounterAndFinal, output});
}

Result<void> blake2s_finalize_v3(HintContext& h) {
    const HashState iv = blake2s_iv();
    const HashState output = compressed(iv, kZeroBlock, 0, 0xffffffff);
    return pad(h, ids::blake2s_ptr_end, {kZeroBlock, iv, kCounterAndFinal, output});
}

namespace {

// Little-endian 32-bit words of both halves, low half first.
Result<std::vector<Felt>> uint256_words(HintContext& h) {
    BX_TRY(const Relocatable low_address, h.address(ids::low));
    BX_TRY(const Relocatable high_address, h.address(ids::high));
    BX_TRY(Felt low, h.memory.get_felt(low_address));
    BX_TRY(Felt high, h.memory.get_felt(high_address));
    std::vector<Felt> words;
    for (Felt* half : {&low, &high})
        for (int i = 0; i < 4; ++i) {
            const auto [rest, word] = split_at(*half, 32);
            words.push_back(word);
            *half = rest;
        }
    return words;
}

}  // namespace

Result<void> blake2s_add_uint256(HintContext& h) {
    BX_TRY(const Relocatable data, h.pointer(ids::data));
    BX_TRY(const std::vector<Felt> words, uint256_words(h));
    BX_CHECK(h.memory.load(data, words));
    return {};
}

Result<void> blake2s_add_uint256_bigend(HintContext& h) {
    BX_TRY(const Relocatable data, h.pointer(ids::data));
    BX_TRY(std::vector<Felt> words, uint256_words(h));
    std::reverse(words.begin(), words.end());
    BX_CHECK(h.memory.load(data, words));
    return {};
}

Result<void> is_less_than_63_bits_and_not_end(HintContext& h) {
    BX_TRY(const Relocatable end, h.pointer(ids::end));
    BX_TRY(const Relocatable packed_values, h.pointer(ids::packed_values));
    if (end == packed_values)
        return h.set_ap_flag(false);
    BX_TRY(const Felt value, h.memory.get_felt(packed_values));
    return h.set_ap_flag(value.bit_length() <= 63);
}

Result<void> blake2s_unpack_felts(HintContext& h) {
    BX_TRY(const Felt length, h.integer(ids::packed_values_len));
    BX_TRY(const Relocatable packed_values, h.pointer(ids::packed_values));
    BX_TRY(const Relocatable unpacked, h.pointer(ids::unpacked_u32s));
    const auto count = length.to_u64();
    if (!count)
        return conversion_error("usize", length);
    BX_TRY(const std::vector<Felt> values, h.memory.get_felt_range(packed_values, *count));
    std::vector<Felt> words;
    for (const Felt& value : values) {
        const auto& limbs = value.limbs();
        if (value.bit_length() <= 63) {
            words.emplace_back(limbs[0] >> 32);
            words.emplace_back(limbs[0] & UINT32_MAX);
            continue;
        }
        // Eight words, most significant first, with bit 255 set as the mark of a long value.
        for (std::size_t i = 4; i-- > 0;) {
            const std::uint64_t limb = limbs[i] | (i == 3 ? std::uint64_t{1} << 63 : 0);
            words.emplace_back(limb >> 32);
            words.emplace_back(limb & UINT32_MAX);
        }
    }
    BX_CHECK(h.memory.load(unpacked, words));
    return {};
}

Result<void> example_blake2s_compress(HintContext& h) {
    BX_TRY(const Relocatable start, h.pointer(ids::blake2s_start));
    BX_TRY(const Relocatable output, h.pointer(ids::output));
    BX_TRY(const Felt n_bytes, h.integer(ids::n_bytes));
    BX_TRY(const std::uint32_t counter, to_u32(n_bytes));
    BX_TRY(const auto message, read_words<kBlockWords>(h, start));
    return write(h, output, compressed(blake2s_iv(), message, counter, 0xffffffff));
}

}  // namespace blockexecd::vm::cairo0
