from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.memcpy import memcpy
from starkware.cairo.common.memset import memset

func main() {
    alloc_locals;
    let (local a: felt*) = alloc();
    let (local b: felt*) = alloc();
    memset(a, 77, 5);
    memcpy(b, a, 5);
    memcpy(b + 5, a, 1);
    memset(b + 6, 3, 0);
    memcpy(b + 6, a, 0);
    assert b[5] = 77;
    return ();
}
