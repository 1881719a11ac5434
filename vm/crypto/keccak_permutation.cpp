// SPDX-License-Identifier: Apache-2.0
// Keccak-f[1600] (FIPS 202, 3.2 and 3.3), two rounds at a time so that the state needs no copies.
// Lanes are named at compile time: rho and pi cost nothing but the rotations. The same code is
// compiled once more for processors with and-not and three-operand rotations.
#include <bit>

#include "vm/crypto/keccak.hpp"
#include "vm/felt/cpu.hpp"

namespace blockexecd::vm {

namespace {

using Lane = std::uint64_t;
using Parities = std::array<Lane, 5>;

constexpr std::array<Lane, 24> kRoundConstants{
    0x0000000000000001ULL, 0x0000000000008082ULL, 0x800000000000808aULL, 0x8000000080008000ULL,
    0x000000000000808bULL, 0x0000000080000001ULL, 0x8000000080008081ULL, 0x8000000000008009ULL,
    0x000000000000008aULL, 0x0000000000000088ULL, 0x0000000080008009ULL, 0x000000008000000aULL,
    0x000000008000808bULL, 0x800000000000008bULL, 0x8000000000008089ULL, 0x8000000000008003ULL,
    0x8000000000008002ULL, 0x8000000000000080ULL, 0x000000000000800aULL, 0x800000008000000aULL,
    0x8000000080008081ULL, 0x8000000000008080ULL, 0x0000000080000001ULL, 0x8000000080008008ULL,
};

// A lane of the state and the bits that rho turns it by.
template <std::size_t kIndex, int kTurn>
struct L {
    [[gnu::always_inline]] static Lane of(const KeccakState& state, const Parities& d) {
        return std::rotl(state[kIndex] ^ d[kIndex % 5], kTurn);
    }
};

// Five lanes of the new state (chi) from those that pi brings to them.
template <std::size_t kFirst, class A, class B, class C, class D, class E>
[[gnu::always_inline]] inline void row(const KeccakState& from, const Parities& d,
                                       KeccakState& to) {
    const Lane a = A::of(from, d), b = B::of(from, d), c = C::of(from, d), e = D::of(from, d),
               f = E::of(from, d);
    to[kFirst] = a ^ (~b & c);
    to[kFirst + 1] = b ^ (~c & e);
    to[kFirst + 2] = c ^ (~e & f);
    to[kFirst + 3] = e ^ (~f & a);
    to[kFirst + 4] = f ^ (~a & b);
}

[[gnu::always_inline]] inline void round(const KeccakState& from, KeccakState& to, Lane constant) {
    Parities columns, d;
#pragma GCC unroll 5
    for (std::size_t x = 0; x < 5; ++x)
        columns[x] = from[x] ^ from[x + 5] ^ from[x + 10] ^ from[x + 15] ^ from[x + 20];
#pragma GCC unroll 5
    for (std::size_t x = 0; x < 5; ++x)
        d[x] = columns[(x + 4) % 5] ^ std::rotl(columns[(x + 1) % 5], 1);
    row<0, L<0, 0>, L<6, 44>, L<12, 43>, L<18, 21>, L<24, 14>>(from, d, to);
    row<5, L<3, 28>, L<9, 20>, L<10, 3>, L<16, 45>, L<22, 61>>(from, d, to);
    row<10, L<1, 1>, L<7, 6>, L<13, 25>, L<19, 8>, L<20, 18>>(from, d, to);
    row<15, L<4, 27>, L<5, 36>, L<11, 10>, L<17, 15>, L<23, 56>>(from, d, to);
    row<20, L<2, 62>, L<8, 55>, L<14, 39>, L<15, 41>, L<21, 2>>(from, d, to);
    to[0] ^= constant;
}

[[gnu::always_inline]] inline void permute(KeccakState& state) {
    KeccakState a = state, b;
    for (std::size_t i = 0; i < kRoundConstants.size(); i += 2) {
        round(a, b, kRoundConstants[i]);
        round(b, a, kRoundConstants[i + 1]);
    }
    state = a;
}

#if defined(__x86_64__)
[[gnu::target("bmi,bmi2")]] void permute_with_bmi(KeccakState& state) {
    permute(state);
}
#endif

}  // namespace

void keccak_f1600(KeccakState& state) {
#if defined(__x86_64__)
    // Whatever has adcx has both.
    if (cpu::kHasAdx)
        return permute_with_bmi(state);
#endif
    permute(state);
}

}  // namespace blockexecd::vm
