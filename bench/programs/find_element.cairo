// find_element, and the two searches in sorted arrays, of 2000 pairs.
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.find_element import find_element, search_sorted, search_sorted_lower

func fill(array: felt*, key, n) {
    if (n == 0) {
        return ();
    }
    assert array[0] = key;
    assert array[1] = n;
    return fill(array + 2, key + 3, n - 1);
}

func work{range_check_ptr}(array: felt*, sum, n) -> felt {
    alloc_locals;
    if (n == 0) {
        return sum;
    }
    let (found: felt*) = find_element(array, 2, 2000, 3 * n);
    let (lower: felt*) = search_sorted_lower(array, 2, 2000, 3 * n - 1);
    let (exact: felt*, success) = search_sorted(array, 2, 2000, 3 * n);
    let (none: felt*, failure) = search_sorted(array, 2, 2000, 3 * n + 1);
    return work(array, sum + found[1] + lower[1] + success + failure, n - 1);
}

func repeat{range_check_ptr}(array: felt*, sum, n) -> felt {
    alloc_locals;
    if (n == 0) {
        return sum;
    }
    let more = work(array, 0, 1999);
    return repeat(array, sum + more, n - 1);
}

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local array) = alloc();
    fill(array, 0, 2000);
    let sum = repeat(array, 0, 8);
    assert output_ptr[0] = sum;
    let output_ptr = output_ptr + 1;
    return ();
}
