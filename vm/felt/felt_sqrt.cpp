// SPDX-License-Identifier: Apache-2.0
// Square roots. p - 1 = 2^192 * q, so a root needs the discrete logarithm of x^q in the group of
// order 2^192; it is read eight bits at a time from tables (P. Sarkar, "Computing square roots
// faster than the Tonelli-Shanks/Bernstein algorithm").
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>

#include "vm/felt/felt.hpp"
#include "vm/felt/montgomery_felt.hpp"

namespace blockexecd::vm {
namespace {

constexpr std::size_t kWindowBits = 8;
constexpr std::size_t kWindows = 192 / kWindowBits;
constexpr std::size_t kDigits = std::size_t{1} << kWindowBits;
// Wide enough that a multiplier without collisions among the 256 roots of unity is found in some
// tens of trials.
constexpr unsigned kHashBits = 13;

MontgomeryFelt square_times(MontgomeryFelt value, std::size_t times) {
    for (; times > 0; --times)
        value = value.square();
    return value;
}

// x^((q - 1) / 2) with (q - 1) / 2 = 2^58 + 8.
MontgomeryFelt half_odd_power(const MontgomeryFelt& x) {
    const MontgomeryFelt x8 = square_times(x, 3);
    return square_times(x8, 55) * x8;
}

struct Tables {
    // [window][digit]: g^(-digit * 2^(8 window)), g of order 2^192.
    std::array<std::array<MontgomeryFelt, kDigits>, kWindows> inverse_powers;
    // The digit d of g^(d * 2^184) by hash.
    std::array<std::uint8_t, std::size_t{1} << kHashBits> digits{};
    std::uint64_t multiplier = 0x9e3779b97f4a7c15ULL;

    Tables() {
        // 3 generates the whole multiplicative group.
        const MontgomeryFelt three{Felt(3)};
        const MontgomeryFelt half = half_odd_power(three);
        const MontgomeryFelt g = half.square() * three;
        MontgomeryFelt step = g.inverse();
        for (auto& window : inverse_powers) {
            window[0] = MontgomeryFelt::one();
            for (std::size_t digit = 1; digit < kDigits; ++digit)
                window[digit] = window[digit - 1] * step;
            step = window[kDigits - 1] * step;
        }
        while (!fill_digits())
            multiplier += 2;
    }

    [[nodiscard]] std::size_t hash(const MontgomeryFelt& root) const {
        return static_cast<std::size_t>(((root.raw()[0] ^ root.raw()[2]) * multiplier) >>
                                        (64 - kHashBits));
    }
    // Precondition: the 256th power of root is 1.
    [[nodiscard]] std::size_t digit(const MontgomeryFelt& root) const { return digits[hash(root)]; }

  private:
    bool fill_digits() {
        std::array<bool, std::size_t{1} << kHashBits> taken{};
        const auto& roots = inverse_powers[kWindows - 1];
        for (std::size_t digit = 0; digit < kDigits; ++digit) {
            const auto& root = roots[(kDigits - digit) % kDigits];
            const std::size_t slot = hash(root);
            if (taken[slot])
                return false;
            taken[slot] = true;
            digits[slot] = static_cast<std::uint8_t>(digit);
        }
        return true;
    }
};

const Tables& tables() {
    static const auto instance = std::make_unique<const Tables>();
    return *instance;
}

}  // namespace

std::optional<MontgomeryFelt> MontgomeryFelt::sqrt() const {
    if (is_zero())
        return *this;
    const Tables& table = tables();
    const MontgomeryFelt half = half_odd_power(*this);
    const MontgomeryFelt candidate = *this * half;
    // powers[j] = t^(2^(8 j)) with t = x^q, later with the known low digits of t's logarithm
    // divided out.
    std::array<MontgomeryFelt, kWindows> powers;
    powers[0] = candidate * half;
    for (std::size_t j = 1; j < kWindows; ++j)
        powers[j] = square_times(powers[j - 1], kWindowBits);
    std::array<std::size_t, kWindows + 1> digits{};
    for (std::size_t k = 0; k < kWindows; ++k) {
        const std::size_t digit = digits[k] = table.digit(powers[kWindows - 1 - k]);
        if (k == 0 && digit % 2 != 0)
            return std::nullopt;
        for (std::size_t j = kWindows - 1 - k; j-- > 0;)
            powers[j] *= table.inverse_powers[j + k][digit];
    }
    // candidate^2 = x * g^e; divide by g^(e / 2).
    std::array<MontgomeryFelt, 2> factors{candidate, MontgomeryFelt::one()};
    for (std::size_t k = 0; k < kWindows; ++k)
        factors[k % 2] *=
            table.inverse_powers[k][((digits[k] >> 1) | (digits[k + 1] << 7)) % kDigits];
    return factors[0] * factors[1];
}

std::optional<Felt> Felt::sqrt() const {
    const auto root = MontgomeryFelt(*this).sqrt();
    if (!root)
        return std::nullopt;
    const Felt felt = root->to_felt();
    return std::min(felt, -felt);
}

}  // namespace blockexecd::vm
