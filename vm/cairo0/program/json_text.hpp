// SPDX-License-Identifier: Apache-2.0
// The characters of JSON strings, many bytes at a time.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace blockexecd::vm::cairo0 {

static_assert(std::endian::native == std::endian::little);

// As many bytes as are looked at or copied at once, and the bits that tell of each.
#if defined(__SSE2__)
inline constexpr std::size_t kTextGroup = 16, kBitsOfByte = 1;
#else
inline constexpr std::size_t kTextGroup = 8, kBitsOfByte = 8;
#endif

// Not zero where one of the first kTextGroup bytes at `at` needs a look: a quote, a backslash, a
// control character, other than ASCII. Precondition: there are as many.
inline std::uint64_t stops_in_group(const char* at) {
#if defined(__SSE2__)
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    // Signed: bytes from 0x80 on are below a blank.
    const __m128i stops = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                                    _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))),
                                       _mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')));
    return static_cast<unsigned>(_mm_movemask_epi8(stops));
#else
    constexpr std::uint64_t kOnes = 0x0101010101010101, kTops = 0x8080808080808080;
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof(word));
    // The top bit of each byte that is to stop at; only the lowest one is sure to be right.
    const std::uint64_t quote = word ^ (kOnes * '"'), backslash = word ^ (kOnes * '\\');
    return ((quote - kOnes) | (backslash - kOnes) | (word - kOnes * 0x20) | word) & kTops;
#endif
}

// How many bytes precede the first of these.
inline std::size_t plain_before(std::uint64_t stops) {
    return static_cast<std::size_t>(std::countr_zero(stops)) / kBitsOfByte;
}

// The first byte from `at` on that needs a look, or one of the last few before `end`.
inline const char* skip_plain(const char* at, const char* end) {
    for (; static_cast<std::size_t>(end - at) >= kTextGroup; at += kTextGroup)
        if (const std::uint64_t stops = stops_in_group(at); stops != 0)
            return at + plain_before(stops);
    return at;
}

// The same, with what is skipped copied to `out`, which moves on. Up to kTextGroup bytes behind
// that are written too.
inline const char* copy_plain(const char* at, const char* end, char*& out) {
    for (; static_cast<std::size_t>(end - at) >= kTextGroup; at += kTextGroup, out += kTextGroup) {
        std::memcpy(out, at, kTextGroup);
        if (const std::uint64_t stops = stops_in_group(at); stops != 0) {
            out += plain_before(stops);
            return at + plain_before(stops);
        }
    }
    return at;
}

// Bytes of the UTF-8 sequence at `at`; 0 where there is none.
[[nodiscard]] std::size_t utf8_length(const char* at, const char* end);

// Writes a code point in UTF-8: up to four bytes. The place behind them.
[[nodiscard]] char* write_utf8(char* out, std::uint32_t code);

// What a backslash and this character stand for; 0 for what is no such escape, and for `u`.
inline constexpr auto kEscapes = [] {
    std::array<char, 256> meanings{};
    for (const char same : {'"', '\\', '/'})
        meanings[static_cast<unsigned char>(same)] = same;
    meanings['b'] = '\b';
    meanings['f'] = '\f';
    meanings['n'] = '\n';
    meanings['r'] = '\r';
    meanings['t'] = '\t';
    return meanings;
}();

}  // namespace blockexecd::vm::cairo0
