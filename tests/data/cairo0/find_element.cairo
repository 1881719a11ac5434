%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.find_element import find_element, search_sorted, search_sorted_lower

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local array: felt*) = alloc();
    assert array[0] = 1;
    assert array[1] = 100;
    assert array[2] = 4;
    assert array[3] = 200;
    assert array[4] = 9;
    assert array[5] = 300;
    let (p: felt*) = find_element(array, 2, 3, 4);
    let (q: felt*) = search_sorted_lower(array, 2, 3, 5);
    let (r: felt*) = search_sorted_lower(array, 2, 3, 10);
    let (s: felt*, ok) = search_sorted(array, 2, 3, 9);
    assert output_ptr[0] = p[1];
    assert output_ptr[1] = q[1];
    assert output_ptr[2] = r - array;
    assert output_ptr[3] = s[1] + ok;
    let output_ptr = output_ptr + 4;
    return ();
}
