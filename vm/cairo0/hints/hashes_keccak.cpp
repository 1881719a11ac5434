// SPDX-License-Identifier: Apache-2.0
// Hints of cairo_keccak, builtin_keccak, unsafe_keccak and of Poseidon's sponge loops.
#include <string>

#include "vm/cairo0/hints/functions.hpp"
#include "vm/crypto/keccak.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

constexpr std::uint64_t kStateLanes = 25;

Result<void> set_digest(HintContext& h, const Relocatable& high, const Relocatable& low,
                        std::span<const std::uint8_t> input) {
    const auto digest = keccak256(input);
    const std::span<const std::uint8_t> bytes(digest);
    BX_CHECK(h.memory.insert(high, Felt::from_bytes_be_any(bytes.first(16))));
    return h.memory.insert(low, Felt::from_bytes_be_any(bytes.last(16)));
}

// The constant KECCAK_STATE_SIZE_FELTS, below 100. The permutation takes 25 lanes.
Result<std::uint64_t> state_size(HintContext& h) {
    BX_TRY(const Felt size, h.constant(constants::KECCAK_STATE_SIZE_FELTS));
    if (size >= Felt(100))
        return hint_error("Expected size to be in the range from [0, 100), got: " +
                          size.to_decimal());
    return *size.to_u64();
}

Error slice_error() {
    return {ErrorKind::virtual_machine, "Could not convert slice to array"};
}

// Reads `size` cells, permutes them and writes the result to `output`.
Result<void> permute(HintContext& h, const Relocatable& input, std::uint64_t size,
                     ids::Name output) {
    std::vector<std::uint64_t> lanes;
    for (std::uint64_t i = 0; i < size; ++i) {
        const auto value = h.memory.get(input + i);
        if (!value || value->is_relocatable())
            return Error(ErrorKind::virtual_machine,
                         "Expected integer, found: " +
                             (value ? "Some(" + value->to_debug_string() + ")" : "None"));
        const auto lane = value->felt().to_u64();
        if (!lane)
            return conversion_error("u64", value->felt());
        lanes.push_back(*lane);
    }
    if (size != kStateLanes)
        return slice_error();
    KeccakState state{};
    std::copy(lanes.begin(), lanes.end(), state.begin());
    keccak_f1600(state);
    std::vector<Felt> permuted(state.begin(), state.end());
    BX_TRY(const Relocatable to, h.pointer(output));
    BX_CHECK(h.memory.load(to, permuted));
    return {};
}

Result<void> finalize(HintContext& h, std::uint64_t block_size_limit) {
    // Missing constants come before bad ones.
    BX_CHECK(h.constant(constants::KECCAK_STATE_SIZE_FELTS));
    BX_TRY(const Felt block_size, h.constant(constants::KECCAK_BLOCK_SIZE));
    BX_TRY(const std::uint64_t size, state_size(h));
    if (block_size >= Felt(block_size_limit))
        return hint_error("Expected size to be in range from [0, 10), got: " +
                          block_size.to_decimal());
    if (size != kStateLanes)
        return slice_error();
    KeccakState state{};
    keccak_f1600(state);
    std::vector<Felt> pair(kStateLanes);
    pair.insert(pair.end(), state.begin(), state.end());
    std::vector<Felt> padding = pair;
    for (std::uint64_t i = 1; i < *block_size.to_u64(); ++i)
        padding.insert(padding.end(), pair.begin(), pair.end());
    BX_TRY(const Relocatable end, h.pointer(ids::keccak_ptr_end));
    BX_CHECK(h.memory.load(end, padding));
    return {};
}

}  // namespace

Result<void> unsafe_keccak(HintContext& h) {
    BX_TRY(const Felt length, h.integer(ids::length));
    if (const Felt* limit = h.scopes.find<Felt>(scope::keccak_max_size);
        limit != nullptr && length > *limit)
        return hint_error("unsafe_keccak() can only be used with length<=" + length.to_decimal() +
                          ". Got: length=" + limit->to_decimal());
    BX_TRY(const Relocatable data, h.pointer(ids::data));
    BX_TRY(const Relocatable high, h.address(ids::high));
    BX_TRY(const Relocatable low, h.address(ids::low));
    const auto size = length.to_u64();
    if (!size)
        return hint_error("Invalid input length, Got: length=" + length.to_decimal());
    std::vector<std::uint8_t> input;
    for (std::uint64_t at = 0; at < *size; at += 16) {
        BX_TRY(const Felt word, h.memory.get_felt(data + at / 16));
        const std::uint64_t count = std::min<std::uint64_t>(16, *size - at);
        if (word.bit_length() > 8 * count)
            return hint_error("Invalid word size: " + word.to_decimal());
        const auto bytes = word.to_bytes_be();
        input.insert(input.end(), bytes.end() - static_cast<std::ptrdiff_t>(count), bytes.end());
    }
    return set_digest(h, high, low, input);
}

Result<void> unsafe_keccak_finalize(HintContext& h) {
    BX_TRY(const Relocatable state, h.address(ids::keccak_state));
    BX_TRY(const Relocatable start, h.pointer(ids::keccak_state));
    BX_TRY(const Relocatable end, h.memory.get_relocatable(state + 1));
    BX_TRY(const std::uint64_t words, distance(end, start));
    BX_TRY(const std::vector<Felt> range, h.memory.get_felt_range(start, words));
    std::vector<std::uint8_t> input;
    for (const Felt& word : range) {
        const auto bytes = word.to_bytes_be();
        input.insert(input.end(), bytes.begin() + 16, bytes.end());
    }
    BX_TRY(const Relocatable high, h.address(ids::high));
    BX_TRY(const Relocatable low, h.address(ids::low));
    return set_digest(h, high, low, input);
}

Result<void> keccak_write_args(HintContext& h) {
    BX_TRY(const Relocatable inputs, h.pointer(ids::inputs));
    BX_TRY(const Felt low, h.integer(ids::low));
    BX_TRY(const Felt high, h.integer(ids::high));
    const auto l = split_at(low, 64), u = split_at(high, 64);
    const std::array<Felt, 4> words{l.low, l.high, u.low, u.high};
    BX_CHECK(h.memory.load(inputs, std::span<const Felt>(words)));
    return {};
}

Result<void> compare_bytes_in_word_nondet(HintContext& h) {
    BX_TRY(const Felt n_bytes, h.integer(ids::n_bytes));
    BX_TRY(const Felt bytes_in_word, h.constant(constants::BYTES_IN_WORD_CAIRO_KECCAK));
    return h.set_ap_flag(n_bytes < bytes_in_word);
}

Result<void> compare_keccak_full_rate_in_bytes_nondet(HintContext& h) {
    BX_TRY(const Felt n_bytes, h.integer(ids::n_bytes));
    const auto of_builtin = h.constant_or_nothing(constants::KECCAK_FULL_RATE_BUILTIN_KECCAK);
    const auto of_cairo = h.constant_or_nothing(constants::KECCAK_FULL_RATE_CAIRO_KECCAK);
    if (!of_cairo && !of_builtin)
        return hint_error("Missing constant: KECCAK_FULL_RATE_IN_BYTES");
    return h.set_ap_flag(n_bytes >= (of_cairo ? *of_cairo : *of_builtin));
}

Result<void> cairo_keccak_input_is_full_word(HintContext& h) {
    BX_TRY(const Felt n_bytes, h.integer(ids::n_bytes));
    return h.set_flag(ids::full_word, n_bytes >= Felt(8));
}

Result<void> block_permutation(HintContext& h) {
    BX_TRY(const std::uint64_t size, state_size(h));
    BX_TRY(const Relocatable keccak_ptr, h.pointer(ids::keccak_ptr));
    BX_TRY(const Relocatable input, sub_usize(keccak_ptr, size));
    return permute(h, input, size, ids::keccak_ptr);
}

Result<void> block_permutation_whitelist_v2(HintContext& h) {
    BX_TRY(const std::uint64_t size, state_size(h));
    BX_TRY(const Relocatable start, h.pointer(ids::keccak_ptr_start));
    return permute(h, start, size, ids::output);
}

Result<void> cairo_keccak_finalize_v1(HintContext& h) {
    return finalize(h, 10);
}

Result<void> cairo_keccak_finalize_v2(HintContext& h) {
    return finalize(h, 1000);
}

namespace {

struct InputSplit {
    std::uint64_t index;
    unsigned bytes;
    ids::Name high;
    ids::Name low;
};

Result<void> split_input(HintContext& h, const InputSplit& split) {
    BX_TRY(const Relocatable inputs, h.pointer(ids::inputs));
    BX_TRY(const Felt word, h.memory.get_felt(inputs + split.index));
    const auto [high, low] = split_at(word, 8 * split.bytes);
    BX_CHECK(h.set(split.high, high));
    return h.set(split.low, low);
}

Result<void> split_output(HintContext& h, ids::Name output, ids::Name high_name,
                          ids::Name low_name) {
    BX_TRY(const Felt word, h.integer(output));
    const auto [high, low] = split_at(word, 128);
    BX_CHECK(h.set(high_name, high));
    return h.set(low_name, low);
}

}  // namespace

Result<void> split_input_3(HintContext& h) {
    return split_input(h, {3, 1, ids::high3, ids::low3});
}

Result<void> split_input_6(HintContext& h) {
    return split_input(h, {6, 2, ids::high6, ids::low6});
}

Result<void> split_input_9(HintContext& h) {
    return split_input(h, {9, 3, ids::high9, ids::low9});
}

Result<void> split_input_12(HintContext& h) {
    return split_input(h, {12, 4, ids::high12, ids::low12});
}

Result<void> split_input_15(HintContext& h) {
    return split_input(h, {15, 5, ids::high15, ids::low15});
}

Result<void> split_output_0(HintContext& h) {
    return split_output(h, ids::output0, ids::output0_high, ids::output0_low);
}

Result<void> split_output_1(HintContext& h) {
    return split_output(h, ids::output1, ids::output1_high, ids::output1_low);
}

Result<void> split_output_mid_low_high(HintContext& h) {
    BX_TRY(const Felt output, h.integer(ids::output1));
    const auto [upper, low] = split_at(output, 56);
    const auto [high, mid] = split_at(upper, 128);
    BX_CHECK(h.set(ids::output1_high, high));
    BX_CHECK(h.set(ids::output1_mid, mid));
    return h.set(ids::output1_low, low);
}

Result<void> split_n_bytes(HintContext& h) {
    BX_TRY(const Felt n_bytes, h.integer(ids::n_bytes));
    const auto count = n_bytes.to_u64();
    if (!count)
        return conversion_error("u64", n_bytes);
    BX_TRY(const Felt constant, h.constant(constants::BYTES_IN_WORD_BUILTIN_KECCAK));
    const auto bytes_in_word = constant.to_u64();
    if (!bytes_in_word || *bytes_in_word == 0)
        return hint_error("Missing constant: " + std::string(constants::error_text(
                                                     constants::BYTES_IN_WORD_BUILTIN_KECCAK)));
    BX_CHECK(h.set(ids::n_words_to_copy, Felt(*count / *bytes_in_word)));
    return h.set(ids::n_bytes_left, Felt(*count % *bytes_in_word));
}

namespace {

Result<void> n_at_least(HintContext& h, std::uint64_t limit) {
    BX_TRY(const Felt n, h.integer(ids::n));
    return h.set_ap_flag(n >= Felt(limit));
}

Result<void> elements_at_least(HintContext& h, std::uint64_t limit) {
    BX_TRY(const Relocatable end, h.pointer(ids::elements_end));
    BX_TRY(const Relocatable elements, h.pointer(ids::elements));
    BX_TRY(const std::uint64_t count, distance(end, elements));
    return h.set_ap_flag(count >= limit);
}

}  // namespace

Result<void> nondet_n_greater_than_10(HintContext& h) {
    return n_at_least(h, 10);
}

Result<void> nondet_n_greater_than_2(HintContext& h) {
    return n_at_least(h, 2);
}

Result<void> nondet_elements_over_ten(HintContext& h) {
    return elements_at_least(h, 10);
}

Result<void> nondet_elements_over_two(HintContext& h) {
    return elements_at_least(h, 2);
}

}  // namespace blockexecd::vm::cairo0
