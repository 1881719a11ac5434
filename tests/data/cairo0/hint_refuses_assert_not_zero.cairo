func check(value) {
    alloc_locals;
    %{
        from starkware.cairo.common.math_utils import assert_integer
        assert_integer(ids.value)
        assert ids.value % PRIME != 0, f'assert_not_zero failed: {ids.value} = 0.'
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(0);
    return ();
}
