%builtins output

func main{output_ptr: felt*}() {
    tempvar a = 2 ** 251 + 17 * 2 ** 192;
    tempvar b = a * a;
    tempvar c = b / 3;
    tempvar d = c - 1;
    tempvar e = 1 / (d + 12345);
    tempvar f = -a;
    assert output_ptr[0] = b;
    assert output_ptr[1] = c;
    assert output_ptr[2] = d;
    assert output_ptr[3] = e;
    assert output_ptr[4] = f;
    let output_ptr = output_ptr + 5;
    return ();
}
