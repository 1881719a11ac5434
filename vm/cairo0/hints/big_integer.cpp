// SPDX-License-Identifier: Apache-2.0
// Integer arithmetic of the hints. Where the reference's algorithm decides which of several answers
// is given (signs of extended gcd, choice of a root), the same algorithm is used here.
#include "vm/cairo0/hints/big_integer.hpp"

#include <algorithm>
#include <array>
#include <boost/multiprecision/miller_rabin.hpp>
#include <optional>
#include <random>
#include <string>

#include "vm/felt/integer_division.hpp"
#include "vm/felt/modular_inverse.hpp"

namespace blockexecd::vm::cairo0 {

namespace mp = boost::multiprecision;

namespace {

static_assert(sizeof(mp::limb_type) == sizeof(std::uint64_t));

// Nothing for a negative value or one of more than 256 bits.
std::optional<Limbs> to_limbs(const BigInt& value) {
    const std::size_t size = value.backend().size();
    if (value < 0 || size > 4)
        return std::nullopt;
    Limbs limbs{};
    std::copy_n(value.backend().limbs(), size, limbs.data());
    return limbs;
}

}  // namespace

BigInt to_integer(std::span<const std::uint64_t> words, bool negative) {
    const auto size = static_cast<unsigned>(words.size());
    BigInt value;
    value.backend().resize(size, size);
    std::ranges::copy(words, value.backend().limbs());
    value.backend().normalize();
    if (negative)
        value.backend().negate();
    return value;
}

BigInt parse_integer(const char* text) {
    BigInt value;
    value.assign(text);
    return value;
}

BigInt to_integer(const Felt& felt) {
    return to_integer(felt.limbs(), false);
}

const BigInt& cairo_prime() {
    static const BigInt prime =
        parse_integer("0x800000000000011000000000000000000000000000000000000000000000001");
    return prime;
}

BigInt to_signed_integer(const Felt& felt) {
    static const Felt half = to_felt(cairo_prime() / 2);
    return felt > half ? BigInt(-to_integer(-felt)) : to_integer(felt);
}

Felt to_felt(const BigInt& value) {
    const auto limbs = to_limbs(value);
    if (limbs && limbs::less(*limbs, Felt::kPrime))
        return Felt::from_canonical(*limbs);
    return Felt::from_canonical(*to_limbs(floor_mod(value, cairo_prime())));
}

namespace {

using Words = std::array<std::uint64_t, kMaxDividendWords>;

// A division of magnitudes, the remainder taken from the divisor where the signs differ.
struct WordsDivision {
    Words quotient;
    Words remainder;
    bool rounded = false;  // the quotient is one less than the exact one
};

bool divisible_in_words(const BigInt& value, const BigInt& divisor) {
    return std::max(value.backend().size(), divisor.backend().size()) <= kMaxDividendWords;
}

void divide(const BigInt& value, const BigInt& divisor, WordsDivision& to) {
    const std::size_t m = value.backend().size(), n = divisor.backend().size();
    Words dividend, by;
    std::copy_n(value.backend().limbs(), m, dividend.begin());
    std::copy_n(divisor.backend().limbs(), n, by.begin());
    divide_words({dividend.data(), m}, {by.data(), n}, to.quotient.data(), to.remainder.data());
    const auto is_zero = [](std::uint64_t word) { return word == 0; };
    if ((value < 0) == (divisor < 0) ||
        std::all_of(to.remainder.data(), to.remainder.data() + n, is_zero))
        return;
    to.rounded = true;
    subtract_words({by.data(), n}, {to.remainder.data(), n}, to.remainder.data());
}

BigInt remainder_of(const WordsDivision& division, const BigInt& divisor) {
    return to_integer({division.remainder.data(), divisor.backend().size()}, divisor < 0);
}

}  // namespace

std::pair<BigInt, BigInt> floor_div_mod(const BigInt& value, const BigInt& divisor) {
    if (divisible_in_words(value, divisor)) {
        WordsDivision division;
        divide(value, divisor, division);
        BigInt quotient = to_integer({division.quotient.data(), value.backend().size()},
                                     (value < 0) != (divisor < 0));
        if (division.rounded)
            --quotient;
        return {std::move(quotient), remainder_of(division, divisor)};
    }
    BigInt quotient, remainder;
    mp::divide_qr(value, divisor, quotient, remainder);
    if (remainder != 0 && (remainder < 0) != (divisor < 0)) {
        remainder += divisor;
        --quotient;
    }
    return {std::move(quotient), std::move(remainder)};
}

BigInt floor_mod(const BigInt& value, const BigInt& divisor) {
    if (!divisible_in_words(value, divisor))
        return floor_div_mod(value, divisor).second;
    WordsDivision division;
    divide(value, divisor, division);
    return remainder_of(division, divisor);
}

Halves split_at(const Felt& value, unsigned bits) {
    const auto& limbs = value.limbs();
    const unsigned words = bits / 64, shift = bits % 64;
    Felt::Limbs high{}, low{};
    for (unsigned i = 0; i < 4; ++i) {
        if (i < words)
            low[i] = limbs[i];
        else if (i == words)
            low[i] = shift == 0 ? 0 : limbs[i] & ((std::uint64_t{1} << shift) - 1);
        if (i + words < 4) {
            high[i] = limbs[i + words] >> shift;
            if (shift != 0 && i + words + 1 < 4)
                high[i] |= limbs[i + words + 1] << (64 - shift);
        }
    }
    return {Felt::from_canonical(high), Felt::from_canonical(low)};
}

Felt power_of_two(unsigned exponent) {
    Felt::Limbs limbs{};
    limbs[exponent / 64] = std::uint64_t{1} << (exponent % 64);
    return Felt::from_canonical(limbs);
}

BigInt power_mod(const BigInt& base, const BigInt& exponent, const BigInt& modulus) {
    if (modulus == 1)
        return 0;
    return mp::powm(floor_mod(base, modulus), exponent, modulus);
}

BigInt integer_sqrt(const BigInt& value) {
    return mp::sqrt(value);
}

namespace {

// (x, gcd) with x * a + y * b = gcd for some y, with sympy's signs.
std::pair<BigInt, BigInt> extended_gcd(const BigInt& num_a, const BigInt& num_b) {
    if (num_a == 0 && num_b == 0)
        return {0, 0};
    if (num_a == 0)
        return {0, mp::abs(num_b)};
    if (num_b == 0)
        return {num_a.sign(), mp::abs(num_a)};
    BigInt a = mp::abs(num_a), b = mp::abs(num_b), x = 1, r = 0;
    while (b != 0) {
        auto [q, c] = floor_div_mod(a, b);
        x -= q * r;
        a = std::move(b);
        b = std::move(c);
        std::swap(r, x);
    }
    return {x * num_a.sign(), std::move(a)};
}

}  // namespace

Result<BigInt> div_mod(const BigInt& n, const BigInt& m, const BigInt& p) {
    if (const auto modulus = to_limbs(p); modulus && p > 1 && ((*modulus)[0] & 1) != 0)
        if (const auto inverse = inverse_mod_odd(*to_limbs(floor_mod(m, p)), *modulus))
            return floor_mod(n * to_integer(*inverse, false), p);
    const auto [a, gcd] = extended_gcd(m, p);
    if (gcd != 1) {
        const std::string ms = m.str(), ps = p.str();
        return Error(ErrorKind::math, "Operation failed: divmod(" + n.str() + ", " + ms + ", " +
                                          ps + "), igcdex(" + ms + ", " + ps + ") != 1 ");
    }
    return floor_mod(n * a, p);
}

BigInt mul_inverse(const BigInt& a, const BigInt& p) {
    return a == 0 ? BigInt(0) : extended_gcd(a, p).first;
}

Result<BigInt> safe_div(const BigInt& x, const BigInt& y) {
    if (y == 0)
        return Error(ErrorKind::math, "Attempted to divide by zero");
    auto [quotient, remainder] = floor_div_mod(x, y);
    if (remainder != 0)
        return Error(ErrorKind::math, x.str() + " is not divisible by " + y.str());
    return std::move(quotient);
}

Result<BigInt> line_slope(const BigPoint& a, const BigPoint& b, const BigInt& p) {
    return div_mod(a.y - b.y, a.x - b.x, p);
}

Result<BigInt> ec_double_slope(const BigPoint& point, const BigInt& alpha, const BigInt& p) {
    return div_mod(3 * point.x * point.x + alpha, 2 * point.y, p);
}

Result<bool> is_quad_residue(const BigInt& a, const BigInt& p) {
    if (p == 0)
        return Error(ErrorKind::math, "is_quad_residue: p must be > 0");
    const BigInt reduced = a % p;
    if (reduced < 2 || p < 3)
        return true;
    return power_mod(reduced, (p - 1) / 2, p) == 1;
}

namespace {

// The result is the smaller root, so it does not matter which non-residue the search takes.
BigInt tonelli_shanks(const BigInt& n, const BigInt& p) {
    if (n < 2)
        return n;
    const unsigned s = mp::lsb(BigInt(p - 1));
    const BigInt t = p >> s;
    const BigInt a = power_mod(n, t, p);
    BigInt non_residue = 2;
    while (power_mod(non_residue, (p - 1) / 2, p) != p - 1)
        ++non_residue;
    const BigInt d = power_mod(non_residue, t, p);
    BigInt m = 0, exponent = BigInt(1) << (s - 1);
    for (unsigned i = 0; i < s; ++i) {
        const BigInt adm = power_mod(a * power_mod(d, m, p), exponent, p);
        exponent >>= 1;
        if (adm == p - 1)
            m += BigInt(1) << i;
    }
    const BigInt root = power_mod(n, (t + 1) >> 1, p) * power_mod(d, m >> 1, p) % p;
    return std::min<BigInt>(root, p - root);
}

bool is_prime(const BigInt& n) {
    if (n < 2)
        return false;
    static thread_local std::mt19937_64 generator(11480028852697973135U);
    return mp::miller_rabin_test(n, 40, generator);
}

}  // namespace

BigInt sqrt_prime_power(const BigInt& value, const BigInt& p) {
    if (!is_prime(p))
        return 0;
    const BigInt a = value % p;
    if (p == 2)
        return a;
    if (a >= 2 && power_mod(a, (p - 1) / 2, p) != 1)
        return 0;
    if (p % 4 == 3) {
        const BigInt root = power_mod(a, (p + 1) / 4, p);
        return std::min<BigInt>(root, p - root);
    }
    if (p % 8 == 5) {
        if (power_mod(a, (p - 1) / 4, p) == 1) {
            const BigInt root = power_mod(a, (p + 3) / 8, p);
            return std::min<BigInt>(root, p - root);
        }
        // Not the smaller root: returned as computed.
        const BigInt x = 2 * a * power_mod(4 * a, (p - 5) / 8, p) % p;
        if (x * x % p == a)
            return x;
    }
    return tonelli_shanks(a, p);
}

}  // namespace blockexecd::vm::cairo0
