%builtins output range_check

from starkware.cairo.common.alloc import alloc
from starkware.cairo.common.usort import usort

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (local input: felt*) = alloc();
    assert input[0] = 9;
    assert input[1] = 3;
    assert input[2] = 9;
    assert input[3] = 1;
    assert input[4] = 3;
    assert input[5] = 9;
    let (len, out, mult) = usort(6, input);
    assert output_ptr[0] = len;
    assert output_ptr[1] = out[0] + 10 * out[1] + 100 * out[2];
    assert output_ptr[2] = mult[0] + 10 * mult[1] + 100 * mult[2];
    let output_ptr = output_ptr + 3;
    return ();
}
