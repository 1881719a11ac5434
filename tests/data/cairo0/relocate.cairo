%builtins range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.segments import relocate_segment

func main{range_check_ptr}() {
    alloc_locals;
    let (local destination: felt*) = alloc();
    assert destination[0] = 1;
    local temporary_array: felt*;
    %{ ids.temporary_array = segments.add_temp_segment() %}
    assert temporary_array[0] = 5;
    assert temporary_array[1] = cast(temporary_array, felt);
    relocate_segment(src_ptr=temporary_array, dest_ptr=destination + 1);
    assert destination[3] = 7;
    return ();
}
