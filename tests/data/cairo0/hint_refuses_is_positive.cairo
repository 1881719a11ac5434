%builtins range_check

func check{range_check_ptr}(value) {
    alloc_locals;
    local is_positive;
    %{
        from starkware.cairo.common.math_utils import is_positive
        ids.is_positive = 1 if is_positive(
            value=ids.value, prime=PRIME, rc_bound=range_check_builtin.bound) else 0
    %}
    ap += 0;
    return ();
}

func main{range_check_ptr}() {
    alloc_locals;
    check(2 ** 128);
    return ();
}
