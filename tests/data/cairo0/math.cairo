%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.math import (
    abs_value,
    assert_250_bit,
    assert_in_range,
    assert_le,
    assert_le_felt,
    assert_lt,
    assert_lt_felt,
    assert_nn,
    assert_nn_le,
    assert_not_equal,
    assert_not_zero,
    horner_eval,
    is_quad_residue,
    safe_div,
    safe_mult,
    sign,
    signed_div_rem,
    split_felt,
    split_int,
    sqrt,
    unsigned_div_rem,
)
from starkware.cairo.common.math_cmp import is_in_range, is_le, is_le_felt, is_nn, is_nn_le, is_not_zero

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    assert_not_zero(5);
    assert_not_equal(5, 6);
    assert_not_equal(cast(output_ptr, felt), cast(output_ptr + 1, felt));
    assert_nn(2 ** 127);
    assert_le(3, 3);
    assert_lt(3, 4);
    assert_nn_le(0, 9);
    assert_in_range(5, 1, 9);
    assert_250_bit(2 ** 249 + 3);
    assert_le_felt(1, 2);
    assert_le_felt(5, -1);
    assert_le_felt(-5, -1);
    assert_le_felt(2 ** 250, 2 ** 250 + 2 ** 249);
    assert_lt_felt(17, -17);
    let (high, low) = split_felt(-12345);
    assert output_ptr[0] = high;
    assert output_ptr[1] = low;
    let (q, r) = unsigned_div_rem(1000003, 17);
    assert output_ptr[2] = q;
    assert output_ptr[3] = r;
    let (sq, sr) = signed_div_rem(-1000003, 17, 2 ** 64);
    assert output_ptr[4] = sq;
    assert output_ptr[5] = sr;
    let root = sqrt(10 ** 30 + 7);
    assert output_ptr[6] = root;
    let (local digits: felt*) = alloc();
    split_int(123456, 8, 10, 10, digits);
    assert output_ptr[7] = digits[2];
    let s = sign(-8);
    let a = abs_value(-8);
    let z = sign(0);
    assert output_ptr[8] = s;
    assert output_ptr[9] = a;
    let d = safe_div(77, 11);
    let m = safe_mult(5, 6);
    assert output_ptr[10] = is_nn(5) + 2 * is_nn(-5) + 4 * is_nn(2 ** 200);
    assert output_ptr[11] = is_le(3, 2) + 2 * is_nn_le(1, 2) + 4 * is_in_range(5, 2, 4);
    assert output_ptr[12] = is_le_felt(-1, 2) + 2 * is_le_felt(2, -1) + 4 * is_not_zero(3);
    let e = is_quad_residue(4);
    let f = is_quad_residue(3);
    let g = is_quad_residue(0);
    assert output_ptr[13] = e + 2 * f + 4 * g;
    let output_ptr = output_ptr + 14;
    return ();
}
