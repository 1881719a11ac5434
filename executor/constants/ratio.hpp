// SPDX-License-Identifier: Apache-2.0
// Exact prices: a ratio of two 64-bit integers, rounded only where the protocol rounds.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "executor/types/ids.hpp"

namespace blockexecd::executor {

struct Ratio {
    std::uint64_t numerator = 0;
    std::uint64_t denominator = 1;  // never 0

    // floor and ceil of (this * amount); nothing if the result does not fit 64 bits.
    [[nodiscard]] constexpr std::optional<std::uint64_t> floor_of(std::uint64_t amount) const {
        return narrow(static_cast<u128>(numerator) * amount / denominator);
    }
    [[nodiscard]] constexpr std::optional<std::uint64_t> ceil_of(std::uint64_t amount) const {
        const u128 product = static_cast<u128>(numerator) * amount;
        return narrow(product / denominator + (product % denominator != 0 ? 1 : 0));
    }
    // Precondition: numerator is not 0.
    [[nodiscard]] constexpr Ratio inverse() const { return {denominator, numerator}; }
    friend constexpr bool operator==(const Ratio& a, const Ratio& b) {
        return static_cast<u128>(a.numerator) * b.denominator ==
               static_cast<u128>(b.numerator) * a.denominator;
    }

  private:
    static constexpr std::optional<std::uint64_t> narrow(u128 value) {
        if (value > std::numeric_limits<std::uint64_t>::max())
            return std::nullopt;
        return static_cast<std::uint64_t>(value);
    }
};

}  // namespace blockexecd::executor
