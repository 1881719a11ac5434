// Keccak by the library's hints, with its proof at the end.
%builtins output range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.cairo_keccak.keccak import cairo_keccak_felts, cairo_keccak_uint256s, finalize_keccak
from starkware.cairo.common.uint256 import Uint256

func work{range_check_ptr, bitwise_ptr: BitwiseBuiltin*, keccak_ptr: felt*}(x: Uint256, n) -> Uint256 {
    alloc_locals;
    if (n == 0) {
        return x;
    }
    let (local data: Uint256*) = alloc();
    assert data[0] = x;
    assert data[1] = Uint256(n, n * n);
    let (hash) = cairo_keccak_uint256s(2, data);
    return work(hash, n - 1);
}

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (local start: felt*) = alloc();
    let keccak_ptr = start;
    let hash = work{keccak_ptr=keccak_ptr}(Uint256(1, 2), 900);
    finalize_keccak(start, keccak_ptr);
    assert output_ptr[0] = hash.low;
    assert output_ptr[1] = hash.high;
    let output_ptr = output_ptr + 2;
    return ();
}
