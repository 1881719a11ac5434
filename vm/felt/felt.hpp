// SPDX-License-Identifier: Apache-2.0
// An element of the Stark field, p = 2^251 + 17*2^192 + 1, kept canonical (below p, not
// Montgomery): in a VM most values are small, and compares, addresses, range checks and storage
// keys then need no conversion.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "vm/felt/limbs.hpp"

namespace blockexecd::vm {

class Felt {
  public:
    // Least significant limb first; always below the prime.
    using Limbs = vm::Limbs;

    static constexpr Limbs kPrime{1, 0, 0, limbs::kP3};

    constexpr Felt() = default;
    constexpr Felt(std::uint64_t value)
        : limbs_{value, 0, 0, 0} {}  // NOLINT: a small integer is a felt
    // Precondition: limbs < p.
    static constexpr Felt from_canonical(const Limbs& limbs) {
        Felt felt;
        felt.limbs_ = limbs;
        return felt;
    }
    // value mod p, for any 256-bit value.
    static Felt from_limbs_mod_p(const Limbs& limbs);
    static constexpr Felt from_u128(std::uint64_t low, std::uint64_t high) {
        return from_canonical({low, high, 0, 0});
    }
    // A negative value v stands for p + v.
    static Felt from_i64(std::int64_t value);
    // 32 big-endian bytes; reduces mod p.
    static Felt from_bytes_be(std::span<const std::uint8_t, 32> bytes);
    // Big-endian bytes of any length up to 32 as an integer mod p.
    static Felt from_bytes_be_any(std::span<const std::uint8_t> bytes);
    // The bytes of a short string as a big-endian integer; precondition: at most 31 bytes.
    static Felt from_ascii(std::string_view text);
    // "0x…" (any case, 1 to 64 digits) below p; nothing else.
    static std::optional<Felt> from_hex(std::string_view text);
    // Decimal digits, below p.
    static std::optional<Felt> from_decimal(std::string_view text);

    [[nodiscard]] constexpr const Limbs& limbs() const { return limbs_; }
    [[nodiscard]] std::array<std::uint8_t, 32> to_bytes_be() const;
    [[nodiscard]] std::array<std::uint8_t, 32> to_bytes_le() const;
    // Lower case with 0x, no leading zeros: "0x0", "0x1f".
    [[nodiscard]] std::string to_hex() const;
    // 0x and 64 digits: the reference's {:#066x}.
    [[nodiscard]] std::string to_hex_padded() const;
    [[nodiscard]] std::string to_decimal() const;
    // v > p/2 prints as v - p.
    [[nodiscard]] std::string to_signed_decimal() const;

    [[nodiscard]] constexpr bool is_zero() const {
        return (limbs_[0] | limbs_[1] | limbs_[2] | limbs_[3]) == 0;
    }
    [[nodiscard]] constexpr bool fits_u64() const {
        return (limbs_[1] | limbs_[2] | limbs_[3]) == 0;
    }
    [[nodiscard]] constexpr bool fits_u128() const { return (limbs_[2] | limbs_[3]) == 0; }
    // Number of bits, 0 for 0.
    [[nodiscard]] unsigned bit_length() const;
    [[nodiscard]] constexpr std::optional<std::uint64_t> to_u64() const {
        return fits_u64() ? std::optional(limbs_[0]) : std::nullopt;
    }

    friend constexpr bool operator==(const Felt& a, const Felt& b) {
        return ((a.limbs_[0] ^ b.limbs_[0]) | (a.limbs_[1] ^ b.limbs_[1]) |
                (a.limbs_[2] ^ b.limbs_[2]) | (a.limbs_[3] ^ b.limbs_[3])) == 0;
    }
    friend constexpr std::strong_ordering operator<=>(const Felt& a, const Felt& b) {
        for (std::size_t i = 4; i-- > 0;)
            if (a.limbs_[i] != b.limbs_[i])
                return a.limbs_[i] <=> b.limbs_[i];
        return std::strong_ordering::equal;
    }

    friend constexpr Felt operator+(const Felt& a, const Felt& b) {
        return from_canonical(limbs::add_mod_p(a.limbs_, b.limbs_));
    }
    friend constexpr Felt operator-(const Felt& a, const Felt& b) {
        return from_canonical(limbs::sub_mod_p(a.limbs_, b.limbs_));
    }
    friend constexpr Felt operator-(const Felt& a) { return Felt() - a; }
    friend Felt operator*(const Felt& a, const Felt& b) {
        if (a.fits_u64() && b.fits_u64()) {
            const u128 product = static_cast<u128>(a.limbs_[0]) * b.limbs_[0];
            return from_u128(limbs::low(product), limbs::high(product));
        }
        return mul_large(a, b);
    }
    constexpr Felt& operator+=(const Felt& other) { return *this = *this + other; }
    constexpr Felt& operator-=(const Felt& other) { return *this = *this - other; }
    Felt& operator*=(const Felt& other) { return *this = *this * other; }

    // Nothing for 0.
    [[nodiscard]] std::optional<Felt> inverse() const;
    [[nodiscard]] Felt pow(const Limbs& exponent) const;
    // The smaller of the two canonical roots; nothing for a non-residue.
    [[nodiscard]] std::optional<Felt> sqrt() const;

  private:
    static Felt mul_large(const Felt& a, const Felt& b);

    Limbs limbs_{};
};

}  // namespace blockexecd::vm

template <>
struct std::hash<blockexecd::vm::Felt> {
    std::size_t operator()(const blockexecd::vm::Felt& felt) const noexcept {
        const auto& l = felt.limbs();
        // Keys are mostly hashes or small; one multiply spreads both over the table's high bits.
        return static_cast<std::size_t>(
            (l[0] ^ (l[1] * 0x9e3779b97f4a7c15ULL) ^ (l[2] << 1) ^ l[3]) * 0xff51afd7ed558ccdULL);
    }
};
