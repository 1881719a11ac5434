// SPDX-License-Identifier: Apache-2.0
// Hints of starkware.cairo.common.math and math_cmp.
#include <array>
#include <string>
#include <utility>

#include "vm/cairo0/hints/functions.hpp"
#include "vm/felt/integer_division.hpp"

namespace blockexecd::vm::cairo0 {

namespace {

Error out_of_range(const Felt& value) {
    return hint_error("Assertion failed, 0 <= ids.a % PRIME < range_check_builtin.bound \n a = " +
                      value.to_decimal() + " is out of range");
}

Error not_less_or_equal(const Felt& a, const Felt& b) {
    return hint_error("Assertion failed, " + a.to_decimal() + ", is not less or equal to " +
                      b.to_decimal());
}

Error out_of_valid_range(const Felt& value, const Felt& bound) {
    return hint_error("Div out of range: 0 < " + value.to_decimal() + " <= " + bound.to_decimal());
}

Error outside_250_bits(const Felt& value) {
    return hint_error("Value: " + value.to_decimal() + " is outside of the range [0, 2**250)");
}

Felt felt_max() {
    return -Felt(1);
}

// 0 < div <= PRIME // bound, where bound is 2^128.
Result<void> check_divisor(const Felt& div, const Felt& bound) {
    static const Felt largest = split_at(felt_max(), 128).high;
    if (div.is_zero() || div > largest)
        return out_of_valid_range(div, bound);
    return {};
}

}  // namespace

Result<void> is_nn(HintContext& h) {
    BX_TRY(const Felt a, h.integer(ids::a));
    BX_TRY(const Felt bound, h.range_check_bound());
    return h.set_ap_flag(a >= bound);
}

Result<void> is_nn_out_of_range(HintContext& h) {
    BX_TRY(const Felt a, h.integer(ids::a));
    BX_TRY(const Felt bound, h.range_check_bound());
    return h.set_ap_flag(-(a + Felt(1)) >= bound);
}

Result<void> is_le_felt(HintContext& h) {
    BX_TRY(const Felt a, h.integer(ids::a));
    BX_TRY(const Felt b, h.integer(ids::b));
    return h.set_ap_flag(a > b);
}

Result<void> is_positive(HintContext& h) {
    BX_TRY(const Felt value, h.integer(ids::value));
    BX_TRY(const Felt bound, h.range_check_bound());
    const Felt negated = -value;
    const bool positive = value < negated;
    if ((positive ? value : negated) >= bound)
        return hint_error("Value: " + value.to_decimal() + " is outside valid range");
    return h.set_flag(ids::is_positive, positive);
}

Result<void> assert_nn(HintContext& h) {
    BX_TRY(const Felt a, h.integer(ids::a));
    BX_TRY(const Felt bound, h.range_check_bound());
    if (a >= bound)
        return out_of_range(a);
    return {};
}

Result<void> assert_not_zero(HintContext& h) {
    BX_TRY(const Felt value, h.integer(ids::value));
    if (value.is_zero())
        return hint_error("Assertion failed, " + value.to_decimal() +
                          " % 0x800000000000011000000000000000000000000000000000000000000000001 is "
                          "equal to 0");
    return {};
}

Result<void> assert_not_equal(HintContext& h) {
    BX_TRY(const Value a, h.value(ids::a));
    BX_TRY(const Value b, h.value(ids::b));
    if (a.is_relocatable() != b.is_relocatable())
        return Error(ErrorKind::virtual_machine,
                     "Failed to compare " + a.to_string() + " and " + b.to_string() +
                         ", cant compare a relocatable to an integer value");
    if (a.is_relocatable() && a.relocatable().segment != b.relocatable().segment)
        return Error(ErrorKind::virtual_machine,
                     "Failed to compare " + a.to_string() + " and  " + b.to_string() +
                         ", cant compare two relocatable values of different segment indexes");
    if (a == b)
        return hint_error("assert_not_equal failed: " + a.to_string() + " =  " + b.to_string());
    return {};
}

Result<void> assert_le_felt(HintContext& h) {
    BX_TRY(const Felt over_3_high, h.constant(constants::PRIME_OVER_3_HIGH));
    BX_TRY(const Felt over_2_high, h.constant(constants::PRIME_OVER_2_HIGH));
    BX_TRY(const Felt a, h.integer(ids::a));
    BX_TRY(const Felt b, h.integer(ids::b));
    BX_TRY(const Relocatable range_check_ptr, h.pointer(ids::range_check_ptr));
    if (a > b)
        return not_less_or_equal(a, b);
    using Arc = std::pair<Felt, std::uint64_t>;
    std::array<Arc, 3> arcs{Arc{a, 0}, Arc{b - a, 1}, Arc{felt_max() - b, 2}};
    // A stable order of three.
    const auto order = [&](std::size_t left, std::size_t right) {
        if (arcs[right].first < arcs[left].first)
            std::swap(arcs[left], arcs[right]);
    };
    order(0, 1);
    order(1, 2);
    order(0, 1);
    static const Felt third = to_felt(cairo_prime() / 3), half = to_felt(cairo_prime() / 2);
    if (arcs[0].first > third || arcs[1].first > half)
        return hint_error("Arc too big, " + arcs[0].first.to_decimal() +
                          " must be <= " + third.to_decimal() + " and " +
                          arcs[1].first.to_decimal() + " <= " + half.to_decimal());
    h.scopes.set(scope::excluded, Felt(arcs[2].second));
    if (over_3_high.is_zero() || over_2_high.is_zero())
        return divided_by_zero();
    const auto [q0, r0] = divide_integers(arcs[0].first, over_3_high);
    const auto [q1, r1] = divide_integers(arcs[1].first, over_2_high);
    BX_CHECK(h.memory.insert(range_check_ptr, r0));
    BX_CHECK(h.memory.insert(range_check_ptr + 1, q0));
    BX_CHECK(h.memory.insert(range_check_ptr + 2, r1));
    return h.memory.insert(range_check_ptr + 3, q1);
}

Result<void> assert_le_felt_v_0_6(HintContext& h) {
    BX_TRY(const Felt a, h.integer(ids::a));
    BX_TRY(const Felt b, h.integer(ids::b));
    if (a > b)
        return not_less_or_equal(a, b);
    return {};
}

Result<void> assert_le_felt_v_0_8(HintContext& h) {
    BX_CHECK(assert_le_felt_v_0_6(h));
    BX_TRY(const Felt a, h.integer(ids::a));
    BX_TRY(const Felt b, h.integer(ids::b));
    BX_TRY(const Felt bound, h.range_check_bound());
    return h.set_flag(ids::small_inputs, a < bound && b - a < bound);
}

Result<void> assert_le_felt_excluded_0(HintContext& h) {
    BX_TRY(const Felt* excluded, h.scopes.get<Felt>(scope::excluded));
    return h.set_ap_flag(!excluded->is_zero());
}

Result<void> assert_le_felt_excluded_1(HintContext& h) {
    BX_TRY(const Felt* excluded, h.scopes.get<Felt>(scope::excluded));
    return h.set_ap_flag(*excluded != Felt(1));
}

Result<void> assert_le_felt_excluded_2(HintContext& h) {
    BX_TRY(const Felt* excluded, h.scopes.get<Felt>(scope::excluded));
    if (*excluded != Felt(2))
        return hint_error("Excluded is supposed to be 2, got " + excluded->to_decimal());
    return {};
}

Result<void> assert_lt_felt(HintContext& h) {
    BX_TRY(const Felt a, h.integer(ids::a));
    BX_TRY(const Felt b, h.integer(ids::b));
    if (a >= b)
        return hint_error("Assertion failed, a = " + a.to_decimal() +
                          " % PRIME is not less than b = " + b.to_decimal() + " % PRIME");
    return {};
}

Result<void> split_int_assert_range(HintContext& h) {
    BX_TRY(const Felt value, h.integer(ids::value));
    if (!value.is_zero())
        return hint_error("split_int(): value is out of range");
    return {};
}

Result<void> split_int(HintContext& h) {
    BX_TRY(const Felt value, h.integer(ids::value));
    BX_TRY(const Felt base, h.integer(ids::base));
    BX_TRY(const Felt bound, h.integer(ids::bound));
    if (base.is_zero())
        return divided_by_zero();
    BX_TRY(const Relocatable output, h.pointer(ids::output));
    const Felt limb = divide_integers(value, base).remainder;
    // As in cairo-vm 3.2.0; later versions refuse limb == bound too.
    if (limb > bound)
        return hint_error("split_int(): Limb " + limb.to_decimal() + " is out of range.");
    return h.memory.insert(output, limb);
}

namespace {

// value, signed and back, below upper_bound; then split by shift.
Result<void> assert_bits(HintContext& h, constants::Name bound_name, constants::Name shift_name) {
    BX_TRY(const Felt upper_bound, h.constant(bound_name));
    BX_TRY(const Felt shift, h.constant(shift_name));
    BX_TRY(const Felt value, h.integer(ids::value));
    // As in cairo-vm 3.2.0; later versions refuse value == upper_bound too.
    if (value > upper_bound)
        return outside_250_bits(value);
    if (shift.is_zero())
        return divided_by_zero();
    const auto [high, low] = divide_integers(value, shift);
    BX_CHECK(h.set(ids::high, high));
    return h.set(ids::low, low);
}

}  // namespace

Result<void> assert_250_bits(HintContext& h) {
    return assert_bits(h, constants::UPPER_BOUND_250, constants::SHIFT_250);
}

Result<void> compute_ids_high_low(HintContext& h) {
    h.scopes.set(scope::SECP256R1_P, secp256r1_p());
    return assert_bits(h, constants::UPPER_BOUND_165, constants::SHIFT_165);
}

Result<void> is_250_bits(HintContext& h) {
    BX_TRY(const Felt addr, h.integer(ids::addr));
    return h.set_flag(ids::is_250, addr.bit_length() <= 250);
}

Result<void> is_addr_bounded(HintContext& h) {
    BX_TRY(const Felt addr, h.integer(ids::addr));
    BX_TRY(const Felt bound, h.constant(constants::ADDR_BOUND));
    const BigInt addr_bound = to_integer(bound);
    if (!((BigInt(1) << 250) < addr_bound && addr_bound <= (BigInt(1) << 251) &&
          2 * addr_bound > cairo_prime()))
        return hint_error("normalize_address() cannot be used with the current constants.");
    return h.set_flag(ids::is_small, addr < bound);
}

Result<void> split_felt(HintContext& h) {
    BX_TRY(const Felt max_high, h.constant(constants::MAX_HIGH));
    BX_TRY(const Felt max_low, h.constant(constants::MAX_LOW));
    if (!max_high.fits_u128() || !max_low.fits_u128())
        return hint_error("assert ids.MAX_HIGH < 2**128 and ids.MAX_LOW < 2**128");
    static const Halves expected = split_at(felt_max(), 128);
    const bool as_expected = max_high == expected.high && max_low == expected.low;
    if (!as_expected && max_high * power_of_two(128) + max_low != felt_max())
        return hint_error("assert PRIME - 1 == ids.MAX_HIGH * 2**128 + ids.MAX_LOW");
    BX_TRY(const Felt value, h.integer(ids::value));
    const auto& words = value.limbs();
    BX_CHECK(h.set(ids::high, Felt::from_u128(words[2], words[3])));
    return h.set(ids::low, Felt::from_u128(words[0], words[1]));
}

Result<void> sqrt(HintContext& h) {
    BX_TRY(const Felt value, h.integer(ids::value));
    // As in cairo-vm 3.2.0; later versions refuse 2^250 too.
    if (value > power_of_two(250))
        return outside_250_bits(value);
    return h.set(ids::root, to_felt(integer_sqrt(to_integer(value))));
}

Result<void> unsigned_div_rem(HintContext& h) {
    BX_TRY(const Felt div, h.integer(ids::div));
    BX_TRY(const Felt value, h.integer(ids::value));
    BX_TRY(const Felt bound, h.range_check_bound());
    BX_CHECK(check_divisor(div, bound));
    const auto [quotient, remainder] = divide_integers(value, div);
    BX_CHECK(h.set(ids::r, remainder));
    return h.set(ids::q, quotient);
}

Result<void> signed_div_rem(HintContext& h) {
    BX_TRY(const Felt div, h.integer(ids::div));
    BX_TRY(const Felt value, h.integer(ids::value));
    BX_TRY(const Felt bound, h.integer(ids::bound));
    BX_TRY(const Felt range_check_bound, h.range_check_bound());
    BX_CHECK(check_divisor(div, range_check_bound));
    const Felt half_bound = power_of_two(127);
    if (bound > half_bound)
        return out_of_valid_range(bound, half_bound);
    // Rounded to minus infinity: a magnitude's quotient goes up by one unless it is exact.
    static const Felt half = to_felt(cairo_prime() / 2);
    const bool negative = value > half;
    auto [magnitude, remainder] = divide_integers(negative ? -value : value, div);
    if (negative && !remainder.is_zero()) {
        magnitude += Felt(1);
        remainder = div - remainder;
    }
    const Felt quotient = negative ? -magnitude : magnitude;
    if (bound < magnitude)
        return out_of_valid_range(quotient, bound);
    BX_CHECK(h.set(ids::r, remainder));
    return h.set(ids::biased_q, quotient + bound);
}

Result<void> is_quad_residue_hint(HintContext& h) {
    BX_TRY(const Felt x, h.integer(ids::x));
    if (x.is_zero() || x == Felt(1))
        return h.set(ids::y, x);
    if (const auto root = x.sqrt())
        return h.set(ids::y, *root);
    const Felt third = x * *Felt(3).inverse();
    return h.set(ids::y, third.sqrt().value_or(Felt(0)));
}

Result<void> a_b_bitand_1(HintContext& h) {
    BX_TRY(const Felt a, h.integer(ids::a));
    BX_TRY(const Felt b, h.integer(ids::b));
    BX_CHECK(h.set(ids::a_lsb, Felt(a.limbs()[0] & 1)));
    return h.set(ids::b_lsb, Felt(b.limbs()[0] & 1));
}

Result<void> split_64(HintContext& h) {
    BX_TRY(const Felt a, h.integer(ids::a));
    const auto& words = a.limbs();
    BX_CHECK(h.set(ids::high, Felt::from_canonical({words[1], words[2], words[3], 0})));
    return h.set(ids::low, Felt(words[0]));
}

Result<void> split_xx(HintContext& h) {
    static const BigInt& prime = curve25519_p();
    static const BigInt root_of_minus_one(
        "19681161376707505956807079304988542015446066515923890162744021073123829784752");
    BX_TRY(const Uint256 square, read_uint256(h, ids::xx));
    BX_TRY(const Relocatable x_address, h.address(ids::x));
    // The high limb is moved up in the field.
    const BigInt xx = to_integer(square.low) + to_integer(square.high * power_of_two(128));
    BigInt x = power_mod(xx, (prime + 3) / 8, prime);
    if (floor_mod(x * x - xx, prime) != 0)
        x = x * root_of_minus_one % prime;
    if (x % 2 != 0)
        x = prime - x;
    const auto [low, high] = split_uint256(x);
    BX_CHECK(h.memory.insert(x_address, low));
    return h.memory.insert(x_address + 1, high);
}

Result<void> pow(HintContext& h) {
    BX_TRY(const Relocatable prev_locs, h.address(ids::prev_locs));
    BX_TRY(const Felt exponent, h.member(prev_locs, 4, "prev_locs", "exp"));
    return h.set(ids::locs, Felt(exponent.limbs()[0] & 1));
}

Result<void> get_felt_bit_length(HintContext& h) {
    BX_TRY(const Felt x, h.integer(ids::x));
    return h.set(ids::bit_length, Felt(x.bit_length()));
}

}  // namespace blockexecd::vm::cairo0
