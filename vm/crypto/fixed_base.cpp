// SPDX-License-Identifier: Apache-2.0
// Tables by doubling their filled part: the sums of one round are independent and share one
// inversion.
#include "vm/crypto/fixed_base.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace blockexecd::vm {
namespace {

constexpr unsigned kWindowBits = 7;
constexpr std::size_t kWindows = 252 / kWindowBits;
constexpr std::size_t kMultiples = (std::size_t{1} << kWindowBits) - 1;

// [window][digit - 1]: digit * 2^(7 window) * G.
using GeneratorTable = std::array<std::array<AffinePoint, kMultiples>, kWindows>;

const GeneratorTable& generator_table() {
    static const auto table = [] {
        auto result = std::make_unique<GeneratorTable>();
        AffinePoint base(kCurveGenerator);
        for (auto& window : *result) {
            fill_multiples(base, window);
            base = (XyzzPoint(window[kMultiples - 1]) + base).to_affine();
        }
        return std::unique_ptr<const GeneratorTable>(std::move(result));
    }();
    return *table;
}

}  // namespace

void fill_multiples(const AffinePoint& base, std::span<AffinePoint> multiples) {
    if (multiples.empty())
        return;
    multiples[0] = base;
    std::vector<MontgomeryFelt> inverses;
    for (std::size_t filled = 1; filled < multiples.size();) {
        // The next entries are (filled + 1 + i) * base = filled * base + (i + 1) * base; the last
        // of them doubles.
        const std::size_t count = std::min(filled, multiples.size() - filled);
        const AffinePoint last = multiples[filled - 1];
        inverses.resize(count);
        for (std::size_t i = 0; i < count; ++i)
            inverses[i] = i + 1 == filled ? last.y.twice() : multiples[i].x - last.x;
        invert_batch(inverses);
        for (std::size_t i = 0; i < count; ++i) {
            const MontgomeryFelt squared = last.x.square();
            const MontgomeryFelt slope =
                i + 1 == filled ? (squared.twice() + squared + MontgomeryFelt::one()) * inverses[i]
                                : (multiples[i].y - last.y) * inverses[i];
            const MontgomeryFelt x = slope.square() - last.x - multiples[i].x;
            multiples[filled + i] = {x, slope * (last.x - x) - last.y};
        }
        filled += count;
    }
}

XyzzPoint generator_mul(const Limbs& scalar) {
    const GeneratorTable& table = generator_table();
    XyzzPoint sum;
    for (std::size_t window = 0; window < kWindows; ++window) {
        const std::size_t bit = window * kWindowBits;
        std::uint64_t digit = scalar[bit / 64] >> (bit % 64);
        if (bit % 64 + kWindowBits > 64 && bit / 64 + 1 < scalar.size())
            digit |= scalar[bit / 64 + 1] << (64 - bit % 64);
        digit &= kMultiples;
        if (digit != 0)
            sum = sum + table[window][digit - 1];
    }
    return sum;
}

}  // namespace blockexecd::vm
