// set_add of pairs, half of them known already.
%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.set import set_add

func work{range_check_ptr, end: felt*}(start: felt*, key, n) {
    alloc_locals;
    if (n == 0) {
        return ();
    }
    if (key == 0) {
        return work(start, 120, n);
    }
    let (local element: felt*) = alloc();
    assert element[0] = key * 7;
    assert element[1] = key;
    set_add{set_end_ptr=end}(start, 2, element);
    return work(start, key - 1, n - 1);
}

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local start: felt*) = alloc();
    let end = start;
    work{end=end}(start, 120, 40000);
    assert output_ptr[0] = end - start;
    let output_ptr = output_ptr + 1;
    return ();
}
