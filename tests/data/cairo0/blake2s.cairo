%builtins output range_check bitwise

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.cairo_blake2s.blake2s import (
    blake2s,
    blake2s_add_felt,
    blake2s_add_uint256,
    blake2s_add_uint256_bigend,
    blake2s_bigend,
    blake2s_felts,
    finalize_blake2s,
)
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.uint256 import Uint256

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (local blake2s_ptr_start) = alloc();
    let blake2s_ptr = blake2s_ptr_start;
    let (local inputs: felt*) = alloc();
    let data = inputs;
    blake2s_add_uint256{data=data}(Uint256(0x1234567890abcdef, 0x55));
    blake2s_add_uint256_bigend{data=data}(Uint256(0x77, 0x1234567890abcdef));
    with blake2s_ptr {
        let (a) = blake2s(inputs, 64);
        let (b) = blake2s_bigend(inputs, 33);
        let (local elements) = alloc();
        assert elements[0] = 10;
        assert elements[1] = -1;
        let (c) = blake2s_felts(2, elements, bigend=0);
    }
    finalize_blake2s(blake2s_ptr_start, blake2s_ptr);
    assert output_ptr[0] = a.low;
    assert output_ptr[1] = b.high;
    assert output_ptr[2] = c.low;
    let output_ptr = output_ptr + 3;
    return ();
}
