// SPDX-License-Identifier: Apache-2.0
// Starknet's Poseidon: the Hades permutation of three felts (4 + 83 + 4 rounds, cubes) and the
// sponge over it.
#pragma once

#include <array>
#include <span>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

void hades_permutation(std::array<Felt, 3>& state);
// The permutation of (a, b, 2), first element.
Felt poseidon(const Felt& a, const Felt& b);
// The permutation of (a, 0, 1), first element.
Felt poseidon_single(const Felt& a);
// Rate 2; the elements are padded with 1 and zeros to an even number.
Felt poseidon_array(std::span<const Felt> elements);

}  // namespace blockexecd::vm
