// SPDX-License-Identifier: Apache-2.0
// The Pedersen hash on the Stark curve: x of S + lo(a) P1 + hi(a) P2 + lo(b) P3 + hi(b) P4, with lo
// the low 248 bits and hi the rest.
#pragma once

#include <span>

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

// The first call in a process builds the tables (some milliseconds); safe to call from any thread.
Felt pedersen(const Felt& a, const Felt& b);
// h(...h(h(0, e0), e1)..., length).
Felt pedersen_array(std::span<const Felt> elements);

}  // namespace blockexecd::vm
