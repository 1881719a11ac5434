// SPDX-License-Identifier: Apache-2.0
// Field hints of cairo_secp and its kin: reduction, zero tests, and the split of a value from the
// scope into limbs.
#include <algorithm>
#include <array>

#include "vm/cairo0/hints/functions.hpp"
#include "vm/cairo0/hints/limbs.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

Result<void> set_quotient(HintContext& h, const BigInt& p) {
    BX_TRY(const BigInt val, packed86(h, ids::val));
    const auto [quotient, remainder] = floor_div_mod(val, p);
    if (remainder != 0)
        return hint_error("verify_zero: Invalid input " + val.str());
    return h.set(ids::q, to_felt(quotient));
}

Result<void> verify_zero(HintContext& h, const BigInt& p) {
    h.scopes.set(scope::SECP_P, p);
    return set_quotient(h, p);
}

Result<void> reduce(HintContext& h, scope::Variable into, const BigInt& p) {
    BX_TRY(const BigInt x, packed86(h, ids::x));
    h.scopes.set(into, floor_mod(x, p));
    return {};
}

Result<void> reduce_and_keep_prime(HintContext& h, scope::Variable into, const BigInt& p) {
    h.scopes.set(scope::SECP_P, p);
    return reduce(h, into, p);
}

Result<void> reduce_by_scope(HintContext& h, scope::Variable into) {
    BX_TRY(const BigInt p, h.scopes.integer(scope::SECP_P));
    return reduce(h, into, p);
}

Result<void> assign_inverse(HintContext& h, const BigInt& p) {
    BX_TRY(const BigInt x, h.scopes.integer(scope::x));
    BX_TRY(const BigInt inverse, div_mod(1, x, p));
    h.scopes.set(scope::value, inverse);
    h.scopes.set(scope::x_inv, inverse);
    return {};
}

// d0 + d1 * 2^86 + d2 * 2^172 with limbs that are not negative.
Result<Limbs<3>> split86(const BigInt& value) {
    if (value < 0)
        return hint_error("BigInt to BigUint failed, BigInt is negative");
    const std::size_t size = value.backend().size();
    std::array<std::uint64_t, 5> words{};
    std::copy_n(value.backend().limbs(), std::min(size, words.size()), words.begin());
    if (size > words.size() || words[4] >> 2 != 0)
        return hint_error("Integer: " + value.str() + " out of range");
    constexpr std::uint64_t kHigh = (std::uint64_t{1} << (86 - 64)) - 1;
    const Limbs<3> limbs{
        Felt::from_u128(words[0], words[1] & kHigh),
        Felt::from_u128(words[1] >> 22 | words[2] << 42, words[2] >> 22 & kHigh),
        Felt::from_u128(words[2] >> 44 | words[3] << 20, (words[3] >> 44 | words[4] << 20) & kHigh),
    };
    return limbs;
}

}  // namespace

Result<void> nondet_bigint3(HintContext& h) {
    BX_TRY(const Relocatable address, h.address(ids::res));
    BX_TRY(const BigInt value, h.scopes.integer(scope::value));
    BX_TRY(const Limbs<3> limbs, split86(value));
    BX_CHECK(h.memory.load(address, std::span<const Felt>(limbs)));
    return {};
}

Result<void> verify_zero_v1(HintContext& h) {
    return verify_zero(h, secp256k1_p());
}

Result<void> verify_zero_v3(HintContext& h) {
    return verify_zero(h, curve25519_p());
}

Result<void> verify_zero_external_secp(HintContext& h) {
    BX_TRY(const BigInt p, h.scopes.integer(scope::SECP_P));
    return set_quotient(h, p);
}

Result<void> compute_q_mod_prime(HintContext& h) {
    return set_quotient(h, secp256r1_p());
}

Result<void> reduce_v1(HintContext& h) {
    return reduce_and_keep_prime(h, scope::value, secp256k1_p());
}

Result<void> reduce_v2(HintContext& h) {
    return reduce_by_scope(h, scope::value);
}

Result<void> reduce_ed25519(HintContext& h) {
    return reduce_and_keep_prime(h, scope::value, curve25519_p());
}

Result<void> secp_reduce(HintContext& h) {
    return reduce(h, scope::value, secp256r1_p());
}

Result<void> secp_reduce_x(HintContext& h) {
    return reduce(h, scope::x, secp256r1_p());
}

Result<void> is_zero_pack(HintContext& h) {
    return reduce_and_keep_prime(h, scope::x, secp256k1_p());
}

Result<void> is_zero_pack_external_secp(HintContext& h) {
    return reduce_by_scope(h, scope::x);
}

Result<void> is_zero_pack_ed25519(HintContext& h) {
    return reduce_and_keep_prime(h, scope::x, curve25519_p());
}

Result<void> is_zero_nondet(HintContext& h) {
    BX_TRY(const BigInt x, h.scopes.integer(scope::x));
    return h.set_ap_flag(x == 0);
}

Result<void> is_zero_assign_scope_vars(HintContext& h) {
    h.scopes.set(scope::SECP_P, secp256k1_p());
    return assign_inverse(h, secp256k1_p());
}

Result<void> is_zero_assign_scope_vars_external_secp(HintContext& h) {
    BX_TRY(const BigInt p, h.scopes.integer(scope::SECP_P));
    return assign_inverse(h, p);
}

Result<void> is_zero_assign_scope_vars_ed25519(HintContext& h) {
    BX_CHECK(assign_inverse(h, curve25519_p()));
    h.scopes.set(scope::SECP_P, curve25519_p());
    return {};
}

Result<void> compute_value_div_mod(HintContext& h) {
    BX_TRY(const BigInt x, h.scopes.integer(scope::x));
    BX_TRY(BigInt inverse, div_mod(1, x, secp256r1_p()));
    h.scopes.set(scope::value, std::move(inverse));
    return {};
}

Result<void> bigint_to_uint256(HintContext& h) {
    BX_TRY(const Relocatable x, h.address(ids::x));
    BX_TRY(const Felt d0, h.memory.get_felt(x));
    BX_TRY(const Felt d1, h.memory.get_felt(x + 1));
    BX_TRY(const Felt base, h.constant(constants::SECP_BASE));
    return h.set(ids::low, split_at(d0 + d1 * base, 128).low);
}

Result<void> hi_max_bitlen(HintContext& h) {
    BX_TRY(const Limbs<3> u, read_limbs<3>(h, ids::scalar_u));
    BX_TRY(const Limbs<3> v, read_limbs<3>(h, ids::scalar_v));
    const unsigned bits = std::max(u[2].bit_length(), v[2].bit_length());
    return h.set(ids::len_hi, Felt(bits) - Felt(1));
}

// q, r of a * b by the BLS12-381 scalar prime, split with signs that truncate.
Result<void> write_divmod_segment(HintContext& h) {
    // Unlike elsewhere, (p - 1) / 2 counts as negative.
    const auto read = [&](ids::Name name) -> Result<BigInt> {
        BX_TRY(const Limbs<3> limbs, read_limbs<3>(h, name));
        BigInt packed;
        for (std::size_t i = 3; i-- > 0;) {
            const BigInt limb = to_integer(limbs[i]);
            packed = packed * (BigInt(1) << 86) + limb;
            if (limb >= cairo_prime() / 2)
                packed -= cairo_prime();
        }
        return packed;
    };
    BX_TRY(const BigInt a, read(ids::a));
    BX_TRY(const BigInt b, read(ids::b));
    const auto [quotient, remainder] = floor_div_mod(a * b, bls_prime());
    BX_TRY(const Relocatable q, h.address(ids::q));
    BX_TRY(const Relocatable res, h.address(ids::res));
    const auto split = [](BigInt value) -> Result<Limbs<3>> {
        static const BigInt base = BigInt(1) << 86;
        Limbs<3> limbs;
        for (std::size_t i = 0; i < 2; ++i) {
            limbs[i] = to_felt(BigInt(value % base));
            value /= base;
        }
        if (abs(value) >= (BigInt(1) << 127))
            return hint_error("high limb magnitude should be smaller than 2 ** 127: " +
                              value.str());
        limbs[2] = to_felt(value);
        return limbs;
    };
    BX_TRY(const Limbs<3> quotient_limbs, split(quotient));
    BX_TRY(const Limbs<3> remainder_limbs, split(remainder));
    BX_CHECK(h.memory.load(q, std::span<const Felt>(quotient_limbs)));
    BX_CHECK(h.memory.load(res, std::span<const Felt>(remainder_limbs)));
    return {};
}

}  // namespace blockexecd::vm::cairo0
