%builtins range_check

func check{range_check_ptr}(value) {
    alloc_locals;
    local root;
    %{
        from starkware.python.math_utils import isqrt
        value = ids.value % PRIME
        assert value < 2 ** 250, f"value={value} is outside of the range [0, 2**250)."
        assert 2 ** 250 < PRIME
        ids.root = isqrt(value)
    %}
    ap += 0;
    return ();
}

func main{range_check_ptr}() {
    alloc_locals;
    check(2 ** 250);
    return ();
}
