// SPDX-License-Identifier: Apache-2.0
// Pedersen hashes that the calling thread made lately. Storage addresses of hot contracts and
// accounts are hashed anew by every transaction that touches them.
#pragma once

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

// pedersen(a, b), remembered in a table of the thread's own.
Felt remembered_pedersen(const Felt& a, const Felt& b);

}  // namespace blockexecd::vm
