func check(a, b) {
    alloc_locals;
    %{
        from starkware.cairo.common.math_utils import assert_integer
        assert_integer(ids.a)
        assert_integer(ids.b)
        assert (ids.a % PRIME) < (ids.b % PRIME), \
            f'a = {ids.a % PRIME} is not less than b = {ids.b % PRIME}.'
    %}
    ap += 0;
    return ();
}

func main() {
    alloc_locals;
    check(5, 5);
    return ();
}
