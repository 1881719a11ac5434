// SPDX-License-Identifier: Apache-2.0
// Felts that break arithmetic: the ends of words, of the field and of the ranges that fast paths
// test for, and random ones.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <random>
#include <vector>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm::test {

using boost::multiprecision::cpp_int;

inline cpp_int to_int(const Limbs& limbs) {
    cpp_int value = 0;
    for (std::size_t i = 4; i-- > 0;)
        value = (value << 64) + limbs[i];
    return value;
}
inline cpp_int to_int(const Felt& felt) {
    return to_int(felt.limbs());
}
inline const cpp_int& prime() {
    static const cpp_int value = to_int(Felt::kPrime);
    return value;
}
inline Limbs to_limbs(cpp_int value) {
    Limbs limbs{};
    for (auto& limb : limbs) {
        limb = static_cast<std::uint64_t>(value & 0xffffffffffffffffULL);
        value >>= 64;
    }
    return limbs;
}
inline Felt to_felt(const cpp_int& value) {
    return Felt::from_canonical(to_limbs(((value % prime()) + prime()) % prime()));
}

inline std::vector<Felt> edge_felts() {
    std::vector<Felt> felts;
    for (const unsigned bits :
         {0U, 1U, 32U, 63U, 64U, 65U, 127U, 128U, 129U, 191U, 192U, 193U, 196U, 250U, 251U})
        for (int offset = -2; offset <= 2; ++offset)
            felts.push_back(to_felt((cpp_int(1) << bits) + offset));
    for (const int offset : {-3, -2, -1, 0, 1, 2})
        felts.push_back(to_felt(prime() / 2 + offset));
    felts.push_back(Felt::from_canonical({~0ULL, ~0ULL, ~0ULL, limbs::kP3 - 1}));
    felts.push_back(Felt::from_canonical({0, 0, 0, limbs::kP3}));
    felts.push_back(Felt::from_canonical({0, ~0ULL, 0, 0x7ffffffffffffffULL}));
    return felts;
}

class RandomFelts {
  public:
    // Uniform limbs reduced into the field.
    Felt next() { return Felt::from_limbs_mod_p({engine_(), engine_(), engine_(), engine_()}); }
    // A random number of random bits.
    Felt next_of_any_size() {
        Limbs limbs{engine_(), engine_(), engine_(), engine_()};
        const unsigned bits = static_cast<unsigned>(engine_() % 252);
        for (unsigned i = 0; i < 4; ++i) {
            if (bits <= 64 * i)
                limbs[i] = 0;
            else if (bits < 64 * (i + 1))
                limbs[i] &= (std::uint64_t{1} << (bits % 64)) - 1;
        }
        return Felt::from_limbs_mod_p(limbs);
    }
    std::uint64_t word() { return engine_(); }

  private:
    std::mt19937_64 engine_{20240229};
};

}  // namespace blockexecd::vm::test
