// SPDX-License-Identifier: Apache-2.0
// Inverse modulo an odd number below 2^256 by Bernstein and Yang's divsteps in batches of 62, in
// variable time (nothing here is secret). The form with signed 62-bit limbs is that of P. Wuille's
// description of libsecp256k1's modinv64.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "vm/felt/limbs.hpp"

namespace blockexecd::vm {

__extension__ typedef __int128 i128;

namespace divsteps {

// Value: sum of limb i times 2^(62 i); all limbs but the last lie in [0, 2^62).
using Signed62 = std::array<std::int64_t, 5>;
inline constexpr std::uint64_t kMask62 = (std::uint64_t{1} << 62) - 1;

constexpr Signed62 to_signed62(const Limbs& a) {
    return {static_cast<std::int64_t>(a[0] & kMask62),
            static_cast<std::int64_t>(((a[0] >> 62) | (a[1] << 2)) & kMask62),
            static_cast<std::int64_t>(((a[1] >> 60) | (a[2] << 4)) & kMask62),
            static_cast<std::int64_t>(((a[2] >> 58) | (a[3] << 6)) & kMask62),
            static_cast<std::int64_t>(a[3] >> 56)};
}

constexpr Limbs to_limbs(const Signed62& a) {
    const auto word = [&](std::size_t i) { return static_cast<std::uint64_t>(a[i]); };
    return {word(0) | (word(1) << 62), (word(1) >> 2) | (word(2) << 60),
            (word(2) >> 4) | (word(3) << 58), (word(3) >> 6) | (word(4) << 56)};
}

// 62 divsteps as one matrix: (f, g) -> (u f + v g, q f + r g) / 2^62.
struct Transition {
    std::int64_t u, v, q, r;
};

inline std::int64_t run_62(std::int64_t eta, std::uint64_t f, std::uint64_t g, Transition& t) {
    std::uint64_t u = 1, v = 0, q = 0, r = 1;
    int left = 62;
    while (true) {
        const int zeros = std::countr_zero(g | (~std::uint64_t{0} << left));
        g >>= zeros;
        u <<= zeros;
        v <<= zeros;
        eta -= zeros;
        left -= zeros;
        if (left == 0)
            break;
        std::uint64_t w;
        if (eta < 0) {
            eta = -eta;
            f = std::exchange(g, 0 - f);
            u = std::exchange(q, 0 - u);
            v = std::exchange(r, 0 - v);
            const int limit = static_cast<int>(std::min<std::int64_t>(eta + 1, left));
            w = (f * g * (f * f - 2)) & (~std::uint64_t{0} >> (64 - limit)) & 63;
        } else {
            const int limit = static_cast<int>(std::min<std::int64_t>(eta + 1, left));
            w = f + (((f + 1) & 4) << 1);
            w = ((0 - w) * g) & (~std::uint64_t{0} >> (64 - limit)) & 15;
        }
        g += f * w;
        q += u * w;
        r += v * w;
    }
    t = {static_cast<std::int64_t>(u), static_cast<std::int64_t>(v), static_cast<std::int64_t>(q),
         static_cast<std::int64_t>(r)};
    return eta;
}

// (d, e) = t (d, e) / 2^62 modulo the modulus; both stay in (-2 modulus, modulus).
[[gnu::always_inline]] inline void update_cofactors(Signed62& d, Signed62& e, const Transition& t,
                                                    const Signed62& modulus,
                                                    std::uint64_t modulus_inverse62) {
    const std::int64_t sign_d = d[4] >> 63, sign_e = e[4] >> 63;
    std::int64_t md = (t.u & sign_d) + (t.v & sign_e);
    std::int64_t me = (t.q & sign_d) + (t.r & sign_e);
    i128 cd = static_cast<i128>(t.u) * d[0] + static_cast<i128>(t.v) * e[0];
    i128 ce = static_cast<i128>(t.q) * d[0] + static_cast<i128>(t.r) * e[0];
    md -= static_cast<std::int64_t>(
        (modulus_inverse62 * static_cast<std::uint64_t>(cd) + static_cast<std::uint64_t>(md)) &
        kMask62);
    me -= static_cast<std::int64_t>(
        (modulus_inverse62 * static_cast<std::uint64_t>(ce) + static_cast<std::uint64_t>(me)) &
        kMask62);
    cd += static_cast<i128>(modulus[0]) * md;
    ce += static_cast<i128>(modulus[0]) * me;
    cd >>= 62;
    ce >>= 62;
    for (std::size_t i = 1; i < 5; ++i) {
        cd += static_cast<i128>(t.u) * d[i] + static_cast<i128>(t.v) * e[i];
        ce += static_cast<i128>(t.q) * d[i] + static_cast<i128>(t.r) * e[i];
        if (modulus[i] != 0) {
            cd += static_cast<i128>(modulus[i]) * md;
            ce += static_cast<i128>(modulus[i]) * me;
        }
        d[i - 1] = static_cast<std::int64_t>(static_cast<std::uint64_t>(cd) & kMask62);
        e[i - 1] = static_cast<std::int64_t>(static_cast<std::uint64_t>(ce) & kMask62);
        cd >>= 62;
        ce >>= 62;
    }
    d[4] = static_cast<std::int64_t>(cd);
    e[4] = static_cast<std::int64_t>(ce);
}

// (f, g) = t (f, g) / 2^62, exactly.
inline void update_values(std::size_t length, Signed62& f, Signed62& g, const Transition& t) {
    i128 cf = static_cast<i128>(t.u) * f[0] + static_cast<i128>(t.v) * g[0];
    i128 cg = static_cast<i128>(t.q) * f[0] + static_cast<i128>(t.r) * g[0];
    cf >>= 62;
    cg >>= 62;
    for (std::size_t i = 1; i < length; ++i) {
        cf += static_cast<i128>(t.u) * f[i] + static_cast<i128>(t.v) * g[i];
        cg += static_cast<i128>(t.q) * f[i] + static_cast<i128>(t.r) * g[i];
        f[i - 1] = static_cast<std::int64_t>(static_cast<std::uint64_t>(cf) & kMask62);
        g[i - 1] = static_cast<std::int64_t>(static_cast<std::uint64_t>(cg) & kMask62);
        cf >>= 62;
        cg >>= 62;
    }
    f[length - 1] = static_cast<std::int64_t>(cf);
    g[length - 1] = static_cast<std::int64_t>(cg);
}

// Brings a value of (-2 modulus, modulus), negated if asked, to [0, modulus).
inline void normalize(Signed62& a, bool negate, const Signed62& modulus) {
    const auto add_modulus_if_negative = [&] {
        if (a[4] < 0)
            for (std::size_t i = 0; i < 5; ++i)
                a[i] += modulus[i];
    };
    const auto carry = [&] {
        for (std::size_t i = 0; i < 4; ++i) {
            a[i + 1] += a[i] >> 62;
            a[i] = static_cast<std::int64_t>(static_cast<std::uint64_t>(a[i]) & kMask62);
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
[[gnu::always_inline]] inline Limbs invert(const Limbs& value, const Signed62& modulus,
                                           std::uint64_t modulus_inverse62, Signed62& f,
                                           std::size_t& length) {
    Signed62 d{}, e{1}, g = to_signed62(value);
    f = modulus;
    std::int64_t eta = -1;
    length = 5;
    while (true) {
        Transition t{};
        eta = run_62(eta, static_cast<std::uint64_t>(f[0]), static_cast<std::uint64_t>(g[0]), t);
        update_cofactors(d, e, t, modulus, modulus_inverse62);
        update_values(length, f, g, t);
        std::int64_t rest = 0;
        for (std::size_t i = 0; i < length; ++i)
            rest |= g[i];
        if (rest == 0)
            break;
        const std::int64_t top_f = f[length - 1], top_g = g[length - 1];
        // A top limb that only holds the sign is folded into the one below.
        if (length > 1 && top_f == (top_f >> 63) && top_g == (top_g >> 63)) {
            f[length - 2] |= static_cast<std::int64_t>(static_cast<std::uint64_t>(top_f) << 62);
            g[length - 2] |= static_cast<std::int64_t>(static_cast<std::uint64_t>(top_g) << 62);
            --length;
        }
    }
    normalize(d, f[length - 1] < 0, modulus);
    return to_limbs(d);
}

// Whether the value of so many limbs is 1 or -1.
inline bool is_unit(const Signed62& f, std::size_t length) {
    const bool negative = f[length - 1] < 0;
    for (std::size_t i = 0; i + 1 < length; ++i)
        if (f[i] != (negative ? static_cast<std::int64_t>(kMask62) : i == 0 ? 1 : 0))
            return false;
    const std::int64_t top = f[length - 1];
    return negative ? top == -1 : top == (length == 1 ? 1 : 0);
}

}  // namespace divsteps

// value^-1 mod modulus, a prime; 0 for 0. kModulusInverse62 is the modulus's inverse modulo 2^62.
template <Limbs kModulus, std::uint64_t kModulusInverse62>
Limbs modular_inverse(const Limbs& value) {
    constexpr divsteps::Signed62 modulus = divsteps::to_signed62(kModulus);
    divsteps::Signed62 f;
    std::size_t length = 0;
    return divsteps::invert(value, modulus, kModulusInverse62, f, length);
}

// The same for any odd modulus above 1; nothing where they have a common divisor. Precondition:
// value < modulus.
inline std::optional<Limbs> inverse_mod_odd(const Limbs& value, const Limbs& modulus) {
    std::uint64_t inverse = modulus[0];
    for (int i = 0; i < 5; ++i)
        inverse *= 2 - modulus[0] * inverse;
    divsteps::Signed62 f;
    std::size_t length = 0;
    const Limbs result = divsteps::invert(value, divsteps::to_signed62(modulus),
                                          inverse & divsteps::kMask62, f, length);
    if (!divsteps::is_unit(f, length))
        return std::nullopt;
    return result;
}

}  // namespace blockexecd::vm
