%builtins output poseidon

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.builtin_poseidon.poseidon import (
    poseidon_hash,
    poseidon_hash_many,
    poseidon_hash_single,
)
from starkware.cairo.common.cairo_builtins import PoseidonBuiltin

func fill(array: felt*, n) {
    if (n == 0) {
        return ();
    }
    assert [array] = n * 1000 + 7;
    return fill(array + 1, n - 1);
}

func main{output_ptr: felt*, poseidon_ptr: PoseidonBuiltin*}() {
    alloc_locals;
    let (local data: felt*) = alloc();
    fill(data, 27);
    let (a) = poseidon_hash(1, 2);
    let (b) = poseidon_hash_single(3);
    let (c) = poseidon_hash_many(27, data);
    let (d) = poseidon_hash_many(1, data);
    let (e) = poseidon_hash_many(0, data);
    assert output_ptr[0] = a;
    assert output_ptr[1] = b;
    assert output_ptr[2] = c;
    assert output_ptr[3] = d;
    assert output_ptr[4] = e;
    let output_ptr = output_ptr + 5;
    return ();
}
