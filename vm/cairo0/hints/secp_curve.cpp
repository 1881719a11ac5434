// SPDX-License-Identifier: Apache-2.0
// Point arithmetic hints: slopes, new coordinates, scalar bits. The variants differ in the names of
// their ids, in the prime and in where the prime comes from.
#include "vm/cairo0/hints/functions.hpp"
#include "vm/cairo0/hints/limbs.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

void set_value_and(HintContext& h, scope::Variable second, const BigInt& value) {
    h.scopes.set(scope::value, value);
    h.scopes.set(second, value);
}

Result<void> negate(HintContext& h, const BigInt& p) {
    BX_TRY(const Relocatable point, h.address(ids::point));
    BX_TRY(const Limbs<3> y, read_limbs_at<3>(h, point + 3, "point.y"));
    h.scopes.set(scope::value, floor_mod(-pack86(y.data()), p));
    h.scopes.set(scope::SECP_P, p);
    return {};
}

struct Doubling {
    ids::Name point;
    const BigInt& pack_prime;
    const BigInt& p;
    const BigInt& alpha;
};

Result<void> doubling_slope(HintContext& h, const Doubling& doubling) {
    h.scopes.set(scope::SECP_P, doubling.p);
    BX_TRY(const BigPoint point, packed_point(h, doubling.point, doubling.pack_prime));
    BX_TRY(const BigInt slope, ec_double_slope(point, doubling.alpha, doubling.p));
    set_value_and(h, scope::slope, slope);
    return {};
}

Result<void> slope_between(HintContext& h, ids::Name name0, ids::Name name1,
                           scope::Variable prime_name) {
    BX_TRY(const BigPoint point0, packed_point(h, name0));
    BX_TRY(const BigPoint point1, packed_point(h, name1));
    BX_TRY(const BigInt p, h.scopes.integer(prime_name));
    BX_TRY(const BigInt slope, line_slope(point0, point1, p));
    set_value_and(h, scope::slope, slope);
    return {};
}

Result<void> slope_with_prime(HintContext& h, ids::Name name0, ids::Name name1, const BigInt& p) {
    h.scopes.set(scope::SECP_P, p);
    return slope_between(h, name0, name1, scope::SECP_P);
}

Result<void> double_new_x(HintContext& h, ids::Name point_name, const BigInt& p) {
    h.scopes.set(scope::SECP_P, p);
    BX_TRY(const BigInt packed_slope, packed86(h, ids::slope));
    BX_TRY(const BigPoint point, packed_point(h, point_name));
    const BigInt slope = floor_mod(packed_slope, p);
    const BigInt x = floor_mod(point.x, p);
    h.scopes.set(scope::slope, slope);
    h.scopes.set(scope::x, x);
    h.scopes.set(scope::y, floor_mod(point.y, p));
    set_value_and(h, scope::new_x, floor_mod(slope * slope - 2 * x, p));
    return {};
}

struct Addends {
    BigInt slope;
    BigInt x0;
    BigInt x1;
    BigInt y0;
};

Result<Addends> read_addends(HintContext& h, ids::Name name0, ids::Name name1) {
    BX_TRY(const BigInt slope, packed86(h, ids::slope));
    BX_TRY(const BigPoint point0, packed_point(h, name0));
    BX_TRY(const BigPoint point1, packed_point(h, name1));
    return Addends{slope, point0.x, point1.x, point0.y};
}

void set_sum_x(HintContext& h, const Addends& addends, const BigInt& p) {
    h.scopes.set(scope::slope, addends.slope);
    h.scopes.set(scope::x0, addends.x0);
    h.scopes.set(scope::x1, addends.x1);
    h.scopes.set(scope::y0, addends.y0);
    set_value_and(h, scope::new_x,
                  floor_mod(addends.slope * addends.slope - addends.x0 - addends.x1, p));
}

Result<void> add_new_x(HintContext& h, ids::Name name0, ids::Name name1, const BigInt& p) {
    h.scopes.set(scope::SECP_P, p);
    BX_TRY(const Addends read, read_addends(h, name0, name1));
    set_sum_x(h,
              {floor_mod(read.slope, p), floor_mod(read.x0, p), floor_mod(read.x1, p),
               floor_mod(read.y0, p)},
              p);
    return {};
}

// value = new_y = (slope * (x - new_x) - y) % p.
Result<void> new_y(HintContext& h, scope::Variable x_name, scope::Variable y_name,
                   const BigInt* prime) {
    BX_TRY(const BigInt slope, h.scopes.integer(scope::slope));
    BX_TRY(const BigInt x, h.scopes.integer(x_name));
    BX_TRY(const BigInt new_x, h.scopes.integer(scope::new_x));
    BX_TRY(const BigInt y, h.scopes.integer(y_name));
    BigInt p;
    if (prime != nullptr) {
        p = *prime;
    } else {
        BX_TRY(p, h.scopes.integer(scope::SECP_P));
    }
    set_value_and(h, scope::new_y, floor_mod(slope * (x - new_x) - y, p));
    return {};
}

Result<void> r1_double_new_x(HintContext& h, const BigInt& pack_prime) {
    const BigInt& p = secp256r1_p();
    h.scopes.set(scope::SECP256R1_P, p);
    BX_TRY(const BigInt slope, packed86(h, ids::slope, pack_prime));
    BX_TRY(const BigPoint point, packed_point(h, ids::point, pack_prime));
    h.scopes.set(scope::slope, slope);
    h.scopes.set(scope::x, point.x);
    h.scopes.set(scope::y, point.y);
    set_value_and(h, scope::new_x, floor_mod(slope * slope - 2 * point.x, p));
    return {};
}

const BigInt& zero() {
    static const BigInt value = 0;
    return value;
}

// Bits m, m - 1, … of both scalars, v above u.
Result<void> pair_bits(HintContext& h, ids::Name result, unsigned pairs) {
    BX_TRY(const Felt scalar_v, h.integer(ids::scalar_v));
    BX_TRY(const Felt scalar_u, h.integer(ids::scalar_u));
    BX_TRY(const Felt m_felt, h.integer(ids::m));
    const auto m = m_felt.to_u64();
    if (!m || *m >= 253)
        return h.set(result, Felt(0));
    if (*m + 1 < pairs)
        return hint_error("Attempt to subtract with overflow: ids.m - 1");
    const auto bit = [](const Felt& scalar, std::uint64_t position) {
        return scalar.limbs()[position / 64] >> (position % 64) & 1;
    };
    std::uint64_t bits = 0;
    for (unsigned i = 0; i < pairs; ++i)
        bits = bits << 2 | bit(scalar_v, *m - i) << 1 | bit(scalar_u, *m - i);
    return h.set(result, Felt(bits));
}

}  // namespace

Result<void> ec_negate(HintContext& h) {
    return negate(h, secp256k1_p());
}

Result<void> ec_negate_embedded_secp(HintContext& h) {
    return negate(h, curve25519_p());
}

Result<void> ec_double_slope_v1(HintContext& h) {
    return doubling_slope(h, {ids::point, cairo_prime(), secp256k1_p(), zero()});
}

Result<void> ec_double_slope_v2(HintContext& h) {
    return doubling_slope(h, {ids::point, cairo_prime(), curve25519_p(), ed25519_alpha()});
}

Result<void> ec_double_slope_v3(HintContext& h) {
    return doubling_slope(h, {ids::pt, cairo_prime(), secp256k1_p(), zero()});
}

Result<void> ec_double_slope_v4(HintContext& h) {
    return doubling_slope(h, {ids::point, secp256r1_p(), secp256r1_p(), secp256r1_alpha()});
}

Result<void> ec_double_slope_v5(HintContext& h) {
    return doubling_slope(h, {ids::point, cairo_prime(), secp256r1_p(), secp256r1_alpha()});
}

Result<void> ec_double_slope_external_consts(HintContext& h) {
    BX_TRY(const BigPoint point, packed_point(h, ids::point));
    BX_TRY(const BigInt p, h.scopes.integer(scope::SECP_P));
    BX_TRY(const BigInt alpha, h.scopes.integer(scope::ALPHA));
    BX_TRY(const BigInt slope, ec_double_slope(point, alpha, p));
    set_value_and(h, scope::slope, slope);
    return {};
}

Result<void> compute_slope_v1(HintContext& h) {
    return slope_with_prime(h, ids::point0, ids::point1, secp256k1_p());
}

Result<void> compute_slope_v2(HintContext& h) {
    return slope_with_prime(h, ids::point0, ids::point1, curve25519_p());
}

Result<void> compute_slope_whitelist(HintContext& h) {
    return slope_with_prime(h, ids::pt0, ids::pt1, secp256k1_p());
}

Result<void> compute_slope_secp256r1_v1(HintContext& h) {
    return slope_between(h, ids::point0, ids::point1, scope::SECP_P);
}

Result<void> compute_slope_secp256r1_v2(HintContext& h) {
    return slope_between(h, ids::point0, ids::point1, scope::SECP256R1_P);
}

Result<void> square_slope_x_mod_p(HintContext& h) {
    BX_TRY(const BigInt p, h.scopes.integer(scope::SECP_P));
    BX_TRY(const Addends addends, read_addends(h, ids::point0, ids::point1));
    set_sum_x(h, addends, p);
    return {};
}

Result<void> ec_double_assign_new_x_v1(HintContext& h) {
    return double_new_x(h, ids::point, secp256k1_p());
}

Result<void> ec_double_assign_new_x_v2(HintContext& h) {
    BX_TRY(const BigInt p, h.scopes.integer(scope::SECP_P));
    return double_new_x(h, ids::point, p);
}

Result<void> ec_double_assign_new_x_v3(HintContext& h) {
    return double_new_x(h, ids::point, curve25519_p());
}

Result<void> ec_double_assign_new_x_v4(HintContext& h) {
    return double_new_x(h, ids::pt, secp256k1_p());
}

Result<void> ec_double_assign_new_y(HintContext& h) {
    return new_y(h, scope::x, scope::y, nullptr);
}

Result<void> fast_ec_add_assign_new_x(HintContext& h) {
    return add_new_x(h, ids::point0, ids::point1, secp256k1_p());
}

Result<void> fast_ec_add_assign_new_x_v2(HintContext& h) {
    return add_new_x(h, ids::point0, ids::point1, curve25519_p());
}

Result<void> fast_ec_add_assign_new_x_v3(HintContext& h) {
    return add_new_x(h, ids::pt0, ids::pt1, secp256k1_p());
}

Result<void> fast_ec_add_assign_new_y(HintContext& h) {
    return new_y(h, scope::x0, scope::y0, nullptr);
}

Result<void> fast_secp_add_assign_new_y(HintContext& h) {
    return new_y(h, scope::x, scope::y, &secp256r1_p());
}

Result<void> secp_double_assign_new_x(HintContext& h) {
    return r1_double_new_x(h, secp256r1_p());
}

Result<void> secp_double_assign_new_x_v2(HintContext& h) {
    return r1_double_new_x(h, cairo_prime());
}

Result<void> import_secp256r1_p(HintContext& h) {
    h.scopes.set(scope::SECP_P, secp256r1_p());
    return {};
}

Result<void> import_secp256r1_alpha(HintContext& h) {
    h.scopes.set(scope::ALPHA, secp256r1_alpha());
    return {};
}

Result<void> import_secp256r1_n(HintContext& h) {
    h.scopes.set(scope::N, secp256r1_n());
    return {};
}

Result<void> ec_mul_inner(HintContext& h) {
    BX_TRY(const Felt scalar, h.integer(ids::scalar));
    return h.set_ap(Felt(scalar.limbs()[0] & 1));
}

Result<void> quad_bit(HintContext& h) {
    return pair_bits(h, ids::quad_bit, 2);
}

Result<void> di_bit(HintContext& h) {
    return pair_bits(h, ids::dibit, 1);
}

Result<void> generate_nibbles(HintContext& h) {
    BX_TRY(const BigInt scalar, packed_uint256(h, ids::scalar));
    std::vector<Felt> nibbles;
    for (unsigned i = 0; i < 256; i += 4)
        nibbles.emplace_back(static_cast<std::uint64_t>(BigInt((scalar >> i) & 0xf)));
    const Felt first = nibbles.back();
    nibbles.pop_back();
    BX_CHECK(h.set(ids::first_nibble, first));
    BX_CHECK(h.set(ids::last_nibble, nibbles.front()));
    h.scopes.set(scope::nibbles, std::move(nibbles));
    return {};
}

Result<void> write_nibbles_to_mem(HintContext& h) {
    BX_TRY(auto* nibbles, h.scopes.get<std::vector<Felt>>(scope::nibbles));
    if (nibbles->empty())
        return hint_error("generate_nibbles fail: tried to read from an empty list of nibbles");
    const Felt nibble = nibbles->back();
    nibbles->pop_back();
    return h.memory.insert(h.vm.fp(), nibble);
}

}  // namespace blockexecd::vm::cairo0
