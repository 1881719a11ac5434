%builtins output range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.cairo_keccak.keccak import (
    cairo_keccak,
    cairo_keccak_bigend,
    cairo_keccak_felts,
    cairo_keccak_uint256s,
    finalize_keccak,
)
from starkware.cairo.common.uint256 import Uint256

func fill(array: felt*, n) {
    if (n == 0) {
        return ();
    }
    assert [array] = n * 0x1111111 + 5;
    return fill(array + 1, n - 1);
}

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (local keccak_ptr: felt*) = alloc();
    local start: felt* = keccak_ptr;
    let (local data: felt*) = alloc();
    fill(data, 40);
    with keccak_ptr {
        let (a) = cairo_keccak(data, 150);
        let (b) = cairo_keccak_bigend(data, 7);
        let (c) = cairo_keccak_felts(3, data);
        let (local us: Uint256*) = alloc();
        assert us[0] = Uint256(1, 2);
        assert us[1] = Uint256(3, 4);
        let (d) = cairo_keccak_uint256s(2, us);
    }
    finalize_keccak(start, keccak_ptr);
    assert output_ptr[0] = a.low;
    assert output_ptr[1] = b.high;
    assert output_ptr[2] = c.low;
    assert output_ptr[3] = d.low;
    let output_ptr = output_ptr + 4;
    return ();
}
