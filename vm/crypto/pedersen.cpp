// SPDX-License-Identifier: Apache-2.0
// Signed windows over wide affine tables: few additions, all of whose table entries are known, and
// fetched, beforehand.
#include "vm/crypto/pedersen.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "vm/crypto/fixed_base.hpp"
#include "vm/crypto/stark_curve.hpp"

namespace blockexecd::vm {
namespace {

constexpr unsigned kLowBits = 248;
constexpr unsigned kWindowBits = 11;
// Eleven bits: the tables take 3 MB, which all threads share, and are built in some milliseconds;
// nine bits (1 MB) took 9% more time a hash, and beyond eleven nothing was gained. Digits -2^10 ..
// 2^10 in all windows but the last, which takes the remaining low bits, a carry, and the high bits
// of the felt with the second point.
constexpr std::size_t kSignedWindows = kLowBits / kWindowBits;
constexpr std::size_t kMultiples = std::size_t{1} << (kWindowBits - 1);
constexpr unsigned kTopLowBits = kLowBits - kSignedWindows * kWindowBits;
constexpr std::size_t kTopLows = (std::size_t{1} << kTopLowBits) + 1;
// The high bits of a felt are at most 8.
constexpr std::size_t kTopHighs = 9;
constexpr std::size_t kSideEntries = kSignedWindows * kMultiples + kTopLows * kTopHighs;
constexpr std::size_t kTerms = 2 * (kSignedWindows + 1);

constexpr CurvePoint kShift{Felt::from_canonical({0x551fde4050ca6804ULL, 0x716b0b1022947733ULL,
                                                  0x00ee1b87eb599f16ULL, 0x049ee3eba8c16007ULL}),
                            Felt::from_canonical({0xd0405d266e10268aULL, 0x4e621062c0e056c1ULL,
                                                  0xf346d49d06ea0ed3ULL, 0x03ca0cfe4b3bc6ddULL})};
constexpr CurvePoint kPoint1{Felt::from_canonical({0x1080d17957ebe47bULL, 0x8fa8120b6d56eb0cULL,
                                                   0x969c748655fca9e5ULL, 0x0234287dcbaffe7fULL}),
                             Felt::from_canonical({0x6ed0268ee89e5615ULL, 0x940135dd7a6c94ccULL,
                                                   0x1e889527d41f4e39ULL, 0x03b056f100f96fb2ULL})};
constexpr CurvePoint kPoint2{Felt::from_canonical({0xb7a6932dba8aa378ULL, 0x99099ec1de5e3018ULL,
                                                   0x3f9dab2656558f33ULL, 0x04fa56f376c83db3ULL}),
                             Felt::from_canonical({0x5168f4e80ff5b54dULL, 0x562761f92a7a23b4ULL,
                                                   0x8113e0c0e47e4401ULL, 0x03fa0984c931c9e3ULL})};
constexpr CurvePoint kPoint3{Felt::from_canonical({0x3aa372f0bd2d6997ULL, 0x40c690c74709e90fULL,
                                                   0x764910f75b45f74bULL, 0x04ba4cc166be8decULL}),
                             Felt::from_canonical({0x48151f27b24b219cULL, 0xcac5c59a5ce5ae7cULL,
                                                   0x4b971e46c4ede85fULL, 0x0040301cf5c1751fULL})};
constexpr CurvePoint kPoint4{Felt::from_canonical({0xd36ff12c49a58202ULL, 0x2ca65048d53fb325ULL,
                                                   0x6e44cca8f61a63bbULL, 0x054302dcb0e6cc1cULL}),
                             Felt::from_canonical({0x879dcc77e99c2426ULL, 0xce98ad783c25561aULL,
                                                   0xb348046268d8ae25ULL, 0x01b77b3e37d13504ULL})};

struct Tables {
    // For each of the two sides: the multiples 1 .. 2^10 of 2^(11 window) * low point; then low +
    // high multiples, the first of which (0, 0) is never read.
    std::array<std::vector<AffinePoint>, 2> sides;

    Tables() : sides{side(kPoint1, kPoint2), side(kPoint3, kPoint4)} {}

  private:
    static std::vector<AffinePoint> side(const CurvePoint& low, const CurvePoint& high) {
        std::vector<AffinePoint> entries(kSideEntries);
        const std::span all(entries);
        AffinePoint base(low);
        for (std::size_t window = 0; window < kSignedWindows; ++window) {
            const auto multiples = all.subspan(window * kMultiples, kMultiples);
            fill_multiples(base, multiples);
            base = twice(multiples.back()).to_affine();
        }
        const auto top = all.subspan(kSignedWindows * kMultiples);
        fill_multiples(base, top.subspan(1, kTopLows - 1));
        std::array<AffinePoint, kTopHighs - 1> highs;
        fill_multiples(AffinePoint(high), highs);
        for (std::size_t i = 1; i < kTopHighs; ++i)
            fill_row(top.first(kTopLows), highs[i - 1], top.subspan(i * kTopLows, kTopLows));
        return entries;
    }
    // sums[0] = point; sums[i] = lows[i] + point otherwise.
    static void fill_row(std::span<const AffinePoint> lows, const AffinePoint& point,
                         std::span<AffinePoint> sums) {
        std::vector<MontgomeryFelt> inverses(lows.size());
        for (std::size_t i = 1; i < lows.size(); ++i)
            inverses[i] = lows[i].x - point.x;
        invert_batch(inverses);
        sums[0] = point;
        for (std::size_t i = 1; i < lows.size(); ++i) {
            const MontgomeryFelt slope = (lows[i].y - point.y) * inverses[i];
            const MontgomeryFelt x = slope.square() - lows[i].x - point.x;
            sums[i] = {x, slope * (point.x - x) - point.y};
        }
    }
};

const Tables& tables() {
    static const Tables instance;
    return instance;
}

struct Term {
    const AffinePoint* entry;
    bool negative;
};

std::uint64_t bits_at(const Limbs& value, unsigned first, unsigned count) {
    std::uint64_t bits = value[first / 64] >> (first % 64);
    if (first % 64 + count > 64)
        bits |= value[first / 64 + 1] << (64 - first % 64);
    return bits & ((std::uint64_t{1} << count) - 1);
}

// Appends the table entries that sum up to one side, and asks for them to be fetched.
std::size_t append_terms(const std::vector<AffinePoint>& entries, const Limbs& value,
                         std::array<Term, kTerms>& terms, std::size_t count) {
    const auto append = [&](const AffinePoint* entry, bool negative) {
        __builtin_prefetch(entry);
        terms[count++] = {entry, negative};
    };
    std::uint64_t carry = 0;
    for (std::size_t window = 0; window < kSignedWindows; ++window) {
        const std::uint64_t digit =
            bits_at(value, static_cast<unsigned>(window) * kWindowBits, kWindowBits) + carry;
        carry = digit > kMultiples ? 1 : 0;
        const std::uint64_t magnitude = carry != 0 ? 2 * kMultiples - digit : digit;
        if (magnitude != 0)
            append(&entries[window * kMultiples + magnitude - 1], carry != 0);
    }
    const std::uint64_t low = bits_at(value, kLowBits - kTopLowBits, kTopLowBits) + carry;
    const std::uint64_t high = value[3] >> (kLowBits - 192);
    if (low != 0 || high != 0)
        append(&entries[kSignedWindows * kMultiples + high * kTopLows + low], false);
    return count;
}

}  // namespace

Felt pedersen(const Felt& a, const Felt& b) {
    const Tables& table = tables();
    std::array<Term, kTerms> terms{};
    std::size_t count = append_terms(table.sides[0], a.limbs(), terms, 0);
    count = append_terms(table.sides[1], b.limbs(), terms, count);
    XyzzPoint sum{AffinePoint(kShift)};
    for (std::size_t i = 0; i < count; ++i)
        sum = sum + (terms[i].negative ? -*terms[i].entry : *terms[i].entry);
    return sum.affine_x().to_felt();
}

Felt pedersen_array(std::span<const Felt> elements) {
    Felt hash;
    for (const Felt& element : elements)
        hash = pedersen(hash, element);
    return pedersen(hash, Felt(elements.size()));
}

}  // namespace blockexecd::vm
