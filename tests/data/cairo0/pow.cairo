%builtins output range_check

from starkware.cairo.common.pow import pow

func main{output_ptr: felt*, range_check_ptr}() {
    alloc_locals;
    let (a) = pow(3, 200);
    let (b) = pow(7, 0);
    let (c) = pow(5, 1);
    assert output_ptr[0] = a;
    assert output_ptr[1] = b + c;
    let output_ptr = output_ptr + 2;
    return ();
}
