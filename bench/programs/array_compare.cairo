// Two equal arrays of 1000 words, compared again and again: no hint.
%builtins output

from starkware.cairo.common.alloc import alloc

func fill(array: felt*, n) {
    if (n == 0) {
        return ();
    }
    assert [array] = n * n * n;
    return fill(array + 1, n - 1);
}

func equal(a: felt*, b: felt*, n) -> felt {
    if (n == 0) {
        return 1;
    }
    if (a[0] != b[0]) {
        return 0;
    }
    return equal(a + 1, b + 1, n - 1);
}

func repeat(a: felt*, b: felt*, sum, n) -> felt {
    if (n == 0) {
        return sum;
    }
    let same = equal(a, b, 1000);
    return repeat(a, b, sum + same, n - 1);
}

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local a) = alloc();
    let (local b) = alloc();
    fill(a, 1000);
    fill(b, 1000);
    let sum = repeat(a, b, 0, 800);
    assert output_ptr[0] = sum;
    let output_ptr = output_ptr + 1;
    return ();
}
