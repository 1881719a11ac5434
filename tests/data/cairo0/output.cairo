%builtins output

func main{output_ptr: felt*}() {
    assert output_ptr[0] = 7;
    assert output_ptr[1] = -3;
    assert output_ptr[2] = 2 ** 251;
    let output_ptr = output_ptr + 3;
    return ();
}
