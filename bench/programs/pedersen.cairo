// A chain of Pedersen hashes: more than half of the instructions are in the hash.
%builtins output pedersen

from starkware.cairo.common.cairo_builtins import HashBuiltin
from starkware.cairo.common.hash import hash2

func work{pedersen_ptr: HashBuiltin*}(x, n) -> felt {
    if (n == 0) {
        return x;
    }
    let (hash) = hash2{hash_ptr=pedersen_ptr}(x, n);
    return work(hash, n - 1);
}

func main{output_ptr: felt*, pedersen_ptr: HashBuiltin*}() {
    let hash = work(5, 80000);
    assert output_ptr[0] = hash;
    let output_ptr = output_ptr + 1;
    return ();
}
