%builtins output range_check bitwise

from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.cairo_secp.bigint import BigInt3, uint256_to_bigint, bigint_to_uint256
from starkware.cairo.common.cairo_secp.ec import ec_add, ec_double, ec_mul, ec_negate
from starkware.cairo.common.cairo_secp.ec_point import EcPoint
from starkware.cairo.common.cairo_secp.signature import (
    get_generator_point,
    get_point_from_x,
    recover_public_key,
    div_mod_n,
)
from starkware.cairo.common.uint256 import Uint256

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let (g) = get_generator_point();
    let (d) = ec_double(g);
    let (t) = ec_add(d, g);
    let (n) = ec_negate(t);
    let (zero) = ec_add(t, n);
    let (m) = ec_mul(g, BigInt3(12345, 1, 0));
    let (p) = get_point_from_x(g.x, 1);
    let (q) = div_mod_n(BigInt3(7, 8, 9), BigInt3(3, 2, 1));
    let (u) = bigint_to_uint256(t.x);
    let (b) = uint256_to_bigint(Uint256(2 ** 127, 2 ** 100));
    assert output_ptr[0] = t.x.d0;
    assert output_ptr[1] = m.y.d1;
    assert output_ptr[2] = p.y.d0;
    assert output_ptr[3] = q.d0;
    assert output_ptr[4] = u.low;
    assert output_ptr[5] = b.d2 + zero.x.d0;
    let output_ptr = output_ptr + 6;
    return ();
}
