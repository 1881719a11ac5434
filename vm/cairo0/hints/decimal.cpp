// SPDX-License-Identifier: Apache-2.0
// Exact arithmetic, then one rounding to what fits.
#include "vm/cairo0/hints/decimal.hpp"

#include <algorithm>

namespace blockexecd::vm::cairo0 {

namespace {

constexpr unsigned kMaxScale = 28;

BigInt power_of_ten(unsigned exponent) {
    return pow(BigInt(10), exponent);
}

BigInt round_half_even(const BigInt& value, const BigInt& divisor) {
    auto [quotient, remainder] = floor_div_mod(value, divisor);
    const BigInt twice = 2 * remainder;
    if (twice > divisor || (twice == divisor && bit_test(quotient, 0)))
        ++quotient;
    return quotient;
}

}  // namespace

std::optional<Decimal> Decimal::make(BigInt digits, unsigned scale) {
    static const BigInt limit = BigInt(1) << 96;
    const bool negative = digits < 0;
    const BigInt exact = negative ? BigInt(-digits) : std::move(digits);
    unsigned dropped = scale > kMaxScale ? scale - kMaxScale : 0;
    BigInt rounded = round_half_even(exact, power_of_ten(dropped));
    while (rounded >= limit) {
        if (++dropped > scale)
            return std::nullopt;
        rounded = round_half_even(exact, power_of_ten(dropped));
    }
    Decimal result;
    result.digits_ = negative ? BigInt(-rounded) : std::move(rounded);
    result.scale_ = scale - dropped;
    return result;
}

Decimal Decimal::abs() const {
    Decimal result = *this;
    if (result.digits_ < 0)
        result.digits_ = -result.digits_;
    return result;
}

BigInt Decimal::truncated() const {
    return digits_ / power_of_ten(scale_);
}

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
    const unsigned scale = std::max(a.scale_, b.scale_);
    return Decimal::make(
        a.digits_ * power_of_ten(scale - a.scale_) + b.digits_ * power_of_ten(scale - b.scale_),
        scale);
}

std::optional<Decimal> sub(const Decimal& a, const Decimal& b) {
    Decimal negated = b;
    negated.digits_ = -negated.digits_;
    return add(a, negated);
}

std::optional<Decimal> mul(const Decimal& a, const Decimal& b) {
    return Decimal::make(a.digits_ * b.digits_, a.scale_ + b.scale_);
}

bool operator<(const Decimal& a, const Decimal& b) {
    const unsigned scale = std::max(a.scale_, b.scale_);
    return a.digits_ * power_of_ten(scale - a.scale_) < b.digits_ * power_of_ten(scale - b.scale_);
}

}  // namespace blockexecd::vm::cairo0
