%builtins output range_check

from starkware.cairo.common.cairo_secp.bigint3 import BigInt3
from starkware.cairo.common.cairo_secp.ec_point import EcPoint
from starkware.cairo.common.secp256r1.ec import (
    ec_add,
    ec_double,
    ec_mul_by_uint256,
    try_get_point_from_x,
)
from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.uint256 import Uint256

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    local g: EcPoint = EcPoint(
        BigInt3(0x2b33a0f4a13945d898c296, 0x1b958e9103c9dc0df604b7, 0x6b17d1f2e12c4247f8bce),
        BigInt3(0x315ececbb6406837bf51f5, 0x2d29f03e7858af38cd5dac, 0x4fe342e2fe1a7f9b8ee7e),
    );
    let (local d) = ec_double(g);
    let (local t) = ec_add(d, g);
    let (local m) = ec_mul_by_uint256(g, Uint256(2 ** 100 + 3, 77));
    let (local points: EcPoint*) = alloc();
    let (is_on_curve) = try_get_point_from_x(x=g.x, v=1, result=points);
    let (off_curve) = try_get_point_from_x(x=BigInt3(5, 6, 7), v=0, result=points + 6);
    assert output_ptr[0] = t.x.d0;
    assert output_ptr[1] = m.y.d1;
    assert output_ptr[2] = is_on_curve + 2 * off_curve;
    let output_ptr = output_ptr + 3;
    return ();
}
