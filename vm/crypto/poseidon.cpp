// SPDX-License-Identifier: Apache-2.0
// In the partial rounds only the third element is cubed, so the constants of the others are carried
// forward into later rounds: one addition a round instead of three. Between multiplications values
// stay unreduced.
#include "vm/crypto/poseidon.hpp"

#include <openssl/sha.h>

#include <string>

#include "vm/felt/montgomery_felt.hpp"

namespace blockexecd::vm {
namespace {

constexpr std::size_t kFullRoundsPerSide = 4;
constexpr std::size_t kPartialRounds = 83;
constexpr std::size_t kRounds = 2 * kFullRoundsPerSide + kPartialRounds;

using State = std::array<MontgomeryFelt, 3>;

// Constant k is SHA-256("Hades{k}") as a big-endian integer mod p.
Felt round_constant(std::size_t k) {
    const std::string name = "Hades" + std::to_string(k);
    std::array<std::uint8_t, 32> digest{};
    SHA256(reinterpret_cast<const unsigned char*>(name.data()), name.size(), digest.data());
    return Felt::from_bytes_be(digest);
}

Limbs plus_primes(const MontgomeryFelt& value, int primes) {
    Limbs sum = value.raw();
    for (; primes > 0; --primes)
        limbs::add_to(sum, Felt::kPrime);
    return sum;
}

// What a mix adds: the constants of the round behind it, and 2 p for each cube that it subtracts.
struct MixConstants {
    Limbs a, b, c;

    MixConstants() : MixConstants(State{}) {}
    explicit MixConstants(const State& of_next)
        : a(of_next[0].raw()), b(plus_primes(of_next[1], 2)), c(plus_primes(of_next[2], 4)) {}
};

struct Constants {
    State first, last;
    std::array<MixConstants, kFullRoundsPerSide> before, after;
    // Of the partial rounds' form, see partial_rounds: for each the constant of the next one (the
    // last has none) times the root of 2, plus 2 p.
    std::array<Limbs, kPartialRounds> partial;
    // The root of 2, half of it, which is its inverse, and the inverse of its cube.
    MontgomeryFelt root, half_root, inverse_cube;

    Constants() {
        const MontgomeryFelt half(*Felt(2).inverse());
        root = MontgomeryFelt(*Felt(2).sqrt());
        half_root = root * half;
        inverse_cube = half_root * half;
        const auto add_round = [](State& constants, std::size_t round) {
            for (std::size_t i = 0; i < 3; ++i)
                constants[i] += MontgomeryFelt(round_constant(3 * round + i));
        };
        add_round(first, 0);
        for (std::size_t i = 1; i < kFullRoundsPerSide; ++i) {
            State of_round;
            add_round(of_round, i);
            before[i - 1] = MixConstants(of_round);
        }
        // What the constants of elements 0 and 1 become behind the mix of their round.
        State carried;
        for (std::size_t i = 0; i < kPartialRounds; ++i) {
            add_round(carried, kFullRoundsPerSide + i);
            const auto& [c0, c1, c2] = carried;
            if (i == 0)
                before.back() = MixConstants({MontgomeryFelt(), MontgomeryFelt(), c2});
            else
                partial[i - 1] = plus_primes(c2 * root, 2);
            carried = {c0 + c0 + c0 + c1, c0 - c1, c0 + c1};
        }
        partial.back() = plus_primes(MontgomeryFelt(), 2);
        add_round(carried, kRounds - kFullRoundsPerSide);
        last = carried;
        for (std::size_t i = 1; i < kFullRoundsPerSide; ++i) {
            State of_round;
            add_round(of_round, kRounds - kFullRoundsPerSide + i);
            after[i - 1] = MixConstants(of_round);
        }
    }
};

const Constants& constants() {
    static const Constants instance;
    return instance;
}

// Apart, so that the loops keep their registers.
[[gnu::noinline]] Limbs portable_cube(const Limbs& value) {
    const auto product = [](const Limbs& a, const Limbs& b) {
        return limbs::montgomery_reduce(limbs::mul_wide(a, b));
    };
    return product(value, product(value, value));
}

// Below 2 p, of any value below 7 p; the square lies below 4 p.
[[gnu::always_inline]] inline Limbs cube(const Limbs& value) {
#if defined(__x86_64__)
    if (cpu::kHasAdx) [[likely]]
        return limbs::unreduced_mul_adx(value, limbs::unreduced_square_adx(value));
#endif
    return portable_cube(value);
}

using Unreduced = std::array<Limbs, 3>;

// Cubes, and the matrix [[3, 1, 1], [1, -1, 1], [1, 1, -2]]. Elements below 7 p before and after.
void full_round(Unreduced& state, const MixConstants& next) {
    const Limbs a = cube(state[0]), b = cube(state[1]), c = cube(state[2]);
    Limbs first = a, second = a, third = a;
    limbs::add_to(second, c);
    limbs::add_to(first, a);
    limbs::add_to(first, b);
    limbs::add_to(first, second);
    limbs::add_to(first, next.a);
    limbs::add_to(second, next.b);
    limbs::sub_from(second, b);
    limbs::add_to(third, b);
    limbs::add_to(third, next.c);
    limbs::sub_from(third, c);
    limbs::sub_from(third, c);
    state = {limbs::reduce(first), second, limbs::reduce(third)};
}

// With a, b and x before a partial round and c = x^3, a' = 3 a + b + c and b' = a - b + c. So
// w = 2 a + c obeys w' = 2 w + 4 w_before + c', and x' = 2 (w_before - c) + constant. In
// z = root x and W = 2 root w, where root^2 = 2, this is W' = 2 W + 4 W_before + z'^3 and
// z' = W_before - z^3 + root constant: one subtraction behind each cube, and one reduction.
void partial_rounds(Unreduced& state, const Constants& c) {
    const MontgomeryFelt a = MontgomeryFelt::from_raw(state[0]);
    const MontgomeryFelt b = MontgomeryFelt::from_raw(limbs::reduce(state[1]));
    Limbs z = (MontgomeryFelt::from_raw(state[2]) * c.root).raw();
    Limbs before = ((a - b) * c.half_root).raw(), now = ((a + b) * c.root).raw();
    for (const Limbs& constant : c.partial) {
        Limbs next = before, sum = now;
        limbs::add_to(next, before);
        limbs::add_to(next, now);
        limbs::add_to(next, next);
        limbs::add_to(sum, constant);
        const Limbs cubed = cube(z);
        limbs::sub_from(sum, cubed);
        z = sum;
        limbs::add_to(next, cubed);
        before = now;
        now = limbs::reduce(next);
    }
    const MontgomeryFelt w = MontgomeryFelt::from_raw(now) * c.inverse_cube;
    const MontgomeryFelt twice = (MontgomeryFelt::from_raw(before) * c.inverse_cube).twice();
    state = {(w + twice).raw(), (w - twice).raw(),
             (MontgomeryFelt::from_raw(z) * c.half_root).raw()};
}

void add(Unreduced& state, const State& round_constants) {
    for (std::size_t i = 0; i < 3; ++i)
        limbs::add_to(state[i], round_constants[i].raw());
}

void permute(State& state) {
    const Constants& c = constants();
    Unreduced inner{state[0].raw(), state[1].raw(), state[2].raw()};
    add(inner, c.first);
    for (const MixConstants& next : c.before)
        full_round(inner, next);
    partial_rounds(inner, c);
    add(inner, c.last);
    for (const MixConstants& next : c.after)
        full_round(inner, next);
    for (std::size_t i = 0; i < 3; ++i)
        state[i] = MontgomeryFelt::from_raw(limbs::reduce(inner[i]));
}

}  // namespace

void hades_permutation(std::array<Felt, 3>& state) {
    State inner{MontgomeryFelt(state[0]), MontgomeryFelt(state[1]), MontgomeryFelt(state[2])};
    permute(inner);
    for (std::size_t i = 0; i < 3; ++i)
        state[i] = inner[i].to_felt();
}

Felt poseidon(const Felt& a, const Felt& b) {
    State state{MontgomeryFelt(a), MontgomeryFelt(b), MontgomeryFelt(Felt(2))};
    permute(state);
    return state[0].to_felt();
}

Felt poseidon_single(const Felt& a) {
    State state{MontgomeryFelt(a), MontgomeryFelt(), MontgomeryFelt::one()};
    permute(state);
    return state[0].to_felt();
}

Felt poseidon_array(std::span<const Felt> elements) {
    State state;
    for (std::size_t i = 0; i + 1 < elements.size(); i += 2) {
        state[0] += MontgomeryFelt(elements[i]);
        state[1] += MontgomeryFelt(elements[i + 1]);
        permute(state);
    }
    if (elements.size() % 2 != 0) {
        state[0] += MontgomeryFelt(elements.back());
        state[1] += MontgomeryFelt::one();
    } else {
        state[0] += MontgomeryFelt::one();
    }
    permute(state);
    return state[0].to_felt();
}

}  // namespace blockexecd::vm
