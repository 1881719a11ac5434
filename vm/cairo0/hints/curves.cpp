// SPDX-License-Identifier: Apache-2.0
// Each constant is parsed once, on first use.
#include "vm/cairo0/hints/curves.hpp"

namespace blockexecd::vm::cairo0 {

#define BLOCKEXECD_BIG_CONSTANT(name, text)              \
    const BigInt& name() {                               \
        static const BigInt value = parse_integer(text); \
        return value;                                    \
    }

BLOCKEXECD_BIG_CONSTANT(secp256k1_p,
                        "0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f")
BLOCKEXECD_BIG_CONSTANT(secp256k1_n,
                        "0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")
BLOCKEXECD_BIG_CONSTANT(secp256r1_p,
                        "0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff")
BLOCKEXECD_BIG_CONSTANT(secp256r1_n,
                        "0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
BLOCKEXECD_BIG_CONSTANT(secp256r1_alpha,
                        "0xffffffff00000001000000000000000000000000fffffffffffffffffffffffc")
BLOCKEXECD_BIG_CONSTANT(secp256r1_beta,
                        "0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b")
BLOCKEXECD_BIG_CONSTANT(curve25519_p,
                        "0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed")
BLOCKEXECD_BIG_CONSTANT(
    ed25519_alpha, "42204101795669822316448953119945047945709099015225996174933988943478124189485")
BLOCKEXECD_BIG_CONSTANT(
    bls_prime, "52435875175126190479447740508185965837690552500527637822603658699938581184513")

}  // namespace blockexecd::vm::cairo0
