%builtins output

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.keccak import (
    KeccakState,
    unsafe_keccak,
    unsafe_keccak_add_felt,
    unsafe_keccak_finalize,
    unsafe_keccak_init,
)

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local data: felt*) = alloc();
    assert data[0] = 0x1234567890abcdef1234567890abcdef;
    assert data[1] = 0x77;
    let (low, high) = unsafe_keccak(data, 17);
    assert output_ptr[0] = low;
    assert output_ptr[1] = high;
    let (low0, high0) = unsafe_keccak(data, 0);
    assert output_ptr[2] = low0;
    let (local words: felt*) = alloc();
    assert words[0] = 1;
    assert words[1] = 2 ** 127;
    let state = KeccakState(words, words + 2);
    let (fin) = unsafe_keccak_finalize(state);
    assert output_ptr[3] = fin.low;
    let output_ptr = output_ptr + 4;
    return ();
}
