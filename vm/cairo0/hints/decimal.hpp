// SPDX-License-Identifier: Apache-2.0
// Decimals as Rust's rust_decimal has them: 96 bits of digits and a scale up to 28. Results that do
// not fit lose digits from the right, rounded half to even.
#pragma once

#include <cstdint>
#include <optional>

#include "vm/cairo0/hints/big_integer.hpp"

namespace blockexecd::vm::cairo0 {

class Decimal {
  public:
    Decimal() = default;
    // digits / 10^scale, rounded to fit; nothing if the integer part alone does not fit.
    [[nodiscard]] static std::optional<Decimal> make(BigInt digits, unsigned scale);

    [[nodiscard]] const BigInt& digits() const { return digits_; }
    [[nodiscard]] unsigned scale() const { return scale_; }
    [[nodiscard]] Decimal abs() const;
    // The integer part.
    [[nodiscard]] BigInt truncated() const;

    // Nothing on overflow.
    friend std::optional<Decimal> add(const Decimal& a, const Decimal& b);
    friend std::optional<Decimal> sub(const Decimal& a, const Decimal& b);
    friend std::optional<Decimal> mul(const Decimal& a, const Decimal& b);
    friend bool operator<(const Decimal& a, const Decimal& b);

  private:
    BigInt digits_;
    unsigned scale_ = 0;
};

}  // namespace blockexecd::vm::cairo0
