%builtins output range_check bitwise

from starkware.cairo.common.bitwise import bitwise_and, bitwise_or, bitwise_xor
from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.uint256 import (
    Uint256,
    uint256_and,
    uint256_not,
    uint256_or,
    uint256_reverse_endian,
    uint256_shl,
    uint256_shr,
    uint256_xor,
)

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (a) = bitwise_and(12, 10);
    let (x) = bitwise_xor(12, 10);
    let (o) = bitwise_or(12, 10);
    assert output_ptr[0] = a;
    assert output_ptr[1] = x;
    assert output_ptr[2] = o;
    let p = Uint256(0x1234567890abcdef, 0xfedcba0987654321);
    let q = Uint256(0xffffffff00000000, 77);
    let (r) = uint256_and(p, q);
    let (s) = uint256_or(p, q);
    let (t) = uint256_xor(p, q);
    let (u) = uint256_not(p);
    let (v) = uint256_reverse_endian(p);
    let (w) = uint256_shl(p, Uint256(130, 0));
    let (z) = uint256_shr(p, Uint256(67, 0));
    assert output_ptr[3] = r.low;
    assert output_ptr[4] = s.high;
    assert output_ptr[5] = t.low;
    assert output_ptr[6] = u.high;
    assert output_ptr[7] = v.low;
    assert output_ptr[8] = w.high;
    assert output_ptr[9] = z.low;
    let output_ptr = output_ptr + 10;
    return ();
}
