%builtins range_check

func main{range_check_ptr}() {
    assert [range_check_ptr] = 1;
    return ();
}
