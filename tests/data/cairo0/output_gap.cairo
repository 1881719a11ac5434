%builtins output

func main{output_ptr: felt*}() {
    assert output_ptr[1] = 9;
    assert [output_ptr + 2] = cast(output_ptr, felt);
    let output_ptr = output_ptr + 3;
    return ();
}
