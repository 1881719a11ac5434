// SPDX-License-Identifier: Apache-2.0
// A field element times 2^256, for chains of multiplications: hashes and the curve convert at their
// borders only. The canonical Felt's product costs half as much again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

#include "vm/felt/cpu.hpp"
#include "vm/felt/felt.hpp"
#include "vm/felt/limbs.hpp"
#include "vm/felt/limbs_adx.hpp"

namespace blockexecd::vm {

class MontgomeryFelt {
  public:
    constexpr MontgomeryFelt() = default;
    constexpr explicit MontgomeryFelt(const Felt& felt)
        : limbs_(mul_limbs(felt.limbs(), kSquaredRadix)) {}
    // Precondition: limbs < p; they are the value times 2^256 already.
    static constexpr MontgomeryFelt from_raw(const Limbs& limbs) {
        MontgomeryFelt result;
        result.limbs_ = limbs;
        return result;
    }
    static constexpr MontgomeryFelt one() { return from_raw(kRadix); }

    [[nodiscard]] constexpr Felt to_felt() const {
        return Felt::from_canonical(
            limbs::montgomery_reduce({limbs_[0], limbs_[1], limbs_[2], limbs_[3], 0, 0, 0, 0}));
    }
    [[nodiscard]] constexpr const Limbs& raw() const { return limbs_; }
    [[nodiscard]] constexpr bool is_zero() const {
        return (limbs_[0] | limbs_[1] | limbs_[2] | limbs_[3]) == 0;
    }

    friend constexpr bool operator==(const MontgomeryFelt& a, const MontgomeryFelt& b) {
        return Felt::from_canonical(a.limbs_) == Felt::from_canonical(b.limbs_);
    }
    friend constexpr MontgomeryFelt operator+(const MontgomeryFelt& a, const MontgomeryFelt& b) {
        return from_raw(limbs::add_mod_p(a.limbs_, b.limbs_));
    }
    friend constexpr MontgomeryFelt operator-(const MontgomeryFelt& a, const MontgomeryFelt& b) {
        return from_raw(limbs::sub_mod_p(a.limbs_, b.limbs_));
    }
    friend constexpr MontgomeryFelt operator-(const MontgomeryFelt& a) {
        return MontgomeryFelt() - a;
    }
    friend constexpr MontgomeryFelt operator*(const MontgomeryFelt& a, const MontgomeryFelt& b) {
        return from_raw(mul_limbs(a.limbs_, b.limbs_));
    }
    constexpr MontgomeryFelt& operator+=(const MontgomeryFelt& other) {
        return *this = *this + other;
    }
    constexpr MontgomeryFelt& operator-=(const MontgomeryFelt& other) {
        return *this = *this - other;
    }
    constexpr MontgomeryFelt& operator*=(const MontgomeryFelt& other) {
        return *this = *this * other;
    }
    [[nodiscard]] constexpr MontgomeryFelt square() const { return from_raw(square_limbs(limbs_)); }
    [[nodiscard]] constexpr MontgomeryFelt twice() const { return *this + *this; }

    // Precondition: not zero.
    [[nodiscard]] MontgomeryFelt inverse() const;
    // One of the two roots; nothing for a non-residue.
    [[nodiscard]] std::optional<MontgomeryFelt> sqrt() const;

    // 2^256, 2^512 and 2^768 mod p.
    static constexpr Limbs kRadix{0xffffffffffffffe1ULL, 0xffffffffffffffffULL,
                                  0xffffffffffffffffULL, 0x07fffffffffffdf0ULL};
    static constexpr Limbs kSquaredRadix{0xfffffd737e000401ULL, 0x00000001330fffffULL,
                                         0xffffffffff6f8000ULL, 0x07ffd4ab5e008810ULL};
    static constexpr Limbs kCubedRadix{0xcc7177d1406df18eULL, 0x7545706677ffcc06ULL,
                                       0xf47d84f836300018ULL, 0x038e5f79873c0a6dULL};

  private:
    static constexpr Limbs mul_limbs(const Limbs& a, const Limbs& b) {
#if defined(__x86_64__)
        if (!std::is_constant_evaluated()) {
            if (cpu::kHasAdx) [[likely]]
                return limbs::montgomery_mul_adx(a, b);
        }
#endif
        return portable_product(a, b);
    }
    static constexpr Limbs square_limbs(const Limbs& a) {
#if defined(__x86_64__)
        if (!std::is_constant_evaluated()) {
            if (cpu::kHasAdx) [[likely]]
                return limbs::montgomery_square_adx(a);
        }
#endif
        return portable_product(a, a);
    }
    // Apart, so that loops over the other path keep their registers.
    [[gnu::noinline]] static constexpr Limbs portable_product(const Limbs& a, const Limbs& b) {
        return limbs::montgomery_reduce(limbs::mul_wide(a, b));
    }

    Limbs limbs_{};
};

// Replaces each value by its inverse with one inversion and three multiplications a value; zeros
// stay zero.
void invert_batch(std::span<MontgomeryFelt> values);

}  // namespace blockexecd::vm
