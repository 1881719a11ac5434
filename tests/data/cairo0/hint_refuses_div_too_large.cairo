%builtins range_check

func check{range_check_ptr}(value, div) {
    alloc_locals;
    local q;
    local r;
    %{
        from starkware.cairo.common.math_utils import assert_integer
        assert_integer(ids.div)
        assert 0 < ids.div <= PRIME // range_check_builtin.bound, \
            f'div={hex(ids.div)} is out of the valid range.'
        ids.q, ids.r = divmod(ids.value, ids.div)
    %}
    ap += 0;
    return ();
}

func main{range_check_ptr}() {
    alloc_locals;
    check(5, 2 ** 130);
    return ();
}
