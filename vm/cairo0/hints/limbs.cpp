// SPDX-License-Identifier: Apache-2.0
// Reading, packing and splitting of big integers in Cairo structs.
#include "vm/cairo0/hints/limbs.hpp"

#include <algorithm>

namespace blockexecd::vm::cairo0 {

Result<Uint256> read_uint256_at(const HintContext& h, const Relocatable& address,
                                std::string_view name, std::uint64_t low_offset,
                                std::uint64_t high_offset) {
    const Cell* const low_cell = h.integer_cell(address, low_offset);
    const Cell* const high_cell = h.integer_cell(address, high_offset);
    if (low_cell != nullptr && high_cell != nullptr)
        return Uint256{low_cell->felt(), high_cell->felt()};
    BX_TRY(const Felt low, h.member(address, low_offset, name, "low"));
    BX_TRY(const Felt high, h.member(address, high_offset, name, "high"));
    return Uint256{low, high};
}

Result<Uint256> read_uint256(const HintContext& h, ids::Name name) {
    BX_TRY(const Relocatable address, h.address(name));
    return read_uint256_at(h, address, ids::name_text(name));
}

BigInt pack(const Uint256& value) {
    return (to_integer(value.high) << 128) + to_integer(value.low);
}

Uint256 split_uint256(const BigInt& value) {
    static const BigInt mask = (BigInt(1) << 128) - 1;
    return {to_felt(BigInt(value & mask)), to_felt(BigInt(value >> 128))};
}

Result<void> set_uint256(HintContext& h, ids::Name name, const Uint256& value) {
    BX_TRY(const Relocatable address, h.address(name));
    BX_CHECK(h.memory.insert(address, value.low));
    return h.memory.insert(address + 1, value.high);
}

Result<BigInt> packed_uint256(const HintContext& h, ids::Name name) {
    BX_TRY(const Uint256 value, read_uint256(h, name));
    return pack(value);
}

namespace {

// Two's complement: three limbs below 2^256 in absolute value, 172 bits apart at most.
using Packed = std::array<std::uint64_t, 7>;

// packed += limb * 2^bits, or less it.
void add_shifted(Packed& packed, const vm::Limbs& limb, std::size_t bits, bool negative) {
    const std::size_t words = bits / 64, shift = bits % 64;
    std::uint64_t below = 0, carry = negative ? 1 : 0;
    for (std::size_t i = words; i < packed.size(); ++i) {
        const std::uint64_t word = i - words < limb.size() ? limb[i - words] : 0;
        const std::uint64_t shifted = shift == 0 ? word : word << shift | below >> (64 - shift);
        const u128 sum = static_cast<u128>(packed[i]) + (negative ? ~shifted : shifted) + carry;
        packed[i] = limbs::low(sum);
        carry = limbs::high(sum);
        below = word;
    }
}

// limbs[i] stands for itself less the prime where it is above half of it.
BigInt pack86_around(const Felt* limbs, const vm::Limbs& prime) {
    vm::Limbs half;
    for (std::size_t i = 0; i < half.size(); ++i)
        half[i] = prime[i] >> 1 | (i + 1 < half.size() ? prime[i + 1] << 63 : 0);
    Packed packed{};
    for (std::size_t i = 0; i < 3; ++i) {
        const vm::Limbs& limb = limbs[i].limbs();
        add_shifted(packed, limb, 86 * i, false);
        if (limbs::less(half, limb))
            add_shifted(packed, prime, 86 * i, true);
    }
    const bool negative = packed.back() >> 63 != 0;
    if (negative) {
        Packed magnitude{};
        std::uint64_t carry = 1;
        for (std::size_t i = 0; i < packed.size(); ++i) {
            magnitude[i] = ~packed[i] + carry;
            carry = carry != 0 && magnitude[i] == 0 ? 1 : 0;
        }
        packed = magnitude;
    }
    return to_integer(packed, negative);
}

}  // namespace

BigInt pack86(const Felt* limbs) {
    return pack86_around(limbs, Felt::kPrime);
}

BigInt pack86(const Felt* limbs, const BigInt& prime) {
    vm::Limbs words{};
    std::copy_n(prime.backend().limbs(), std::min<std::size_t>(prime.backend().size(), 4),
                words.begin());
    return pack86_around(limbs, words);
}

Result<BigInt> packed86(const HintContext& h, ids::Name name) {
    BX_TRY(const Limbs<3> limbs, read_limbs<3>(h, name));
    return pack86(limbs.data());
}

Result<BigInt> packed86(const HintContext& h, ids::Name name, const BigInt& prime) {
    BX_TRY(const Limbs<3> limbs, read_limbs<3>(h, name));
    return pack86(limbs.data(), prime);
}

namespace {

struct PointLimbs {
    Limbs<3> x;
    Limbs<3> y;
};

Result<PointLimbs> read_point(const HintContext& h, ids::Name name) {
    BX_TRY(const Relocatable address, h.address(name));
    const std::string text(ids::name_text(name));
    BX_TRY(const Limbs<3> x, read_limbs_at<3>(h, address, text + ".x"));
    BX_TRY(const Limbs<3> y, read_limbs_at<3>(h, address + 3, text + ".y"));
    return PointLimbs{x, y};
}

}  // namespace

Result<BigPoint> packed_point(const HintContext& h, ids::Name name) {
    BX_TRY(const PointLimbs point, read_point(h, name));
    return BigPoint{pack86(point.x.data()), pack86(point.y.data())};
}

Result<BigPoint> packed_point(const HintContext& h, ids::Name name, const BigInt& prime) {
    BX_TRY(const PointLimbs point, read_point(h, name));
    return BigPoint{pack86(point.x.data(), prime), pack86(point.y.data(), prime)};
}

}  // namespace blockexecd::vm::cairo0
