// SPDX-License-Identifier: Apache-2.0
// ECDSA on the Stark curve, as starknet-crypto verifies it: the public key is an abscissa only, so
// either sign of it counts, and every scalar but the products is held below 2^251.
#pragma once

#include "vm/felt/felt.hpp"

namespace blockexecd::vm {

// False for a wrong signature, for values out of range and for a public key without a point.
bool ecdsa_verify(const Felt& public_key, const Felt& message, const Felt& r, const Felt& s);

}  // namespace blockexecd::vm
