// SPDX-License-Identifier: Apache-2.0
// Parameters of the curves that Cairo 0 programs implement themselves.
#pragma once

#include "vm/cairo0/hints/big_integer.hpp"

namespace blockexecd::vm::cairo0 {

[[nodiscard]] const BigInt& secp256k1_p();
[[nodiscard]] const BigInt& secp256k1_n();
[[nodiscard]] const BigInt& secp256r1_p();
[[nodiscard]] const BigInt& secp256r1_n();
[[nodiscard]] const BigInt& secp256r1_alpha();
[[nodiscard]] const BigInt& secp256r1_beta();
// 2^255 - 19.
[[nodiscard]] const BigInt& curve25519_p();
[[nodiscard]] const BigInt& ed25519_alpha();
// The scalar field of BLS12-381.
[[nodiscard]] const BigInt& bls_prime();

}  // namespace blockexecd::vm::cairo0
