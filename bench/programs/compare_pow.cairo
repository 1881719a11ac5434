// is_le and its kin, and powers.
%builtins output range_check

from starkware.cairo.common.math_cmp import is_in_range, is_le, is_le_felt, is_nn, is_nn_le, is_not_zero
from starkware.cairo.common.pow import pow

func work{range_check_ptr}(sum, n) -> felt {
    alloc_locals;
    if (n == 0) {
        return sum;
    }
    let a = is_nn(n - 5000);
    let b = is_le(n, 7000);
    let c = is_nn_le(n, 9000);
    let d = is_in_range(n, 100, 200);
    let e = is_le_felt(sum, n * 2 ** 200);
    let f = is_not_zero(n - 77);
    let (power) = pow(3, n);
    return work(a + 2 * b + 4 * c + 8 * d + 16 * e + 32 * f + power, n - 1);
}

func main{output_ptr: felt*, range_check_ptr}() {
    let result = work(3, 22000);
    assert output_ptr[0] = result;
    let output_ptr = output_ptr + 1;
    return ();
}
