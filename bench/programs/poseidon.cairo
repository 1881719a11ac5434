// A chain of Poseidon hashes of pairs, and of lists.
%builtins output poseidon

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.builtin_poseidon.poseidon import poseidon_hash, poseidon_hash_many
from starkware.cairo.common.cairo_builtins import PoseidonBuiltin

func work{poseidon_ptr: PoseidonBuiltin*}(x, n) -> felt {
    alloc_locals;
    if (n == 0) {
        return x;
    }
    let (hash) = poseidon_hash(x, n);
    let (local data: felt*) = alloc();
    assert data[0] = hash;
    assert data[1] = n;
    assert data[2] = x;
    let (hashes) = poseidon_hash_many(3, data);
    return work(hashes, n - 1);
}

func main{output_ptr: felt*, poseidon_ptr: PoseidonBuiltin*}() {
    let hash = work(5, 25000);
    assert output_ptr[0] = hash;
    let output_ptr = output_ptr + 1;
    return ();
}
