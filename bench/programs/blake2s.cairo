// BLAKE2s by the library's hints, with its proof at the end.
%builtins output range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_blake2s.blake2s import blake2s, blake2s_add_uint256, finalize_blake2s
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.uint256 import Uint256

func work{range_check_ptr, bitwise_ptr: BitwiseBuiltin*, blake2s_ptr: felt*}(x: Uint256, n) -> Uint256 {
    alloc_locals;
    if (n == 0) {
        return x;
    }
    let (local data: felt*) = alloc();
    let end = data;
    blake2s_add_uint256{data=end}(x);
    blake2s_add_uint256{data=end}(Uint256(n, n * n));
    let (hash) = blake2s(data, 64);
    return work(hash, n - 1);
}

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (local start) = alloc();
    let blake2s_ptr = start;
    let hash = work{blake2s_ptr=blake2s_ptr}(Uint256(1, 2), 3500);
    finalize_blake2s(start, blake2s_ptr);
    assert output_ptr[0] = hash.low;
    assert output_ptr[1] = hash.high;
    let output_ptr = output_ptr + 2;
    return ();
}
