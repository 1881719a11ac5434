// SPDX-License-Identifier: Apache-2.0
// Cairo structs that hold big integers: Uint256 (low, high) and d0..dN of 128 or 86 bits each.
#pragma once

#include <array>
#include <string>

#include "vm/cairo0/hints/context.hpp"

namespace blockexecd::vm::cairo0 {

struct Uint256 {
    Felt low;
    Felt high;
};

// Errors of all readers: UnknownIdentifier, IdentifierHasNoMember.
[[nodiscard]] Result<Uint256> read_uint256(const HintContext& h, ids::Name name);
[[nodiscard]] Result<Uint256> read_uint256_at(const HintContext& h, const Relocatable& address,
                                              std::string_view name, std::uint64_t low_offset = 0,
                                              std::uint64_t high_offset = 1);
[[nodiscard]] BigInt pack(const Uint256& value);
// Low 128 bits, and the rest reduced into a felt.
[[nodiscard]] Uint256 split_uint256(const BigInt& value);
Result<void> set_uint256(HintContext& h, ids::Name name, const Uint256& value);
// pack(read_uint256()).
[[nodiscard]] Result<BigInt> packed_uint256(const HintContext& h, ids::Name name);

template <std::size_t N>
using Limbs = std::array<Felt, N>;

template <std::size_t N>
[[nodiscard]] Result<Limbs<N>> read_limbs_at(const HintContext& h, const Relocatable& address,
                                             std::string_view name) {
    static constexpr std::array<std::string_view, 8> kMembers{"d0", "d1", "d2", "d3",
                                                              "d4", "d5", "d6", "d7"};
    static_assert(N <= kMembers.size());
    Limbs<N> limbs;
    for (std::size_t i = 0; i < N; ++i) {
        BX_TRY(limbs[i], h.member(address, i, name, kMembers[i]));
    }
    return limbs;
}
template <std::size_t N>
[[nodiscard]] Result<Limbs<N>> read_limbs(const HintContext& h, ids::Name name) {
    BX_TRY(const Relocatable address, h.address(name));
    return read_limbs_at<N>(h, address, ids::name_text(name));
}
template <std::size_t N>
[[nodiscard]] BigInt pack128(const Limbs<N>& limbs) {
    BigInt value;
    for (std::size_t i = N; i-- > 0;)
        value = (value << 128) + to_integer(limbs[i]);
    return value;
}
template <std::size_t N>
[[nodiscard]] Result<BigInt> packed128(const HintContext& h, ids::Name name) {
    BX_TRY(const Limbs<N> limbs, read_limbs<N>(h, name));
    return pack128(limbs);
}
// The low N * 128 bits; precondition: value >= 0.
template <std::size_t N>
[[nodiscard]] Limbs<N> split128(const BigInt& value) {
    static const BigInt mask = (BigInt(1) << 128) - 1;
    Limbs<N> limbs;
    BigInt rest = value;
    for (auto& limb : limbs) {
        limb = to_felt(BigInt(rest & mask));
        rest >>= 128;
    }
    return limbs;
}
template <std::size_t N>
Result<void> set_limbs(HintContext& h, ids::Name name, const Limbs<N>& limbs) {
    BX_TRY(const Relocatable address, h.address(name));
    for (std::size_t i = 0; i < N; ++i)
        BX_CHECK(h.memory.insert(address + i, limbs[i]));
    return {};
}

// The first three limbs, each signed, in base 2^86.
[[nodiscard]] BigInt pack86(const Felt* limbs);
[[nodiscard]] BigInt pack86(const Felt* limbs, const BigInt& prime);
[[nodiscard]] Result<BigInt> packed86(const HintContext& h, ids::Name name);
[[nodiscard]] Result<BigInt> packed86(const HintContext& h, ids::Name name, const BigInt& prime);

// A point of two such integers. The members are named NAME.x.dI in errors.
[[nodiscard]] Result<BigPoint> packed_point(const HintContext& h, ids::Name name);
[[nodiscard]] Result<BigPoint> packed_point(const HintContext& h, ids::Name name,
                                            const BigInt& prime);

}  // namespace blockexecd::vm::cairo0
