%builtins output range_check bitwise

from starkware.cairo.common.cairo_builtins import BitwiseBuiltin
from starkware.cairo.common.uint256 import (
    Uint256,
    felt_to_uint256,
    uint256_add,
    uint256_cond_neg,
    uint256_check,
    uint256_eq,
    uint256_le,
    uint256_lt,
    uint256_mul,
    uint256_mul_div_mod,
    uint256_neg,
    uint256_pow2,
    uint256_signed_div_rem,
    uint256_signed_le,
    uint256_signed_lt,
    uint256_signed_nn,
    uint256_sqrt,
    uint256_sub,
    uint256_unsigned_div_rem,
)

func main{output_ptr: felt*, range_check_ptr, bitwise_ptr: BitwiseBuiltin*}() {
    alloc_locals;
    let a = Uint256(2 ** 128 - 1, 2 ** 127 + 5);
    let b = Uint256(2 ** 127 + 77, 2 ** 127 + 9);
    let (sum, carry) = uint256_add(a, b);
    let (small, no_carry) = uint256_add(Uint256(1, 2), Uint256(3, 4));
    let (lo, hi) = uint256_mul(a, b);
    let (diff) = uint256_sub(b, a);
    let (diff2) = uint256_sub(a, b);
    let (q, r) = uint256_unsigned_div_rem(a, Uint256(123456789, 0));
    let (q0, r0) = uint256_unsigned_div_rem(a, Uint256(0, 0));
    let (sq, sr) = uint256_signed_div_rem(a, Uint256(1000, 0));
    let (root) = uint256_sqrt(a);
    let (n) = uint256_neg(a);
    let (lt) = uint256_lt(a, b);
    let (slt) = uint256_signed_lt(a, Uint256(5, 0));
    let (sle) = uint256_signed_le(Uint256(5, 0), a);
    let (nn) = uint256_signed_nn(a);
    let (le) = uint256_le(a, b);
    let (p2) = uint256_pow2(Uint256(200, 0));
    let (ql, qh, rem) = uint256_mul_div_mod(a, b, Uint256(2 ** 100, 7));
    let f = felt_to_uint256(-1);
    uint256_check(a);
    assert output_ptr[0] = sum.low;
    assert output_ptr[1] = sum.high + carry;
    assert output_ptr[2] = lo.high;
    assert output_ptr[3] = hi.low;
    assert output_ptr[4] = diff.low;
    assert output_ptr[5] = diff2.high;
    assert output_ptr[6] = q.low;
    assert output_ptr[7] = r.low + r0.low + q0.low;
    assert output_ptr[8] = sq.low;
    assert output_ptr[9] = sr.low;
    assert output_ptr[10] = root.low;
    assert output_ptr[11] = n.low + lt + 2 * slt + 4 * sle + 8 * nn + 16 * le;
    assert output_ptr[12] = p2.high;
    assert output_ptr[13] = ql.high;
    assert output_ptr[14] = qh.low;
    assert output_ptr[15] = rem.low;
    assert output_ptr[16] = f.high;
    let output_ptr = output_ptr + 17;
    return ();
}
