%builtins range_check range_check96

// Values whose 16-bit parts differ where the two builtins look at them: the bits 64 to 95 of a
// 96-bit value are not looked at.
func main{range_check_ptr, range_check96_ptr: felt*}() {
    assert [range_check_ptr] = 2 ** 127 + 0xfffe;
    assert [range_check_ptr + 1] = 0x12345678;
    assert [range_check96_ptr] = 0xfffeabcd0000700000001234;
    let range_check_ptr = range_check_ptr + 2;
    let range_check96_ptr = range_check96_ptr + 1;
    return ();
}
