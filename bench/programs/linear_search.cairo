// The last of 1000 words, looked for from the first: loads and jumps, no hint.
%builtins output

from starkware.cairo.common.alloc import alloc

func fill(array: felt*, n) {
    if (n == 0) {
        return ();
    }
    assert [array] = n;
    return fill(array + 1, n - 1);
}

func search(array: felt*, element, index) -> felt {
    if (array[index] == element) {
        return index;
    }
    return search(array, element, index + 1);
}

func repeat(array: felt*, sum, n) -> felt {
    if (n == 0) {
        return sum;
    }
    let index = search(array, 1, 0);
    return repeat(array, sum + index, n - 1);
}

func main{output_ptr: felt*}() {
    alloc_locals;
    let (local array) = alloc();
    fill(array, 1000);
    let sum = repeat(array, 0, 1000);
    assert output_ptr[0] = sum;
    let output_ptr = output_ptr + 1;
    return ();
}
