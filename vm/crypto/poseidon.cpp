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

struct Constants {
    std::array<State, kFullRoundsPerSide> first;
    std::array<MontgomeryFelt, kPartialRounds> partial;
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
            partial[i] = c2;
            carried = {c0 + c0 + c0 + c1, c0 - c1, c0 + c1};
        }
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
    // The next cube waits for one doubling and one subtraction only: what does not depend on this
    // one is added before.
    auto& [a, b, third] = state;
    MontgomeryFelt x = third + c.partial[0];
    for (std::size_t i = 0; i < kPartialRounds; ++i) {
        const MontgomeryFelt sum = a + b, difference = a - b;
        const MontgomeryFelt next = i + 1 < kPartialRounds ? sum + c.partial[i + 1] : sum;
        const MontgomeryFelt triple = sum + a.twice();
        const MontgomeryFelt cubed = cube(x);
        x = next - cubed.twice();
        a = triple + cubed;
        b = difference + cubed;
    }
    third = x;
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
