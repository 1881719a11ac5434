// SPDX-License-Identifier: Apache-2.0
// Inverse modulo an odd number below 2^256 by Bernstein and Yang's divsteps in batches of 56, in
// variable time (nothing here is secret). The form with signed limbs of a batch's width is that of
// P. Wuille's description of libsecp256k1's modinv64.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "vm/felt/divstep_table.hpp"
#include "vm/felt/limbs.hpp"

namespace blockexecd::vm {

__extension__ typedef __int128 i128;

namespace divsteps {

inline constexpr int kLooks = 7;
inline constexpr int kLimbBits = kLooks * Table::kSteps;
inline constexpr std::uint64_t kLimbMask = (std::uint64_t{1} << kLimbBits) - 1;

// Value: sum of limb i times 2^(56 i); all limbs but the last lie in [0, 2^56).
using SignedLimbs = std::array<std::int64_t, 5>;

constexpr SignedLimbs to_signed_limbs(const Limbs& a) {
    const auto limb = [](std::uint64_t bits) {
        return static_cast<std::int64_t>(bits & kLimbMask);
    };
    return {limb(a[0]), limb(a[0] >> 56 | a[1] << 8), limb(a[1] >> 48 | a[2] << 16),
            limb(a[2] >> 40 | a[3] << 24), limb(a[3] >> 32)};
}

constexpr Limbs to_limbs(const SignedLimbs& a) {
    const auto word = [&](std::size_t i) { return static_cast<std::uint64_t>(a[i]); };
    return {word(0) | word(1) << 56, word(1) >> 8 | word(2) << 48, word(2) >> 16 | word(3) << 40,
            word(3) >> 24 | word(4) << 32};
}

using Transition = Matrix<std::int64_t>;

// A batch of divsteps of eta and of f and g, of which their lowest 56 bits are enough. Each look
// waits for the one before it: between(i) is what can be done meanwhile, behind look i.
template <class Between>
[[gnu::always_inline]] inline Transition run_56(std::int64_t& eta, std::int64_t f_limb,
                                                std::int64_t g_limb, const Between& between) {
    auto f = static_cast<std::uint64_t>(f_limb), g = static_cast<std::uint64_t>(g_limb);
    const Matrix<std::int16_t>& first = run_8(eta, f, g);
    Transition all{first.u, first.v, first.q, first.r};
    between(0);
#pragma GCC unroll 8
    for (int look = 1; look < kLooks; ++look) {
        const Matrix<std::int16_t>& t = run_8(eta, f, g);
        all = {t.u * all.u + t.v * all.q, t.u * all.v + t.v * all.r, t.q * all.u + t.r * all.q,
               t.q * all.v + t.r * all.r};
        between(look);
    }
    return all;
}

// (d, e) = t (d, e) / 2^56 modulo the modulus; both stay in (-2 modulus, modulus). Made in parts.
class CofactorUpdate {
  public:
    static constexpr int kParts = 6;
    static_assert(kParts <= kLooks);

    [[gnu::always_inline]] CofactorUpdate(SignedLimbs& d, SignedLimbs& e, const Transition& t,
                                          const SignedLimbs& modulus, std::uint64_t modulus_inverse)
        : d_(d), e_(e), t_(t), modulus_(modulus), modulus_inverse_(modulus_inverse) {}

    // Precondition: the parts below this one are made.
    [[gnu::always_inline]] void make(int part) {
        if (part == 0)
            start();
        else if (part < kParts - 1)
            limb(static_cast<std::size_t>(part));
        else if (part == kParts - 1)
            finish();
    }

  private:
    // The multiples of the modulus that make the lowest limbs 0.
    [[gnu::always_inline]] void start() {
        const std::int64_t sign_d = d_[4] >> 63, sign_e = e_[4] >> 63;
        md_ = (t_.u & sign_d) + (t_.v & sign_e);
        me_ = (t_.q & sign_d) + (t_.r & sign_e);
        cd_ = static_cast<i128>(t_.u) * d_[0] + static_cast<i128>(t_.v) * e_[0];
        ce_ = static_cast<i128>(t_.q) * d_[0] + static_cast<i128>(t_.r) * e_[0];
        md_ -= complement(cd_, md_);
        me_ -= complement(ce_, me_);
        cd_ += static_cast<i128>(modulus_[0]) * md_;
        ce_ += static_cast<i128>(modulus_[0]) * me_;
        cd_ >>= kLimbBits;
        ce_ >>= kLimbBits;
    }
    [[gnu::always_inline]] void limb(std::size_t i) {
        cd_ += static_cast<i128>(t_.u) * d_[i] + static_cast<i128>(t_.v) * e_[i];
        ce_ += static_cast<i128>(t_.q) * d_[i] + static_cast<i128>(t_.r) * e_[i];
        if (modulus_[i] != 0) {
            cd_ += static_cast<i128>(modulus_[i]) * md_;
            ce_ += static_cast<i128>(modulus_[i]) * me_;
        }
        d_[i - 1] = static_cast<std::int64_t>(static_cast<std::uint64_t>(cd_) & kLimbMask);
        e_[i - 1] = static_cast<std::int64_t>(static_cast<std::uint64_t>(ce_) & kLimbMask);
        cd_ >>= kLimbBits;
        ce_ >>= kLimbBits;
    }
    [[gnu::always_inline]] void finish() {
        d_[4] = static_cast<std::int64_t>(cd_);
        e_[4] = static_cast<std::int64_t>(ce_);
    }
    [[gnu::always_inline]] std::int64_t complement(i128 sum, std::int64_t multiple) const {
        return static_cast<std::int64_t>((modulus_inverse_ * static_cast<std::uint64_t>(sum) +
                                          static_cast<std::uint64_t>(multiple)) &
                                         kLimbMask);
    }

    SignedLimbs& d_;
    SignedLimbs& e_;
    const Transition& t_;
    const SignedLimbs& modulus_;
    std::uint64_t modulus_inverse_;
    std::int64_t md_ = 0, me_ = 0;
    i128 cd_ = 0, ce_ = 0;
};

// (f, g) = t (f, g) / 2^56, exactly.
inline void update_values(std::size_t length, SignedLimbs& f, SignedLimbs& g, const Transition& t) {
    i128 cf = static_cast<i128>(t.u) * f[0] + static_cast<i128>(t.v) * g[0];
    i128 cg = static_cast<i128>(t.q) * f[0] + static_cast<i128>(t.r) * g[0];
    cf >>= kLimbBits;
    cg >>= kLimbBits;
    for (std::size_t i = 1; i < length; ++i) {
        cf += static_cast<i128>(t.u) * f[i] + static_cast<i128>(t.v) * g[i];
        cg += static_cast<i128>(t.q) * f[i] + static_cast<i128>(t.r) * g[i];
        f[i - 1] = static_cast<std::int64_t>(static_cast<std::uint64_t>(cf) & kLimbMask);
        g[i - 1] = static_cast<std::int64_t>(static_cast<std::uint64_t>(cg) & kLimbMask);
        cf >>= kLimbBits;
        cg >>= kLimbBits;
    }
    f[length - 1] = static_cast<std::int64_t>(cf);
    g[length - 1] = static_cast<std::int64_t>(cg);
}

// Brings a value of (-2 modulus, modulus), negated if asked, to [0, modulus).
inline void normalize(SignedLimbs& a, bool negate, const SignedLimbs& modulus) {
    const auto add_modulus_if_negative = [&] {
        if (a[4] < 0)
            for (std::size_t i = 0; i < 5; ++i)
                a[i] += modulus[i];
    };
    const auto carry = [&] {
        for (std::size_t i = 0; i < 4; ++i) {
            a[i + 1] += a[i] >> kLimbBits;
            a[i] = static_cast<std::int64_t>(static_cast<std::uint64_t>(a[i]) & kLimbMask);
        }
    };
    add_modulus_if_negative();
    if (negate)
        for (auto& limb : a)
            limb = -limb;
    carry();
    add_modulus_if_negative();
    carry();
}

// value^-1 mod modulus for an odd modulus; `f` ends as the gcd or its negative, in one limb when it
// is small.
[[gnu::always_inline]] inline Limbs invert(const Limbs& value, const SignedLimbs& modulus,
                                           std::uint64_t modulus_inverse, SignedLimbs& f,
                                           std::size_t& length) {
    SignedLimbs d{}, e{1}, g = to_signed_limbs(value);
    f = modulus;
    std::int64_t eta = -1;
    length = 5;
    Transition t = run_56(eta, f[0], g[0], [](int /*look*/) {});
    while (true) {
        CofactorUpdate cofactors(d, e, t, modulus, modulus_inverse);
        update_values(length, f, g, t);
        std::int64_t rest = 0;
        for (std::size_t i = 0; i < length; ++i)
            rest |= g[i];
        if (rest == 0) {
            for (int part = 0; part < CofactorUpdate::kParts; ++part)
                cofactors.make(part);
            break;
        }
        const std::int64_t top_f = f[length - 1], top_g = g[length - 1];
        // A top limb that only holds the sign is folded into the one below.
        if (length > 1 && top_f == (top_f >> 63) && top_g == (top_g >> 63)) {
            f[length - 2] |=
                static_cast<std::int64_t>(static_cast<std::uint64_t>(top_f) << kLimbBits);
            g[length - 2] |=
                static_cast<std::int64_t>(static_cast<std::uint64_t>(top_g) << kLimbBits);
            --length;
        }
        t = run_56(eta, f[0], g[0], [&](int look) { cofactors.make(look); });
    }
    normalize(d, f[length - 1] < 0, modulus);
    return to_limbs(d);
}

// Whether the value of so many limbs is 1 or -1.
inline bool is_unit(const SignedLimbs& f, std::size_t length) {
    const bool negative = f[length - 1] < 0;
    for (std::size_t i = 0; i + 1 < length; ++i)
        if (f[i] != (negative ? static_cast<std::int64_t>(kLimbMask) : i == 0 ? 1 : 0))
            return false;
    const std::int64_t top = f[length - 1];
    return negative ? top == -1 : top == (length == 1 ? 1 : 0);
}

}  // namespace divsteps

// value^-1 mod modulus, a prime; 0 for 0.
template <Limbs kModulus>
Limbs modular_inverse(const Limbs& value) {
    constexpr divsteps::SignedLimbs modulus = divsteps::to_signed_limbs(kModulus);
    divsteps::SignedLimbs f;
    std::size_t length = 0;
    return divsteps::invert(value, modulus, divsteps::inverse_of_word(kModulus[0]), f, length);
}

// The same for any odd modulus above 1; nothing where they have a common divisor. Precondition:
// value < modulus.
inline std::optional<Limbs> inverse_mod_odd(const Limbs& value, const Limbs& modulus) {
    divsteps::SignedLimbs f;
    std::size_t length = 0;
    const Limbs result = divsteps::invert(value, divsteps::to_signed_limbs(modulus),
                                          divsteps::inverse_of_word(modulus[0]), f, length);
    if (!divsteps::is_unit(f, length))
        return std::nullopt;
    return result;
}

}  // namespace blockexecd::vm
