%builtins range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.find_element import find_element

func main{range_check_ptr}() {
    alloc_locals;
    let (local array: felt*) = alloc();
    assert array[0] = 1;
    let (p: felt*) = find_element(array, 1, 1, 4);
    return ();
}
