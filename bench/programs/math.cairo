// The checks of starkware.cairo.common.math on changing numbers.
%builtins output range_check

from starkware.cairo.common.math import (
    abs_value,
    assert_in_range,
    assert_le,
    assert_le_felt,
    assert_lt,
    assert_lt_felt,
    assert_nn,
    assert_not_equal,
    assert_not_zero,
    sign,
    signed_div_rem,
    split_felt,
    split_int,
    sqrt,
    unsigned_div_rem,
)
from starkware.cairo.common.alloc import alloc

func work{range_check_ptr}(sum, n) -> felt {
    alloc_locals;
    if (n == 0) {
        return sum;
    }
    assert_nn(n);
    assert_le(n, n + 5);
    assert_lt(n, n + 1);
    assert_not_zero(n);
    assert_not_equal(n, n + 1);
    assert_in_range(n, 1, 2 ** 64);
    assert_le_felt(n, sum + 2 ** 200);
    assert_lt_felt(n, n + 2 ** 140);
    let (q, r) = unsigned_div_rem(n * 123456789 + 5, 1013);
    let (high, low) = split_felt(sum * 2 ** 130 + n);
    let root = sqrt(n * n + 1);
    let magnitude = abs_value(-n);
    let direction = sign(-n);
    let (local parts) = alloc();
    split_int(n, 4, 2 ** 8, 2 ** 9, parts);
    let (quotient, remainder) = signed_div_rem(5 - n, 17, 2 ** 60);
    return work(low + q + r + root + magnitude + direction + parts[0] + quotient + remainder, n - 1);
}

func main{output_ptr: felt*, range_check_ptr}() {
    let result = work(3, 18000);
    assert output_ptr[0] = result;
    let output_ptr = output_ptr + 1;
    return ();
}
