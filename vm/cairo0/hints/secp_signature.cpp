// SPDX-License-Identifier: Apache-2.0
// Hints of cairo_secp.signature, its r1 and ec_recover variants, and modular division of limbs.
#include "vm/cairo0/hints/functions.hpp"
#include "vm/cairo0/hints/limbs.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

void set_value_and_res(HintContext& h, const BigInt& value) {
    h.scopes.set(scope::value, value);
    h.scopes.set(scope::res, value);
}

Result<void> divide_a_by_b(HintContext& h, const BigInt& n) {
    BX_TRY(const BigInt a, packed86(h, ids::a));
    BX_TRY(const BigInt b, packed86(h, ids::b));
    BX_TRY(const BigInt quotient, div_mod(a, b, n));
    h.scopes.set(scope::a, a);
    h.scopes.set(scope::b, b);
    set_value_and_res(h, quotient);
    return {};
}

// value = (res * b - a) / N + to_add.
Result<void> safe_div_by_n(HintContext& h, scope::Variable a_name, scope::Variable b_name,
                           int to_add) {
    BX_TRY(const BigInt a, h.scopes.integer(a_name));
    BX_TRY(const BigInt b, h.scopes.integer(b_name));
    BX_TRY(const BigInt res, h.scopes.integer(scope::res));
    BX_TRY(const BigInt n, h.scopes.integer(scope::N));
    BX_TRY(BigInt quotient, safe_div(res * b - a, n));
    h.scopes.set(scope::value, BigInt(quotient + to_add));
    return {};
}

// The root of y_square with the parity of ids.v; scope y, y_square_int, value.
Result<void> take_root(HintContext& h, const BigInt& y_square, const BigInt& p) {
    h.scopes.set(scope::y_square_int, y_square);
    const BigInt y = power_mod(y_square, (p + 1) / 4, p);
    h.scopes.set(scope::y, y);
    BX_TRY(const Felt v, h.integer(ids::v));
    const bool same_parity = (v.limbs()[0] & 1) == (bit_test(y, 0) ? 1 : 0);
    h.scopes.set(scope::value, same_parity ? y : BigInt(p - y));
    return {};
}

Result<void> r1_point_from_x(HintContext& h, const BigInt& pack_prime) {
    const BigInt& p = secp256r1_p();
    h.scopes.set(scope::SECP256R1_P, p);
    BX_TRY(const BigInt x, packed86(h, ids::x, pack_prime));
    // The remainder truncates: a negative x can leave a negative square.
    const BigInt y_square = (power_mod(x, 3, p) + secp256r1_alpha() * x + secp256r1_beta()) % p;
    h.scopes.set(scope::y_square_int, y_square);
    const BigInt y = power_mod(y_square, (p + 1) / 4, p);
    h.scopes.set(scope::y, y);
    BX_TRY(const Felt v, h.integer(ids::v));
    const bool same_parity = (v.limbs()[0] & 1) == (bit_test(y, 0) ? 1 : 0);
    h.scopes.set(scope::value, same_parity ? y : floor_mod(-y, p));
    return {};
}

}  // namespace

Result<void> div_mod_n_packed_divmod_v1(HintContext& h) {
    h.scopes.set(scope::N, secp256k1_n());
    return divide_a_by_b(h, secp256k1_n());
}

Result<void> div_mod_n_packed_divmod_external_n(HintContext& h) {
    BX_TRY(const BigInt n, h.scopes.integer(scope::N));
    return divide_a_by_b(h, n);
}

Result<void> div_mod_n_safe_div(HintContext& h) {
    return safe_div_by_n(h, scope::a, scope::b, 0);
}

Result<void> div_mod_n_safe_div_plus_one(HintContext& h) {
    return safe_div_by_n(h, scope::a, scope::b, 1);
}

Result<void> xs_safe_div(HintContext& h) {
    return safe_div_by_n(h, scope::x, scope::s, 0);
}

Result<void> pack_modn_div_modn(HintContext& h) {
    const BigInt& n = secp256k1_n();
    BX_TRY(const BigInt packed_x, packed86(h, ids::x));
    BX_TRY(const BigInt packed_s, packed86(h, ids::s));
    const BigInt x = floor_mod(packed_x, n), s = floor_mod(packed_s, n);
    BX_TRY(const BigInt quotient, div_mod(x, s, n));
    h.scopes.set(scope::x, x);
    h.scopes.set(scope::s, s);
    h.scopes.set(scope::N, n);
    set_value_and_res(h, quotient);
    return {};
}

Result<void> get_point_from_x(HintContext& h) {
    const BigInt& p = secp256k1_p();
    h.scopes.set(scope::SECP_P, p);
    BX_TRY(const Felt beta, h.constant(constants::SECP_BETA));
    BX_TRY(const BigInt x_cube, packed86(h, ids::x_cube));
    return take_root(h, floor_mod(floor_mod(x_cube, p) + to_integer(beta), p), p);
}

Result<void> secp_r1_get_point_from_x(HintContext& h) {
    return r1_point_from_x(h, secp256r1_p());
}

Result<void> secp_r1_get_point_from_x_v2(HintContext& h) {
    return r1_point_from_x(h, cairo_prime());
}

Result<void> is_on_curve_2(HintContext& h) {
    BX_TRY(const BigInt y, h.scopes.integer(scope::y));
    BX_TRY(const BigInt y_square, h.scopes.integer(scope::y_square_int));
    return h.set_flag(ids::is_on_curve, y * y % secp256r1_p() == y_square);
}

Result<void> bigint_pack_div_mod(HintContext& h) {
    BX_TRY(const BigInt p, packed86(h, ids::P));
    BX_TRY(const Limbs<5> x_limbs, read_limbs<5>(h, ids::x));
    const BigInt x = pack86(x_limbs.data()) + (to_signed_integer(x_limbs[3]) << 258) +
                     (to_signed_integer(x_limbs[4]) << 344);
    BX_TRY(const BigInt y, packed86(h, ids::y));
    BX_TRY(const BigInt quotient, div_mod(x, y, p));
    set_value_and_res(h, quotient);
    h.scopes.set(scope::x, x);
    h.scopes.set(scope::y, y);
    h.scopes.set(scope::p, p);
    return {};
}

Result<void> bigint_safe_div(HintContext& h) {
    BX_TRY(const BigInt res, h.scopes.integer(scope::res));
    BX_TRY(const BigInt y, h.scopes.integer(scope::y));
    BX_TRY(const BigInt x, h.scopes.integer(scope::x));
    BX_TRY(const BigInt p, h.scopes.integer(scope::p));
    BX_TRY(const BigInt k, safe_div(res * y - x, p));
    h.scopes.set(scope::k, k);
    h.scopes.set(scope::value, BigInt(abs(k)));
    return h.set_flag(ids::flag, k > 0);
}

Result<void> ec_recover_div_mod_n_packed(HintContext& h) {
    BX_TRY(const BigInt n, packed86(h, ids::n));
    if (n == 0)
        return divided_by_zero();
    BX_TRY(const BigInt x, packed86(h, ids::x));
    BX_TRY(const BigInt s, packed86(h, ids::s));
    BX_TRY(const BigInt quotient, div_mod(floor_mod(x, n), floor_mod(s, n), n));
    set_value_and_res(h, quotient);
    return {};
}

Result<void> ec_recover_sub_a_b(HintContext& h) {
    BX_TRY(const BigInt a, packed86(h, ids::a));
    BX_TRY(const BigInt b, packed86(h, ids::b));
    set_value_and_res(h, a - b);
    return {};
}

Result<void> ec_recover_product_mod(HintContext& h) {
    BX_TRY(const BigInt a, packed86(h, ids::a));
    BX_TRY(const BigInt b, packed86(h, ids::b));
    BX_TRY(const BigInt m, packed86(h, ids::m));
    if (m == 0)
        return divided_by_zero();
    const BigInt product = a * b;
    h.scopes.set(scope::product, product);
    h.scopes.set(scope::m, m);
    set_value_and_res(h, floor_mod(product, m));
    return {};
}

Result<void> ec_recover_product_div_m(HintContext& h) {
    BX_TRY(const BigInt product, h.scopes.integer(scope::product));
    BX_TRY(const BigInt m, h.scopes.integer(scope::m));
    if (m == 0)
        return divided_by_zero();
    const BigInt quotient = floor_div_mod(product, m).first;
    h.scopes.set(scope::k, quotient);
    h.scopes.set(scope::value, quotient);
    return {};
}

}  // namespace blockexecd::vm::cairo0
