// SPDX-License-Identifier: Apache-2.0
// Reading, packing and splitting of big integers in Cairo structs.
#include "vm/cairo0/hints/limbs.hpp"

namespace blockexecd::vm::cairo0 {

Result<Uint256> read_uint256_at(const HintContext& h, const Relocatable& address,
                                std::string_view name, std::uint64_t low_offset,
                                std::uint64_t high_offset) {
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

BigInt pack86(const Felt* limbs) {
    BigInt value;
    for (std::size_t i = 3; i-- > 0;) {
        value <<= 86;
        value += to_signed_integer(limbs[i]);
    }
    return value;
}

BigInt pack86(const Felt* limbs, const BigInt& prime) {
    BigInt value;
    for (std::size_t i = 3; i-- > 0;) {
        value <<= 86;
        value += to_signed_integer(limbs[i], prime);
    }
    return value;
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
