// Six builtins in turns among ordinary steps.
%builtins output pedersen range_check bitwise ec_op keccak poseidon

from starkware.cairo.common.bitwise import bitwise_operations
from starkware.cairo.common.builtin_poseidon.poseidon import poseidon_hash
from starkware.cairo.common.cairo_builtins import (
    BitwiseBuiltin,
    EcOpBuiltin,
    HashBuiltin,
    KeccakBuiltin,
    PoseidonBuiltin,
)
from starkware.cairo.common.hash import hash2
from starkware.cairo.common.keccak_state import KeccakBuiltinState
from starkware.cairo.common.math import assert_nn_le, unsigned_div_rem

func spin(x, n) -> felt {
    if (n == 0) {
        return x;
    }
    return spin(x * 3 + n, n - 1);
}

func checks{range_check_ptr, bitwise_ptr: BitwiseBuiltin*}(x, n) -> felt {
    if (n == 0) {
        return x;
    }
    assert_nn_le(n, n + 100);
    let (q, r) = unsigned_div_rem(n * 1234567 + 8, 4096);
    let (conjunction, exclusive, disjunction) = bitwise_operations(q, r + n);
    return checks(x + conjunction * exclusive + disjunction, n - 1);
}

func work{
    pedersen_ptr: HashBuiltin*,
    range_check_ptr,
    bitwise_ptr: BitwiseBuiltin*,
    keccak_ptr: KeccakBuiltin*,
    poseidon_ptr: PoseidonBuiltin*,
}(x, n) -> felt {
    alloc_locals;
    if (n == 0) {
        return x;
    }
    let (hash) = hash2{hash_ptr=pedersen_ptr}(x, n);
    let (poseidon) = poseidon_hash(hash, x);
    let local_sum = checks(poseidon, 40);
    assert keccak_ptr[0].input = KeccakBuiltinState(n, n + 1, n + 2, n + 3, n + 4, n + 5, n + 6, n + 7);
    let output = keccak_ptr[0].output.s3;
    let keccak_ptr = keccak_ptr + KeccakBuiltin.SIZE;
    let spun = spin(local_sum + output, 250);
    return work(spun, n - 1);
}

func main{
    output_ptr: felt*,
    pedersen_ptr: HashBuiltin*,
    range_check_ptr,
    bitwise_ptr: BitwiseBuiltin*,
    ec_op_ptr: EcOpBuiltin*,
    keccak_ptr: KeccakBuiltin*,
    poseidon_ptr: PoseidonBuiltin*,
}() {
    let result = work(5, 2000);
    assert output_ptr[0] = result;
    let output_ptr = output_ptr + 1;
    return ();
}
