// 256-bit sums, products, quotients, comparisons and roots.
%builtins output range_check

from starkware.cairo.common.uint256 import (
    Uint256,
    uint256_add,
    uint256_le,
    uint256_lt,
    uint256_mul,
    uint256_mul_div_mod,
    uint256_signed_div_rem,
    uint256_sqrt,
    uint256_sub,
    uint256_unsigned_div_rem,
)

func work{range_check_ptr}(x: Uint256, n) -> Uint256 {
    alloc_locals;
    if (n == 0) {
        return x;
    }
    let (local sum, carry) = uint256_add(x, Uint256(n, 2 ** 127));
    let (local low, high) = uint256_mul(sum, Uint256(n * n + 1, n));
    let (difference) = uint256_sub(low, sum);
    let (less) = uint256_lt(difference, sum);
    let (less_or_equal) = uint256_le(low, sum);
    let (local quotient, remainder) = uint256_unsigned_div_rem(low, Uint256(n * 1000003, 5));
    let (local signed, rest) = uint256_signed_div_rem(low, Uint256(n + 3, 0));
    let (root) = uint256_sqrt(low);
    let (a, b, modulo) = uint256_mul_div_mod(low, sum, Uint256(n + 1, 2 ** 100));
    let (next, overflow) = uint256_add(modulo, Uint256(less + 2 * less_or_equal, remainder.high));
    let (mixed, high_bit) = uint256_add(next, Uint256(root.low, quotient.low));
    return work(Uint256(mixed.low, rest.low), n - 1);
}

func main{output_ptr: felt*, range_check_ptr}() {
    let result = work(Uint256(3, 4), 4000);
    assert output_ptr[0] = result.low;
    assert output_ptr[1] = result.high;
    let output_ptr = output_ptr + 2;
    return ();
}
