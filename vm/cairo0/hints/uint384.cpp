// SPDX-License-Identifier: Apache-2.0
// Hints of the 384-bit and 768-bit integer libraries.
#include "vm/cairo0/hints/functions.hpp"
#include "vm/cairo0/hints/limbs.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

template <std::size_t N>
Result<void> unsigned_div_rem(HintContext& h) {
    BX_TRY(const BigInt a, packed128<N>(h, ids::a));
    BX_TRY(const BigInt div, packed128<3>(h, ids::div));
    if (div == 0)
        return divided_by_zero();
    const auto [quotient, remainder] = floor_div_mod(a, div);
    BX_CHECK(set_limbs(h, ids::quotient, split128<N>(quotient)));
    return set_limbs(h, ids::remainder, split128<3>(remainder));
}

}  // namespace

Result<void> uint384_unsigned_div_rem(HintContext& h) {
    return unsigned_div_rem<3>(h);
}

Result<void> unsigned_div_rem_uint768_by_uint384(HintContext& h) {
    return unsigned_div_rem<6>(h);
}

Result<void> uint384_split_128(HintContext& h) {
    BX_TRY(const Felt a, h.integer(ids::a));
    const auto [high, low] = split_at(a, 128);
    BX_CHECK(h.set(ids::low, low));
    return h.set(ids::high, high);
}

Result<void> add_no_uint384_check(HintContext& h) {
    BX_TRY(const Limbs<3> a, read_limbs<3>(h, ids::a));
    BX_TRY(const Limbs<3> b, read_limbs<3>(h, ids::b));
    BX_TRY(const Felt shift, h.constant(constants::SHIFT));
    const BigInt limit = to_integer(shift);
    std::array<bool, 3> carry{};
    bool previous = false;
    for (std::size_t i = 0; i < 3; ++i) {
        const BigInt sum = to_integer(a[i]) + to_integer(b[i]) + (previous ? 1 : 0);
        carry[i] = previous = sum >= limit;
    }
    BX_CHECK(h.set_flag(ids::carry_d0, carry[0]));
    BX_CHECK(h.set_flag(ids::carry_d1, carry[1]));
    return h.set_flag(ids::carry_d2, carry[2]);
}

Result<void> uint384_sqrt(HintContext& h) {
    BX_TRY(const BigInt a, packed128<3>(h, ids::a));
    const BigInt root = integer_sqrt(a);
    // A root of 0 is refused by the reference.
    if (root == 0 || (root >> 192) != 0)
        return hint_error("assert 0 <= root < 2 ** 192");
    return set_limbs(h, ids::root, split128<3>(root));
}

Result<void> uint384_signed_nn(HintContext& h) {
    BX_TRY(const Relocatable a, h.address(ids::a));
    BX_TRY(const Felt d2, h.member(a, 2, "a", "d2"));
    return h.set_ap_flag(d2.bit_length() <= 127);
}

Result<void> sub_reduced_a_and_reduced_b(HintContext& h) {
    BX_TRY(const BigInt a, packed128<3>(h, ids::a));
    BX_TRY(const BigInt b, packed128<3>(h, ids::b));
    BX_TRY(const BigInt p, packed128<3>(h, ids::p));
    if (p == 0)
        return divided_by_zero();
    // a == b gives p, not 0.
    const BigInt result = a > b ? BigInt((a - b) % p) : BigInt(p - (b - a) % p);
    return set_limbs(h, ids::res, split128<3>(result));
}

Result<void> uint384_div(HintContext& h) {
    BX_TRY(const BigInt b, packed128<3>(h, ids::b));
    BX_TRY(const BigInt p, packed128<3>(h, ids::p));
    if (b == 0 || p == 0)
        return divided_by_zero();
    return set_limbs(h, ids::b_inverse_mod_p, split128<3>(floor_mod(mul_inverse(b, p), p)));
}

}  // namespace blockexecd::vm::cairo0
