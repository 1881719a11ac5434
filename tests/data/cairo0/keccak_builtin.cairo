%builtins output range_check bitwise keccak

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.builtin_keccak.keccak import (
    keccak,
    keccak_bigend,
    keccak_felts,
    keccak_uint256s,
)
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin, KeccakBuiltin
from starkware.cairo.common.uint256 import Uint256

func fill(array: felt*, n) {
    if (n == 0) {
        return ();
    }
    assert [array] = n * 0x1111111 + 5;
    return fill(array + 1, n - 1);
}

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*, keccak_ptr: KeccakBuiltin*}() {
    alloc_locals;
    let (local data: felt*) = alloc();
    fill(data, 40);
    let (a) = keccak(data, 150);
    let (b) = keccak_bigend(data, 7);
    let (c) = keccak_felts(3, data);
    let (local us: Uint256*) = alloc();
    assert us[0] = Uint256(1, 2);
    assert us[1] = Uint256(3, 4);
    let (d) = keccak_uint256s(2, us);
    assert output_ptr[0] = a.low;
    assert output_ptr[1] = b.high;
    assert output_ptr[2] = c.low;
    assert output_ptr[3] = d.low;
    let output_ptr = output_ptr + 4;
    return ();
}
