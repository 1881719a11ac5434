// SPDX-License-Identifier: Apache-2.0
// In the partial rounds only the third element is cubed, so the constants of the others are carried
// forward into later rounds: one addition a round instead of three.
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

Limbs plus_two_primes(const MontgomeryFelt& value) {
    Limbs sum = value.raw();
    limbs::add_to(sum, Felt::kPrime);
    limbs::add_to(sum, Felt::kPrime);
    return sum;
}

struct Constants {
    std::array<State, kFullRoundsPerSide> first;
    MontgomeryFelt first_partial;
    // For each partial round the constant of the next one (the last has none), plus 2 p.
    std::array<Limbs, kPartialRounds> next_partial;
    std::array<State, kFullRoundsPerSide> last;

    Constants() {
        const auto add_round = [](State& constants, std::size_t round) {
            for (std::size_t i = 0; i < 3; ++i)
                constants[i] += MontgomeryFelt(round_constant(3 * round + i));
        };
        for (std::size_t i = 0; i < kFullRoundsPerSide; ++i)
            add_round(first[i], i);
        // What the constants of elements 0 and 1 become behind the mix of their round.
        State carried;
        for (std::size_t i = 0; i < kPartialRounds; ++i) {
            add_round(carried, kFullRoundsPerSide + i);
            const auto& [c0, c1, c2] = carried;
            if (i == 0)
                first_partial = c2;
            else
                next_partial[i - 1] = plus_two_primes(c2);
            carried = {c0 + c0 + c0 + c1, c0 - c1, c0 + c1};
        }
        next_partial.back() = plus_two_primes(MontgomeryFelt());
        last[0] = carried;
        for (std::size_t i = 0; i < kFullRoundsPerSide; ++i)
            add_round(last[i], kRounds - kFullRoundsPerSide + i);
    }
};

const Constants& constants() {
    static const Constants instance;
    return instance;
}

MontgomeryFelt cube(const MontgomeryFelt& value) {
    return value * value.square();
}

// The matrix [[3, 1, 1], [1, -1, 1], [1, 1, -2]].
void mix(State& state) {
    auto& [a, b, c] = state;
    const MontgomeryFelt sum = a + b + c;
    a = sum + a.twice();
    b = sum - b.twice();
    c = sum - (c.twice() + c);
}

void full_round(State& state, const State& round_constants) {
    for (std::size_t i = 0; i < 3; ++i)
        state[i] = cube(state[i] + round_constants[i]);
    mix(state);
}

void permute(State& state) {
    const Constants& c = constants();
    for (const State& round : c.first)
        full_round(state, round);
    // The next cube waits for two subtractions only: what does not depend on this one is added
    // before. Sums stay unreduced, below 5 p: cubes take those, and a and b are reduced once.
    Limbs a = state[0].raw(), b = state[1].raw(), x = (state[2] + c.first_partial).raw();
    for (const Limbs& constant : c.next_partial) {
        Limbs sum = a, difference = a;
        limbs::add_to(sum, b);
        limbs::add_to(difference, Felt::kPrime);
        limbs::sub_from(difference, b);
        Limbs next = sum;
        limbs::add_to(next, constant);
        limbs::add_to(sum, a);
        limbs::add_to(sum, a);
        const Limbs cubed = cube(MontgomeryFelt::from_raw(x)).raw();
        limbs::sub_from(next, cubed);
        limbs::sub_from(next, cubed);
        x = next;
        limbs::add_to(sum, cubed);
        a = limbs::reduce(sum);
        limbs::add_to(difference, cubed);
        b = limbs::reduce(difference);
    }
    state = {MontgomeryFelt::from_raw(a), MontgomeryFelt::from_raw(b),
             MontgomeryFelt::from_raw(limbs::reduce(x))};
    for (const State& round : c.last)
        full_round(state, round);
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
