// SPDX-License-Identifier: Apache-2.0
// Hints of starkware.cairo.common.uint256 and of the 512-bit helpers around it.
#include <string>

#include "vm/cairo0/hints/functions.hpp"
#include "vm/cairo0/hints/limbs.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

// Sums are taken in the field, as the reference does.
bool carries(const Felt& sum) {
    return !sum.fits_u128();
}

Result<void> add(HintContext& h, bool low_only) {
    BX_TRY(const Uint256 a, read_uint256(h, ids::a));
    BX_TRY(const Uint256 b, read_uint256(h, ids::b));
    const bool carry_low = carries(a.low + b.low);
    if (!low_only)
        BX_CHECK(h.set_flag(ids::carry_high, carries(a.high + b.high + Felt(carry_low ? 1 : 0))));
    return h.set_flag(ids::carry_low, carry_low);
}

Result<BigInt> root_of_n(HintContext& h) {
    BX_TRY(const BigInt n, packed_uint256(h, ids::n));
    BigInt root = integer_sqrt(n);
    if ((root >> 128) != 0)
        return hint_error("assert 0 <= " + root.str() + " < 2 ** 128");
    return root;
}

Result<void> div_rem_with_offsets(HintContext& h, std::uint64_t low, std::uint64_t high) {
    BX_TRY(const Uint256 a, read_uint256(h, ids::a));
    BX_TRY(const Relocatable div_address, h.address(ids::div));
    BX_TRY(const Uint256 div, read_uint256_at(h, div_address, "div", low, high));
    const BigInt divisor = pack(div);
    if (divisor == 0)
        return divided_by_zero();
    const auto [quotient, remainder] = floor_div_mod(pack(a), divisor);
    BX_CHECK(set_uint256(h, ids::quotient, split_uint256(quotient)));
    return set_uint256(h, ids::remainder, split_uint256(remainder));
}

}  // namespace

Result<void> uint256_add(HintContext& h) {
    return add(h, false);
}

Result<void> uint256_add_low(HintContext& h) {
    return add(h, true);
}

Result<void> uint128_add(HintContext& h) {
    BX_TRY(const Felt a, h.integer(ids::a));
    BX_TRY(const Felt b, h.integer(ids::b));
    return h.set_flag(ids::carry, carries(a + b));
}

Result<void> uint256_sub(HintContext& h) {
    BX_TRY(const BigInt a, packed_uint256(h, ids::a));
    BX_TRY(const BigInt b, packed_uint256(h, ids::b));
    static const BigInt modulus = BigInt(1) << 256;
    // Not reduced when a >= b or when 2^256 >= b: limbs above 128 bits stay visible.
    BigInt result;
    if (a >= b)
        result = a - b;
    else if (modulus >= b)
        result = modulus - b + a;
    else
        result = a >= b % modulus ? BigInt(a - b % modulus) : BigInt(modulus - b % modulus + a);
    return set_uint256(h, ids::res, split_uint256(result));
}

Result<void> uint256_sqrt(HintContext& h) {
    BX_TRY(const BigInt root, root_of_n(h));
    return set_uint256(h, ids::root, {to_felt(root), Felt(0)});
}

Result<void> uint256_sqrt_felt(HintContext& h) {
    BX_TRY(const BigInt root, root_of_n(h));
    return h.set(ids::root, to_felt(root));
}

Result<void> uint256_signed_nn(HintContext& h) {
    BX_TRY(const Relocatable a, h.address(ids::a));
    BX_TRY(const Felt high, h.member(a, 1, "a", "high"));
    return h.set_ap_flag(high < power_of_two(127));
}

Result<void> uint256_unsigned_div_rem(HintContext& h) {
    return div_rem_with_offsets(h, 0, 1);
}

Result<void> uint256_expanded_unsigned_div_rem(HintContext& h) {
    return div_rem_with_offsets(h, 1, 3);
}

Result<void> uint256_mul_div_mod(HintContext& h) {
    BX_TRY(const BigInt a, packed_uint256(h, ids::a));
    BX_TRY(const BigInt b, packed_uint256(h, ids::b));
    BX_TRY(const BigInt div, packed_uint256(h, ids::div));
    if (div == 0)
        return divided_by_zero();
    const auto [quotient, remainder] = floor_div_mod(a * b, div);
    const Limbs<4> limbs = split128<4>(quotient);
    BX_CHECK(set_uint256(h, ids::quotient_low, {limbs[0], limbs[1]}));
    BX_CHECK(set_uint256(h, ids::quotient_high, {limbs[2], limbs[3]}));
    return set_uint256(h, ids::remainder, split_uint256(remainder));
}

Result<void> uint512_unsigned_div_rem(HintContext& h) {
    BX_TRY(const BigInt x, packed128<4>(h, ids::x));
    BX_TRY(const BigInt div, packed_uint256(h, ids::div));
    if (div == 0)
        return divided_by_zero();
    const auto [quotient, remainder] = floor_div_mod(x, div);
    BX_CHECK(set_limbs(h, ids::quotient, split128<4>(quotient)));
    return set_uint256(h, ids::remainder, split_uint256(remainder));
}

Result<void> inv_mod_p_uint256(HintContext& h) {
    BX_TRY(const BigInt b, packed_uint256(h, ids::b));
    BX_TRY(const BigInt p, packed_uint256(h, ids::p));
    BX_TRY(const BigInt inverse, div_mod(1, b, p));
    return set_uint256(h, ids::b_inverse_mod_p, split_uint256(inverse));
}

// The inverse passes through a felt before it is split.
Result<void> inv_mod_p_uint512(HintContext& h) {
    BX_TRY(const BigInt x, packed128<4>(h, ids::x));
    BX_TRY(const BigInt p, packed_uint256(h, ids::p));
    BX_TRY(const BigInt inverse, div_mod(1, x, p));
    const auto [high, low] = split_at(to_felt(inverse), 128);
    return set_uint256(h, ids::x_inverse_mod_p, {low, high});
}

namespace {

struct SquareRoots {
    bool success_x;
    bool success_gx;
    BigInt sqrt_x;
    BigInt sqrt_gx;
};

// Exactly one of x and generator * x is a square, unless x is 0.
Result<SquareRoots> square_roots(const BigInt& generator, const BigInt& x, const BigInt& p) {
    SquareRoots roots;
    BX_TRY(roots.success_x, is_quad_residue(x, p));
    if (roots.success_x)
        roots.sqrt_x = sqrt_prime_power(x, p);
    const BigInt gx = generator * x;
    BX_TRY(roots.success_gx, is_quad_residue(gx, p));
    if (roots.success_gx)
        roots.sqrt_gx = sqrt_prime_power(gx, p);
    if (x != 0 && roots.success_x == roots.success_gx)
        return hint_error("assert success_x + success_gx ==1");
    return roots;
}

}  // namespace

Result<void> uint256_get_square_root(HintContext& h) {
    BX_TRY(const BigInt generator, packed_uint256(h, ids::generator));
    BX_TRY(const BigInt x, packed_uint256(h, ids::x));
    BX_TRY(const BigInt p, packed_uint256(h, ids::p));
    BX_TRY(const SquareRoots roots, square_roots(generator, x, p));
    BX_CHECK(h.set_flag(ids::success_x, roots.success_x));
    BX_CHECK(h.set_flag(ids::success_gx, roots.success_gx));
    BX_CHECK(set_uint256(h, ids::sqrt_x, split_uint256(roots.sqrt_x)));
    return set_uint256(h, ids::sqrt_gx, split_uint256(roots.sqrt_gx));
}

Result<void> uint384_get_square_root(HintContext& h) {
    BX_TRY(const BigInt generator, packed128<3>(h, ids::generator));
    BX_TRY(const BigInt x, packed128<3>(h, ids::x));
    BX_TRY(const BigInt p, packed128<3>(h, ids::p));
    BX_TRY(const SquareRoots roots, square_roots(generator, x, p));
    BX_CHECK(h.set_flag(ids::success_x, roots.success_x));
    BX_CHECK(h.set_flag(ids::success_gx, roots.success_gx));
    BX_CHECK(set_limbs(h, ids::sqrt_x, split128<3>(roots.sqrt_x)));
    return set_limbs(h, ids::sqrt_gx, split128<3>(roots.sqrt_gx));
}

}  // namespace blockexecd::vm::cairo0
