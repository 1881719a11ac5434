// SPDX-License-Identifier: Apache-2.0
// The names that hints use, as numbers: ids of the program, and constants. A program's names are
// turned into these when it is loaded.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace blockexecd::vm::cairo0 {

// clang-format off
#define BLOCKEXECD_IDS(X) \
    X(P) X(a) X(a_lsb) X(account) X(add_mod_n) X(add_mod_ptr) X(addr) X(array_ptr) X(b) \
    X(b_inverse_mod_p) X(b_lsb) X(base) X(biased_q) X(big_keys) X(bit_length) X(blake2s_ptr_end) \
    X(blake2s_start) X(bound) X(carry) X(carry_d0) X(carry_d1) X(carry_d2) X(carry_high) \
    X(carry_low) X(check_account_value) X(check_excess_balance) X(check_margin_requirement_d) \
    X(check_unrealized_pnl_d) X(continue_copying) X(continue_loop) X(data) X(default_value) \
    X(dest_ptr) X(dibit) X(dict_accesses) X(dict_accesses_end) X(dict_ptr) X(div) X(ecdsa_ptr) \
    X(elements) X(elements_end) X(elm_ptr) X(elm_size) X(end) X(fees_cache_ptr) X(first_key) \
    X(first_nibble) X(flag) X(full_word) X(generator) X(high) X(high12) X(high15) X(high3) \
    X(high6) X(high9) X(index) X(indices_cache_ptr) X(infos) X(input) X(input_len) X(inputs) \
    X(is_250) X(is_elm_in_set) X(is_on_curve) X(is_positive) X(is_small) X(keccak_ptr) \
    X(keccak_ptr_end) X(keccak_ptr_start) X(keccak_state) X(key) X(last_nibble) X(len) X(len_hi) \
    X(length) X(locs) X(loop_temps) X(low) X(low12) X(low15) X(low3) X(low6) X(low9) X(m) \
    X(margin_check_type) X(mul_mod_n) X(mul_mod_ptr) X(multiplicities) X(n) X(n_accesses) \
    X(n_bytes) X(n_bytes_left) X(n_elms) X(n_used_accesses) X(n_words_to_copy) X(new_value) \
    X(next_item_index) X(next_key) X(output) X(output0) X(output0_high) X(output0_low) X(output1) \
    X(output1_high) X(output1_low) X(output1_mid) X(output_len) X(p) X(packed_values) \
    X(packed_values_len) X(perps_balances_cache_ptr) X(perps_cache_ptr) X(point) X(point0) \
    X(point1) X(prev_locs) X(prev_value) X(prices_cache_ptr) X(pt) X(pt0) X(pt1) X(ptr_diff) X(q) \
    X(quad_bit) X(quotient) X(quotient_high) X(quotient_low) X(r) X(range_check_ptr) X(remainder) \
    X(res) X(root) X(s) X(scalar) X(scalar_u) X(scalar_v) X(set_end_ptr) X(set_ptr) \
    X(sha256_ptr_end) X(sha256_start) X(should_skip_loop) X(signature_r) X(signature_s) X(slope) \
    X(small_inputs) X(sqrt_gx) X(sqrt_x) X(squashed_dict_end) X(squashed_dict_start) X(src_ptr) \
    X(state) X(success_gx) X(success_x) X(syscall_ptr) X(temporary_array) X(token_assets_value_d) \
    X(unpacked_u32s) X(v) X(val) X(value) X(x) X(x_cube) X(x_inverse_mod_p) X(xx) X(y)
// clang-format on

namespace ids {
enum Name : std::uint8_t {
#define X(name) name,
    BLOCKEXECD_IDS(X)
#undef X
};

inline constexpr std::array kTexts{
#define X(name) std::string_view(#name),
    BLOCKEXECD_IDS(X)
#undef X
};
static_assert(kTexts.size() <= 256);

constexpr std::string_view name_text(Name name) {
    return kTexts[name];
}
// The name of that text; nothing when no hint asks for it.
[[nodiscard]] std::optional<Name> find(std::string_view text);
}  // namespace ids

// X(name, path, fallback, error): the constant at that path; else, where `fallback` is not empty,
// the first one in path order whose last component it is. `error` is what a program without it is
// told is missing.
#define BLOCKEXECD_CONSTANTS(X)                                                                   \
    X(PRIME_OVER_3_HIGH, "starkware.cairo.common.math.assert_le_felt.PRIME_OVER_3_HIGH", "",      \
      "starkware.cairo.common.math.assert_le_felt.PRIME_OVER_3_HIGH")                             \
    X(PRIME_OVER_2_HIGH, "starkware.cairo.common.math.assert_le_felt.PRIME_OVER_2_HIGH", "",      \
      "starkware.cairo.common.math.assert_le_felt.PRIME_OVER_2_HIGH")                             \
    X(MAX_HIGH, "", "MAX_HIGH", "MAX_HIGH")                                                       \
    X(MAX_LOW, "", "MAX_LOW", "MAX_LOW")                                                          \
    X(SHIFT, "", "SHIFT", "SHIFT")                                                                \
    X(UPPER_BOUND_250, "starkware.cairo.common.math.assert_250_bit.UPPER_BOUND", "UPPER_BOUND",   \
      "UPPER_BOUND")                                                                              \
    X(SHIFT_250, "starkware.cairo.common.math.assert_250_bit.SHIFT", "SHIFT", "SHIFT")            \
    X(UPPER_BOUND_165, "starkware.cairo.common.secp256r1.field.assert_165_bit.UPPER_BOUND",       \
      "UPPER_BOUND", "UPPER_BOUND")                                                               \
    X(SHIFT_165, "starkware.cairo.common.secp256r1.field.assert_165_bit.SHIFT", "SHIFT", "SHIFT") \
    X(ADDR_BOUND, "starkware.starknet.common.storage.ADDR_BOUND", "",                             \
      "starkware.starknet.common.storage.ADDR_BOUND")                                             \
    X(SECP_BASE, "starkware.cairo.common.cairo_secp.constants.BASE", "",                          \
      "starkware.cairo.common.cairo_secp.constants.BASE")                                         \
    X(SECP_BETA, "starkware.cairo.common.cairo_secp.constants.BETA", "",                          \
      "starkware.cairo.common.cairo_secp.constants.BETA")                                         \
    X(BYTES_IN_WORD_CAIRO_KECCAK, "starkware.cairo.common.cairo_keccak.keccak.BYTES_IN_WORD", "", \
      "starkware.cairo.common.cairo_keccak.keccak.BYTES_IN_WORD")                                 \
    X(BYTES_IN_WORD_BUILTIN_KECCAK, "starkware.cairo.common.builtin_keccak.keccak.BYTES_IN_WORD", \
      "", "starkware.cairo.common.builtin_keccak.keccak.BYTES_IN_WORD")                           \
    X(KECCAK_FULL_RATE_CAIRO_KECCAK,                                                              \
      "starkware.cairo.common.cairo_keccak.keccak.KECCAK_FULL_RATE_IN_BYTES", "",                 \
      "KECCAK_FULL_RATE_IN_BYTES")                                                                \
    X(KECCAK_FULL_RATE_BUILTIN_KECCAK,                                                            \
      "starkware.cairo.common.builtin_keccak.keccak.KECCAK_FULL_RATE_IN_BYTES", "",               \
      "KECCAK_FULL_RATE_IN_BYTES")                                                                \
    X(KECCAK_STATE_SIZE_FELTS,                                                                    \
      "starkware.cairo.common.cairo_keccak.keccak.KECCAK_STATE_SIZE_FELTS", "",                   \
      "starkware.cairo.common.cairo_keccak.keccak.KECCAK_STATE_SIZE_FELTS")                       \
    X(KECCAK_BLOCK_SIZE, "starkware.cairo.common.cairo_keccak.packed_keccak.BLOCK_SIZE", "",      \
      "starkware.cairo.common.cairo_keccak.packed_keccak.BLOCK_SIZE")                             \
    X(SHA256_INPUT_CHUNK_SIZE_FELTS, "", "SHA256_INPUT_CHUNK_SIZE_FELTS",                         \
      "SHA256_INPUT_CHUNK_SIZE_FELTS")                                                            \
    X(SHA256_STATE_SIZE_FELTS, "", "SHA256_STATE_SIZE_FELTS", "SHA256_STATE_SIZE_FELTS")          \
    X(MARGIN_CHECK_INITIAL, "", "MARGIN_CHECK_INITIAL", "MARGIN_CHECK_INITIAL")

struct ConstantSource {
    std::string_view path;
    std::string_view last_component;
    std::string_view error;
};

namespace constants {
enum Name : std::uint8_t {
#define X(name, path, fallback, error) name,
    BLOCKEXECD_CONSTANTS(X)
#undef X
};

inline constexpr std::array kSources{
#define X(name, path, fallback, error) ConstantSource{path, fallback, error},
    BLOCKEXECD_CONSTANTS(X)
#undef X
};

constexpr std::string_view error_text(Name name) {
    return kSources[name].error;
}
}  // namespace constants

inline constexpr std::size_t kConstantCount = constants::kSources.size();

}  // namespace blockexecd::vm::cairo0
