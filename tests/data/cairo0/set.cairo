%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.set import set_add

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local set_ptr: felt*) = alloc();
    let (local element: felt*) = alloc();
    assert element[0] = 5;
    assert element[1] = 6;
    let (local other: felt*) = alloc();
    assert other[0] = 7;
    assert other[1] = 8;
    let end = set_ptr;
    with end {
        set_add{set_end_ptr=end}(set_ptr, 2, element);
        set_add{set_end_ptr=end}(set_ptr, 2, other);
        set_add{set_end_ptr=end}(set_ptr, 2, element);
    }
    assert output_ptr[0] = end - set_ptr;
    let output_ptr = output_ptr + 1;
    return ();
}
